"""The judge's half of many checks of one exercise, worked out once: cases, right values and re-enactments.

Many answers are judged on the same seeds, and what the judge works out for them hangs on the seed alone.
"""

import hashlib
import pickle
from functools import lru_cache

from course_lib.grading.judging.judge import load_verdict_module

UNPICKLABLE = (pickle.PicklingError, AttributeError, TypeError)


def remembered(function):
    """The same function, which does not work out once more what it gives for equal arguments.

    Every call returns a value of its own, or raises what the first call raised. Where arguments or value
    cannot be pickled, the function is called as ever.
    """
    known = {}

    def recalled(*args, **arguments):
        try:
            key = hashlib.sha256(pickle.dumps((args, arguments))).digest()
        except UNPICKLABLE:
            return function(*args, **arguments)
        if key not in known:
            try:
                value = function(*args, **arguments)
            except Exception as error:
                known[key] = None, error
            else:
                try:
                    known[key] = pickle.dumps(value), None
                except UNPICKLABLE:
                    return value
        value, error = known[key]
        if error is not None:
            raise error
        return pickle.loads(value)

    return recalled


@lru_cache(maxsize=1)
def remembered_check(exercise):
    """`draw`, `reference` and `MISTAKES` of an exercise's verdict module, remembered until another's are."""
    module = load_verdict_module(exercise)
    mistakes = {
        mistake: tuple(map(remembered, variants if isinstance(variants, tuple | list) else (variants,)))
        for mistake, variants in module.MISTAKES.items()
    }
    return {"draw": remembered(module.draw), "reference": remembered(module.reference), "MISTAKES": mistakes}


def remember_check(exercise, monkeypatch):
    """Lets the judge remember what it works out for an exercise, until the test ends."""
    for name, value in remembered_check(exercise).items():
        monkeypatch.setattr(load_verdict_module(exercise), name, value)
