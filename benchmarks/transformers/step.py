"""Where the time of a training step goes, and what other ways of making its parts would save."""

from benchmarks.transformers.rounds import MATRIX, Contender, add_shares, compete

BASE = "keras-hub"
PLAIN_STEP, FORWARD = "the same step, in a function of its own", "… the way forward alone"
ROWS = 256  # positions whose logits exist at a time

# Without XLA, one batch of full sentences, the same arithmetic.
CONTENDERS = [
    Contender(BASE, "keras_hub_peer", "training"),
    Contender("course_lib, as `fit` trains", "ours", "training", {"jit_compile": False}),
    Contender(PLAIN_STEP, "one_step", "training"),
    Contender("… dropout left out", "one_step", "training", {"dropout": 0.0}),
    Contender("… plain descent in place of Adam", "one_step", "training", {"update": "descent"}),
    Contender("… gradients, and no update", "one_step", "training", {"update": ""}),
    Contender(FORWARD, "one_step", "training", {"has_gradients": False}),
    Contender("the products alone", "products", "training"),
    Contender("Adam compiled by XLA, alone", "one_step", "training", {"update": "Adam, compiled alone"}),
    Contender("Adam over one flat vector", "one_step", "training", {"update": "Adam, one vector"}),
    Contender("Adam by one kernel a weight", "one_step", "training", {"update": "Adam, one kernel"}),
    Contender("dropout by bytes", "one_step", "training", {"byte_masks": True}),
    Contender("logits in pieces", "one_step", "training", {"rows_at_once": ROWS}),
    Contender(
        "the last three together",
        "one_step",
        "training",
        {"update": "Adam, one kernel", "byte_masks": True, "rows_at_once": ROWS},
    ),
    Contender(MATRIX, "matrix_rate", "multiplication"),
]


def measure(sizes, *, python, rounds, times):
    """The contest on each size: name of the size → what `compete` returns, with shares of the matrix rate."""
    results = {}
    for name, size in sizes.items():
        found = compete(CONTENDERS, size, python=python, rounds=rounds, times=times)
        add_shares(found, size.training_flops(), times)
        del found[FORWARD]["share"]  # it has a third of the products
        results[name] = found
    return results
