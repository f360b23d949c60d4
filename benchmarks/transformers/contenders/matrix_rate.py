"""How fast this machine multiplies matrices: what everything else is a share of."""

import keras
from keras import ops

SIDE = 2048


def multiplication(size, precision="float32", side=SIDE):
    """One product of two square matrices, whatever the size; "flops" says how many operations it is."""
    left, right = (ops.cast(keras.random.normal((side, side)), precision) for _ in range(2))
    product = ops.matmul
    if keras.backend.backend() == "jax":
        import jax

        product = jax.jit(product)

    def run():
        ops.convert_to_numpy(product(left, right)[0, 0])  # waits for it

    return {"run": run, "flops": 2 * side**3}
