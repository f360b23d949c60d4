"""Times the WordPiece trainer and both tokenizer engines on Multi30k and writes results/tokenizers.json.

Run from the root of the repository: `COURSE_DATA=<folder> python -m benchmarks.tokenizers`
"""

import json
import os
import time
from importlib.metadata import version

import sacrebleu
import tensorflow as tf
import tensorflow_text as tf_text

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, write_record
from course_lib.data import load_multi30k
from course_lib.text import WordPieceTokenizer, train_wordpiece

VOCABULARY_SIZE = 8000
REPEATS = 5
RESULT = RESULTS / "tokenizers.json"


def best_seconds(action, repeats=REPEATS):
    """Gives the shortest of several runs, the one least disturbed by other work on the machine."""
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def fast_bert(vocabulary):
    """Gives tensorflow-text's own end-to-end tokenizer, for comparison: fast, but it folds "ß"."""
    tokenizer = tf_text.FastBertTokenizer(
        list(vocabulary.tokens), lower_case_nfd_strip_accents=True, token_out_type=tf.int32
    )
    return lambda texts: tokenizer.tokenize(tf.constant(texts)).to_list()


def measure():
    """Runs every measurement and returns the record to store."""
    pairs = load_multi30k("train")
    german, english = (list(side) for side in zip(*pairs, strict=True))
    lines = german + english
    vocabulary = train_wordpiece(lines, VOCABULARY_SIZE)
    engines = {name: WordPieceTokenizer(vocabulary, engine=name) for name in ("python", "tensorflow")}
    ids = engines["python"].encode_batch(lines)
    folded = fast_bert(vocabulary)
    english_test = [line for _, line in load_multi30k("test")]
    back = [engines["python"].decode(row) for row in engines["python"].encode_batch(english_test)]
    speed = {
        "python, first pass": len(lines)
        / best_seconds(lambda: WordPieceTokenizer(vocabulary, engine="python").encode_batch(lines)),
        **{
            f"{name}, batch": len(lines) / best_seconds(lambda engine=engine: engine.encode_batch(lines))
            for name, engine in engines.items()
        },
        **{
            f"{name}, batches of 64": len(lines)
            / best_seconds(
                lambda engine=engine: [
                    engine.encode_batch(lines[i : i + 64]) for i in range(0, len(lines), 64)
                ]
            )
            for name, engine in engines.items()
        },
        "FastBertTokenizer, batch": len(lines) / best_seconds(lambda: folded(lines)),
    }
    return {
        "machine": describe_machine() | {"load_average": os.getloadavg()[0]},
        "tensorflow_text": version("tensorflow-text"),
        "data": {
            "corpus": "Multi30k train, German and English",
            "lines": len(lines),
            "pieces": sum(map(len, ids)),
            "vocabulary_size": len(vocabulary),
        },
        "training_seconds": {
            "German and English": best_seconds(lambda: train_wordpiece(lines, VOCABULARY_SIZE), 3),
            "English": best_seconds(lambda: train_wordpiece(english, VOCABULARY_SIZE), 3),
        },
        "lines_per_second": {name: round(value) for name, value in speed.items()},
        "engines_equal": engines["tensorflow"].encode_batch(lines) == ids,
        "lines_that_differ_for_FastBertTokenizer": sum(
            a != b for a, b in zip(folded(lines), ids, strict=True)
        )
        / len(lines),
        "round_trip_bleu_english_test": sacrebleu.corpus_bleu(back, [english_test], lowercase=True).score,
    }


if __name__ == "__main__":
    record = measure()
    write_record(RESULT, record)
    print(json.dumps(record, indent=2))
