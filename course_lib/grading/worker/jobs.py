"""One job: an answer is loaded, called on every case, and what came of it is sent.

A job is a dict `{"filename", "text", "name", "cases", "limits", "seed", "watched"}`, the text as an array of
its UTF-8 bytes, since strings in a message are short. It is answered by
`{"began": True}`, `{"notes": [...]}` and, per case in order, `{"result": tree or Failure}`; and, where
watched names are used, by `{"uses": [...]}`, the first of them before anything of the answer runs. The seed,
when it is not None, is given to the generators of Python, NumPy and Keras first.
"""

import contextlib
import random

import numpy as np

from course_lib.grading.worker.answers import load_answer, read_statements
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.messages import TooLarge
from course_lib.grading.worker.probe import run_call
from course_lib.grading.worker.runtime_uses import UseRecorder
from course_lib.grading.worker.source_uses import find_uses
from course_lib.grading.worker.values import Failure, array_bytes

RESULT_LIMIT = 16 * 2**20  # bytes


def run_job(job, send):
    """Loads the answer of a job, calls it on every case, and sends what came of it."""
    send({"began": True})
    text = job["text"].tobytes().decode("utf-8", "surrogatepass")
    if job["seed"] is not None:
        seed_generators(job["seed"])
    with _watch(text, job, send) as send_uses:
        answer, notes = load_answer(text, job["filename"], job["name"])
        send_uses()
        send({"notes": notes})
        result = None
        for case in job["cases"]:
            if not isinstance(result, Failure) or not GENERIC_DIAGNOSES[result.kind].is_final:
                result = answer if isinstance(answer, Failure) else _call(answer, case)
                send_uses()
            try:
                send({"result": result})
            except TooLarge as error:
                words = f"it returned {error}, far more than was asked for."
                send({"result": Failure("too_much_memory", words)})


def seed_generators(seed):
    """Gives a seed to the generators of Python, NumPy, the backend and Keras."""
    import keras

    if keras.backend.backend() == "tensorflow":
        keras.utils.set_random_seed(seed)
        return
    # With any other backend that call would import TensorFlow, in every job, on the answer's time.
    random.seed(seed)  # which Keras draws its own seed from
    np.random.seed(seed)
    if keras.backend.backend() == "torch":
        import torch

        torch.manual_seed(seed)


@contextlib.contextmanager
def _watch(text, job, send):
    """Sends the watched names in the source; hands out a function that sends those used since."""
    if not job["watched"]:
        yield lambda: None
        return
    try:
        statements, _ = read_statements(text, job["filename"])
    except ValueError:
        statements = []
    if uses := find_uses(statements, job["name"], job["watched"]):
        send({"uses": uses})
    with UseRecorder(job["watched"], statements) as recorder:
        yield lambda: (uses := recorder.take()) and send({"uses": uses})


def _call(answer, case):
    """One call, with its result small enough to send."""
    try:
        result = run_call(answer, case)
        size = array_bytes(result)
        if size > RESULT_LIMIT:
            words = f"it returned {size / 2**20:.0f} MB, far more than was asked for."
            return Failure("too_much_memory", words)
        return result
    except KeyboardInterrupt:
        return Failure("raised", "KeyboardInterrupt")
