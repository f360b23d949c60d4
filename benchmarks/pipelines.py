"""What padding costs on Multi30k, and how fast batches are made.

    python -m benchmarks.pipelines

needs the corpus (COURSE_DATA, the cache, or a network) and writes benchmarks/results/pipelines.json. The
padding shares are exact and do not depend on the machine; the rates do.
"""

import json
import os
import platform
import time

import numpy as np

from benchmarks.record import RESULTS, write_record
from course_lib.data import TranslationBatches, load_multi30k
from course_lib.data.batches.length_buckets import round_up

BATCH_SIZE = 64
RESULT = RESULTS / "pipelines.json"


def word_ids(sentences):
    """Ids from 5 upwards of the words between spaces."""
    ids = {}
    return [[ids.setdefault(word, len(ids) + 5) for word in sentence.split()] for sentence in sentences]


def padding_shares(sources, targets, batch_size=BATCH_SIZE, seed=0):
    """Share of padding among all positions under three ways to batch, widths being multiples of 4.

    Returns:
        Dictionary: "fixed" (everything as wide as the longest sentence), "shuffled" (each batch as wide as
        its longest sentence) and "bucketed" (`TranslationBatches`); and the number of distinct bucketed
        shapes.
    """
    lengths = np.array([[len(s) + 1, len(t) + 1] for s, t in zip(sources, targets, strict=True)])
    tokens = lengths.sum()
    order = np.random.default_rng(seed).permutation(len(lengths))
    starts = range(0, len(order), batch_size)
    shuffled = [lengths[order[start : start + batch_size]] for start in starts]
    batches = TranslationBatches(
        sources, targets, start_id=2, end_id=3, batch_size=batch_size, shuffle_seed=seed
    )
    shapes = [(x["source_token_ids"].shape, y.shape) for x, y in batches]
    shares = {
        "fixed": 1 - tokens / (len(lengths) * round_up(lengths.max(axis=0)).sum()),
        "shuffled": 1 - tokens / sum(len(part) * round_up(part.max(axis=0)).sum() for part in shuffled),
        "bucketed": 1 - tokens / sum(rows * (s + t) for (rows, s), (_, t) in shapes),
    }
    return shares, len({(s, t) for (_, s), (_, t) in shapes})


def sentences_per_second(batches):
    """Sentences in one pass over the time it takes, the best of three passes."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        count = sum(len(labels) for _, labels in batches)
        times.append(time.perf_counter() - start)
    return count / min(times)


def main():
    pairs = load_multi30k("train")
    sources, targets = (word_ids(column) for column in zip(*pairs, strict=True))
    batches = TranslationBatches(
        sources, targets, start_id=2, end_id=3, batch_size=BATCH_SIZE, shuffle_seed=0
    )
    shares, distinct_shapes = padding_shares(sources, targets)
    results = {
        "corpus": "multi30k train de-en, words between spaces",
        "sentence_pairs": len(pairs),
        "batch_size": BATCH_SIZE,
        "padding_share": {name: round(share, 4) for name, share in shares.items()},
        "bucketed_shapes": distinct_shapes,
        "sentence_pairs_per_second": {
            "arrays": round(sentences_per_second(batches)),
            "tf.data": round(sentences_per_second(batches.as_tf_dataset())),
        },
        "hardware": f"{os.cpu_count()} CPU cores, {platform.machine()}",
        "python": platform.python_version(),
    }
    write_record(RESULT, results)
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
