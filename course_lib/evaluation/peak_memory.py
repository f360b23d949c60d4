"""How much memory a model needs to predict, measured from outside in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence

WARM_UP_LENGTHS = (2, 3)  # two, so that a backend that traces learns that the length varies
SERVE = "from course_lib.evaluation.peak_memory import serve; serve()"


def peak_memory(cases: Sequence[tuple]) -> list[list[int]]:
    """Bytes by which a prediction raises the peak of resident memory.

    Each model gets a process of its own, forked from one that has imported Keras and computed nothing: it
    rebuilds the model with random weights, predicts on two very short inputs, notes the highest resident
    memory so far, then predicts once on random input of each shape and looks again. Weights and compiled
    code are there before the first look, so the difference is what the computation itself holds at its
    worst moment. The system counts pages of some kilobytes and allocators keep a reserve: below a megabyte or
    so the figure is noise.

    Args:
        cases: pairs of a Keras model with one input `(B, T, …)` and a list of shapes `(B, T, …)` to predict
            on, each larger than the one before: a peak is never undone.

    Returns:
        for each model, one number for each of its shapes.

    Raises:
        OSError: where processes cannot be forked (Windows).
        RuntimeError: if a case could not be computed.

    Example:
        >>> import keras
        >>> model = keras.Sequential([keras.Input((None, 4)), keras.layers.Dense(8)])
        >>> [[small, large]] = peak_memory([(model, [(1, 64, 4), (1, 1024, 4)])])
        >>> 0 <= small <= large
        True

    Taught in: notebooks/04_queries_keys_values
    """
    import keras

    if not hasattr(os, "fork"):
        raise OSError("Peak memory is measured in forked processes, which this system does not have.")
    request = [
        (keras.saving.serialize_keras_object(model), list(map(tuple, shapes))) for model, shapes in cases
    ]
    done = subprocess.run(
        [sys.executable, "-c", SERVE],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": keras.backend.backend()},
    )
    results = json.loads(done.stdout) if done.returncode == 0 else [None]
    if None in results:
        raise RuntimeError(
            f"Case {results.index(None)} could not be computed. Its process said: {done.stderr}"
        )
    return results


def serve() -> None:
    """Reads cases from stdin as JSON, forks a process for each in turn, writes their figures to stdout."""
    import keras  # noqa: F401  # once, for all the processes that are forked from here

    import course_lib.layers  # noqa: F401  # registers what the models are made of

    results = []
    for config, shapes in json.load(sys.stdin):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.write(writing, json.dumps(measure(config, shapes)).encode())
            except BaseException:  # whatever it is, this process must not go on with the loop
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            figures = pipe.read()
        _, status = os.waitpid(child, 0)
        results.append(json.loads(figures) if status == 0 else None)
    print(json.dumps(results))


def measure(config: dict, shapes: Sequence[Sequence[int]]) -> list[int]:
    """What one prediction on each shape adds to the peak of this process."""
    import keras
    import numpy as np

    model = keras.saving.deserialize_keras_object(config)
    inputs = [np.random.default_rng(0).normal(size=shape).astype("float32") for shape in shapes]
    for short in WARM_UP_LENGTHS:
        model.predict_on_batch(inputs[0][:, :short])
    before = highest_resident_bytes()
    peaks = []
    for values in inputs:
        model.predict_on_batch(values)
        peaks.append(highest_resident_bytes() - before)
    return peaks


def highest_resident_bytes() -> int:
    """The most memory this process has had at a time."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
