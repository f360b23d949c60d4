"""What one step of each objective costs, and where the time of replaced words goes."""

import time

import keras
import numpy as np
import tensorflow as tf

from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.objectives import chinese, toy
from benchmarks.objectives.learners import draw_words
from benchmarks.objectives.operations import forward_parts, step_multiplications
from benchmarks.objectives.rungs import CHINESE_RUNGS, TOY_RUNGS
from course_lib.objectives import replace_tokens, sample_tokens

HEAD = {
    "what": "python -m benchmarks.objectives steps",
    "data": "one batch again and again; medians of repeated calls, milliseconds",
}
WARMUP, REPEATS = 3, 15


def median_milliseconds(call, repeats=REPEATS):
    """The median time of a call, after some that do not count."""
    times = []
    for number in range(WARMUP + repeats):
        began = time.perf_counter()
        call()
        if number >= WARMUP:
            times.append(time.perf_counter() - began)
    return round(1e3 * float(np.median(times)), 2)


def measure_step(contender, repeats=REPEATS):
    """Time and multiplications of an update, of making a batch, and of the parts of replaced words.

    Args:
        contender: a `Contender`.
        repeats: int, how many calls.
    """
    learner, batches = contender.make_model(0.0), contender.batches
    batch = batches[0]
    learner.optimizer.learning_rate = 1e-4
    rung, sizes = contender.rung, contender.sizes
    found = {
        "update": median_milliseconds(lambda: learner.train_on_batch(*batch), repeats),
        "making a batch": median_milliseconds(lambda: batches[1 % len(batches)], repeats),
        "multiplications": step_multiplications(rung, sizes, batches.slots),
        "forward_multiplications": forward_parts(rung, sizes, batches.slots),
    }
    if rung.kind == "replaced":
        found["parts"] = measure_parts(learner, batch[0], sizes.uses_xla, repeats)
    return found


def measure_parts(learner, inputs, uses_xla, repeats=REPEATS):
    """Milliseconds of the forward parts of replaced words, one after the other."""
    inputs = keras.tree.map_structure(tf.constant, inputs)
    compiled = {
        name: tf.function(function, jit_compile=uses_xla)
        for name, function in {
            "generator": lambda: learner.propose(inputs),
            "drawing, a number a word": lambda logits: sample_tokens(logits, allowed=learner.allowed),
            "drawing, a number a place": lambda logits: draw_words(logits, inputs["draws"], learner.allowed),
            "replacing": lambda samples: replace_tokens(
                inputs["token_ids"], inputs["masked_positions"], inputs["labels"], samples
            ),
            "reader": lambda corrupted: learner.answer(inputs, corrupted),
        }.items()
    }
    proposed = compiled["generator"]()
    samples = compiled["drawing, a number a place"](proposed)
    corrupted, _ = compiled["replacing"](samples)
    given = {
        "generator": (),
        "drawing, a number a word": (proposed,),
        "drawing, a number a place": (proposed,),
        "replacing": (samples,),
        "reader": (corrupted,),
    }

    def caller(name):
        return lambda: keras.tree.map_structure(np.asarray, compiled[name](*given[name]))

    return {name: median_milliseconds(caller(name), repeats) for name in given}


def run_steps(stages=("toy", "chinese")):
    """Measures what is not stored yet."""
    runs = StoredRuns("objectives_steps", HEAD)
    for stage in stages:
        rungs, text = TOY_RUNGS, None
        if stage == "chinese":
            rungs, text = CHINESE_RUNGS, chinese.load_text()
        for rung in rungs:
            keys = {"stage": stage, "rung": rung.name}
            if not runs.has(keys):
                contender = (
                    toy.make_contender(rung, 0) if text is None else chinese.make_contender(rung, 1, text)
                )
                runs.add({**keys, **measure_step(contender)})
