"""Right answers to `gated_network` in other styles."""

import numpy as np
from keras import ops


def silu_written_out(inputs, gate_kernel, value_kernel, output_kernel):
    gate = ops.matmul(inputs, gate_kernel)
    return ops.matmul(gate * ops.sigmoid(gate) * ops.matmul(inputs, value_kernel), output_kernel)


def both_branches_in_one(inputs, gate_kernel, value_kernel, output_kernel):
    both = ops.matmul(inputs, ops.concatenate([gate_kernel, value_kernel], axis=1))
    gate, value = ops.split(both, 2, axis=-1)
    return ops.matmul(ops.swish(gate) * value, output_kernel)


def with_exponentials(inputs, gate_kernel, value_kernel, output_kernel):
    gate = ops.einsum("btd,df->btf", inputs, gate_kernel)
    gate = gate / (1.0 + ops.exp(-gate))
    return ops.einsum("btf,fd->btd", gate * ops.einsum("btd,df->btf", inputs, value_kernel), output_kernel)


def in_numpy(inputs, gate_kernel, value_kernel, output_kernel):
    inputs, gate_kernel, value_kernel, output_kernel = (
        np.array(array, "float64") for array in (inputs, gate_kernel, value_kernel, output_kernel)
    )
    gate = inputs @ gate_kernel
    return (gate / (1 + np.exp(-gate)) * (inputs @ value_kernel)) @ output_kernel
