"""Tokens a second of greedy search, beside peers, and what a beam costs."""

from benchmarks.transformers.rounds import Contender, compete

BASE = "keras-hub generate"
TOKENS, BATCH_SIZES, BEAM_WIDTH = 40, (64, 1), 5


def contenders(batch_size):
    """Who searches for a batch."""
    what = {"batch_size": batch_size, "tokens": TOKENS}
    return [
        Contender(BASE, "keras_hub_peer", "decoding", what),
        Contender("course_lib", "ours", "decoding", what),
        Contender("course_lib, beam of 5", "ours", "decoding", {**what, "beam_width": BEAM_WIDTH}),
        Contender("keras-hub generate with XLA", "keras_hub_peer", "decoding", {**what, "jit_compile": True}),
        Contender("Hugging Face generate", "marian_peer", "decoding", what),
        Contender("anew for every token", "ours", "rerun", what),
    ]


def measure(sizes, *, python, rounds, times):
    """Size → batch size → what `compete` returns."""
    return {
        name: {
            f"batch {batch_size}": compete(
                contenders(batch_size), size, python=python, rounds=rounds, times=times, warm_up=1
            )
            for batch_size in BATCH_SIZES
        }
        for name, size in sizes.items()
    }
