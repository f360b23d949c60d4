"""What attention costs against length, in seconds and memory: fused path and explicit weights."""

import json
import os
import subprocess
import sys

from benchmarks.transformers.rounds import ENVIRONMENT, ROOT
from course_lib.evaluation import fitted_exponent
from course_lib.evaluation.peak_memory import highest_resident_bytes

PATHS = ("fused", "explicit")
LENGTHS = (512, 1024, 2048, 4096, 8192)
WIDTH, HEADS = 128, 4


def attend(path, length, width=WIDTH, num_heads=HEADS, repeats=3):
    """One self-attention over one sequence, forwards, compiled; run in a process of its own.

    Returns:
        dict: "seconds", the median, and "bytes" that the process's memory peaked above its start.
    """
    import statistics
    import time

    import keras
    from keras import ops

    from course_lib.layers import MultiHeadAttention

    class Attention(keras.Model):
        def __init__(self):
            super().__init__()
            self.attention = MultiHeadAttention(num_heads, width // num_heads)

        def build(self, shape):
            self.attention.build(shape, shape)

        def call(self, inputs):
            if path == "fused":
                return ops.mean(self.attention(inputs, inputs), axis=1)
            outputs, weights = self.attention(inputs, inputs, return_attention_weights=True)
            return ops.mean(outputs, axis=1), weights[:, :, -1]

    model = Attention()
    model.compile(jit_compile=keras.backend.backend() != "torch")
    model.predict_on_batch(keras.random.normal((1, 16, width)))
    before = highest_resident_bytes()
    inputs = ops.convert_to_numpy(keras.random.normal((1, length, width)))
    model.predict_on_batch(inputs)  # compiles
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        model.predict_on_batch(inputs)
        seconds.append(time.perf_counter() - began)
    return {"seconds": statistics.median(seconds), "bytes": highest_resident_bytes() - before}


def measure(lengths=LENGTHS, width=WIDTH, num_heads=HEADS):
    """Path → rows by length, and the exponents of time and memory over the three greatest lengths."""
    results = {}
    for path in PATHS:
        rows = []
        for length in lengths:
            call = (
                "import json; from benchmarks.transformers.length import attend; "
                f"print(json.dumps(attend({path!r}, {length}, {width}, {num_heads})))"
            )
            done = subprocess.run(
                [sys.executable, "-c", call],
                cwd=ROOT,
                env={**os.environ, **ENVIRONMENT},
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
            rows.append({"length": length, **json.loads(done.stdout.splitlines()[-1])})
            print(f"{path}, {length}: {rows[-1]['seconds']:.3f} s", flush=True)
        longest = rows[-3:]
        results[path] = {
            "rows": rows,
            **{
                f"{what}_exponent": fitted_exponent(
                    [row["length"] for row in longest], [max(1e-9, row[what]) for row in longest]
                ).exponent
                for what in ("seconds", "bytes")
            },
        }
    return results
