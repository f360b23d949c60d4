"""Training steps a second, beside peers."""

from benchmarks.transformers.rounds import Contender, compete

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
    Contender("matrix product", "matrix_rate", "multiplication"),
]
AS_USED = [
    Contender(BASE, "keras_hub_peer", "training", {"corpus": True}),
    Contender("course_lib", "ours", "training", {"corpus": True}),
    Contender("course_lib without XLA", "ours", "training", {"corpus": True, "jit_compile": False}),
]
CORPUS_WARM_UP = 60  # steps: every width has been compiled


def add_shares(contest, size, times):
    """Adds what share of the measured rate of matrix products a step's necessary ones reach.

    Args:
        contest: what `compete` returns; "matrix product" is taken out, the others get a "share", the median.
        size: a `Size`.
        times: how many steps, or products, a turn has.

    Returns:
        operations a second of the matrix product, one value a round.
    """
    rate = contest.pop("matrix product")
    flops_per_second = [rate["flops"] * times / turn["wall"] for turn in rate["rounds"]]
    for result in contest.values():
        shares = [
            size.training_flops() * times / turn["wall"] / speed
            for turn, speed in zip(result["rounds"], flops_per_second, strict=True)
        ]
        result["share"] = sorted(shares)[len(shares) // 2]
    return flops_per_second


def measure(sizes, *, python, rounds, times):
    """Both comparisons on each size: name of the size → {"same", "as_used"} → what `compete` returns."""
    results = {}
    for name, size in sizes.items():
        same = compete(SAME, size, python=python, rounds=rounds, times=times)
        flops_per_second = add_shares(same, size, times)
        used = compete(AS_USED, size, python=python, rounds=rounds, times=2 * times, warm_up=CORPUS_WARM_UP)
        results[name] = {
            "same": same,
            "as_used": used,
            "training_gflops": size.training_flops() / 1e9,
            "matrix_gflops_per_second": [round(speed / 1e9, 1) for speed in flops_per_second],
        }
    return results
