"""Measures and stores. How to begin: `__init__.py`."""

import argparse
import os
import sys

from benchmarks.bert_speed.sizes import SIZES
from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, write_record
from benchmarks.transformers.__main__ import versions_in
from benchmarks.transformers.rounds import MATRIX, Contender, add_shares, compete

BASE = "keras-hub"
BFLOAT = {"precision": "mixed_bfloat16"}
CONTESTS = {
    "pretraining": [
        Contender(BASE, "keras_hub_peer", "pretraining"),
        Contender("course_lib", "ours", "pretraining"),
        Contender("course_lib, bfloat16", "ours", "pretraining", BFLOAT),
        Contender("course_lib with XLA", "ours", "pretraining", {"jit_compile": True}),
        Contender("keras-hub with XLA", "keras_hub_peer", "pretraining", {"jit_compile": True}),
        Contender("Hugging Face", "hugging_face_peer", "pretraining"),
        Contender(MATRIX, "benchmarks.transformers.contenders.matrix_rate", "multiplication"),
    ],
    "fine_tuning": [
        Contender(BASE, "keras_hub_peer", "fine_tuning"),
        Contender("course_lib", "ours", "fine_tuning"),
        Contender("course_lib, bfloat16", "ours", "fine_tuning", BFLOAT),
        Contender("Hugging Face", "hugging_face_peer", "fine_tuning"),
    ],
    "inference": [
        Contender(BASE, "keras_hub_peer", "inference"),
        Contender("course_lib", "ours", "inference"),
        Contender("course_lib, bfloat16", "ours", "inference", BFLOAT),
        Contender("Hugging Face", "hugging_face_peer", "inference"),
    ],
}
WARM_UP = 20  # steps: every width of batches has been seen


def measure(size, *, python, rounds, times):
    """All contests on a size: name → what `compete` returns; "pretraining" with shares of the matrix rate."""
    results = {
        name: compete(contenders, size, python=python, rounds=rounds, times=times, warm_up=WARM_UP)
        for name, contenders in CONTESTS.items()
    }
    add_shares(results["pretraining"], size.pretraining_flops(), times)
    return results


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bert_speed", description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="Python that has the peers")
    parser.add_argument("--sizes", nargs="+", choices=sorted(SIZES), default=["tiny", "mini"])
    parser.add_argument("--rounds", type=int, default=7, help="turns of each (default: 7)")
    parser.add_argument("--times", type=int, default=10, help="steps in a turn (default: 10)")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    common = {"python": options.peers, "rounds": options.rounds, "times": options.times}
    results = {name: measure(SIZES[name], **common) for name in options.sizes}
    record = {
        "what": "python -m benchmarks.bert_speed",
        "data": "pretraining: random tokens without padding; else phrases of SST-2, words as tokens",
        "sizes": {name: SIZES[name].name() for name in options.sizes},
        "rounds": options.rounds,
        "times_in_a_turn": options.times,
        "load_before": load,
        "machine": describe_machine(),
        "versions": versions_in(options.peers),
        "results": results,
    }
    write_record(RESULTS / "bert_speed.json", record)


if __name__ == "__main__":
    sys.exit(main())
