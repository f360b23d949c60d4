"""The same work on JAX in bfloat16, in one process: attention, block, training step and decoding."""

import functools
import statistics
import time

import numpy as np

from benchmarks.transformers.sizes import Size

BASE = Size(512, 8, 2048, 6, vocabulary_size=32000, batch_size=128, length=64)  # the paper's base, nearly
ATTENTION_LENGTHS = (1024, 4096, 8192)
PRECISION = "mixed_bfloat16"


def timed(run, rounds, times):
    """Median seconds of one call, after one that is not counted."""
    run()
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        for _ in range(times):
            run()
        seconds.append((time.perf_counter() - began) / times)
    return statistics.median(seconds)


def matrix_rate(side, rounds, times):
    """Operations a second of one large product in bfloat16."""
    from benchmarks.transformers.contenders.matrix_rate import multiplication

    work = multiplication(None, precision="bfloat16", side=side)
    return work["flops"] / timed(work["run"], rounds, times)


def jitted_gradient(layer, inputs, **arguments):
    """The layer's output and the gradient of its sum by the inputs, compiled; waits for the result."""
    import jax

    layer(inputs, **arguments)

    def total(inputs):
        return layer(inputs, **arguments).astype("float32").sum()

    program = jax.jit(jax.value_and_grad(total))
    return lambda: jax.block_until_ready(program(inputs))


def attention_seconds(size, length, rounds, times):
    """Seconds of causal self-attention over one sequence: ours and JAX's own, forwards and backwards."""
    import jax
    import jax.numpy as jnp

    from course_lib.layers import fused_dot_product_attention

    shape = (1, length, size.num_heads, size.hidden_dim // size.num_heads)
    heads = jnp.asarray(np.random.default_rng(0).normal(size=shape), dtype="bfloat16")

    def ours(heads):
        turned = jnp.swapaxes(heads, 1, 2)
        return fused_dot_product_attention(turned, turned, turned, is_causal=True).astype("float32").sum()

    def theirs(heads):
        return jax.nn.dot_product_attention(heads, heads, heads, is_causal=True).astype("float32").sum()

    programs = {"course_lib": ours, "jax.nn": theirs}
    programs = {name: jax.jit(jax.value_and_grad(program)) for name, program in programs.items()}
    return {
        name: timed(lambda run=program: jax.block_until_ready(run(heads)), rounds, times)
        for name, program in programs.items()
    }


def block_seconds(size, rounds, times):
    """Seconds of one encoder block, forwards and backwards."""
    import jax.numpy as jnp

    from course_lib.layers import EncoderBlock

    block = EncoderBlock(size.hidden_dim, size.num_heads, size.intermediate_dim)
    inputs = jnp.ones((size.batch_size, size.length, size.hidden_dim), dtype="bfloat16")
    return timed(jitted_gradient(block, inputs), rounds, times)


def torch_training(size, rounds, times):
    """Seconds of a training step of `torch.nn.Transformer` in bfloat16 on the same device, or None."""
    try:
        import torch

        from benchmarks.transformers.contenders import torch_peer
    except ImportError:
        return None
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return timed(torch_peer.training(size, precision=PRECISION, device=device)["run"], rounds, times)


def measure(size=BASE, lengths=ATTENTION_LENGTHS, side=8192, rounds=5, times=10, tokens=64):
    """Everything, on the device that JAX finds first.

    Raises:
        RuntimeError: if the backend is another.
    """
    import keras

    if keras.backend.backend() != "jax":
        raise RuntimeError(f"Expected KERAS_BACKEND=jax. Received: {keras.backend.backend()}.")
    import jax

    from benchmarks.transformers.contenders import ours

    keras.config.set_dtype_policy(PRECISION)
    timing = functools.partial(timed, rounds=rounds, times=times)
    rate = matrix_rate(side, rounds, times)
    step = timing(ours.training(size, precision=PRECISION)["run"])
    by_torch = torch_training(size, rounds, times)
    positions = size.batch_size * size.length
    results = {
        "device": jax.devices()[0].device_kind,
        "matrix_flops_per_second": rate,
        "attention_seconds": {length: attention_seconds(size, length, rounds, times) for length in lengths},
        "block_seconds": block_seconds(size, rounds, times),
        "training": {
            "seconds": step,
            "tokens_per_second": positions / step,
            "share": size.training_flops() / step / rate,
            "torch_seconds": by_torch,
            "torch_share": by_torch and size.training_flops() / by_torch / rate,
        },
        "decoding_tokens_per_second": {
            batch_size: batch_size
            * tokens
            / timing(ours.decoding(size, batch_size, tokens, precision=PRECISION)["run"])
            for batch_size in (size.batch_size, 1)
        },
    }
    keras.config.set_dtype_policy("float32")
    return results
