"""Training steps a second, beside peers."""

from benchmarks.transformers.rounds import MATRIX, Contender, add_shares, compete

BASE = "keras-hub"
SAME = [
    Contender(BASE, "keras_hub_peer", "training"),
    Contender("course_lib", "ours", "training"),
    Contender("course_lib without XLA", "ours", "training", {"jit_compile": False}),
    Contender("keras-hub with XLA", "keras_hub_peer", "training", {"jit_compile": True}),
    Contender("keras.layers.MultiHeadAttention", "keras_layers_peer", "training"),
    Contender("torch.nn.Transformer", "torch_peer", "training"),
    Contender("Hugging Face Marian", "marian_peer", "training"),
    Contender("the products alone", "products", "training"),
    Contender(MATRIX, "matrix_rate", "multiplication"),
]
AS_USED = [
    Contender(BASE, "keras_hub_peer", "training", {"corpus": True}),
    Contender("course_lib", "ours", "training", {"corpus": True}),
    Contender("course_lib without XLA", "ours", "training", {"corpus": True, "jit_compile": False}),
]
CORPUS_WARM_UP = 60  # steps: every width has been compiled


def measure(sizes, *, python, rounds, times):
    """Both comparisons on each size: name of the size → {"same", "as_used"} → what `compete` returns."""
    results = {}
    for name, size in sizes.items():
        same = compete(SAME, size, python=python, rounds=rounds, times=times)
        flops_per_second = add_shares(same, size.training_flops(), times)
        used = compete(AS_USED, size, python=python, rounds=rounds, times=2 * times, warm_up=CORPUS_WARM_UP)
        results[name] = {
            "same": same,
            "as_used": used,
            "training_gflops": size.training_flops() / 1e9,
            "matrix_gflops_per_second": [round(speed / 1e9, 1) for speed in flops_per_second],
        }
    return results
