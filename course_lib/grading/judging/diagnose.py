"""Names the mistake behind a wrong answer, by what the answer did on every case.

A verdict module offers two kinds of signature:

- `MISTAKES[mistake_id]`: a NumPy re-enactment `function(**arguments) -> value` of the misconception, or a
  tuple of them where one misconception shows in several ways. It matches when the answer equals it on *every*
  case, the ones that happen to be right included. Where a re-enactment raises, the answer must have raised.
- `SYMPTOMS[mistake_id]`: a predicate `function(arguments, received, expected) -> bool` for mistakes with no
  single value; it matches when it holds on every *failing* case. `received` is a tree of NumPy values or a
  `Failure`.

The order in the sheet's TOML decides between several that match. What matches nothing gets a generic
diagnosis.
"""

import numpy as np

from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.values import Failure

TOLERANCE = 5e-5
NUMERIC = (np.ndarray, np.generic, bool, int, float)
_WORDS = {"b": "booleans", "i": "integers", "u": "integers", "f": "real numbers", "c": "complex numbers"}


def compare(received, expected, tolerance=TOLERANCE):
    """Says in which generic way a value differs from the expected one.

    Args:
        received: tree of NumPy values, or a `Failure`.
        expected: tree of NumPy values.
        tolerance: allowed error, relative to each number and to the largest number of its array.

    Returns:
        None when equal within the tolerance, else a pair (generic diagnosis, words that say what differs).

    Example:
        >>> compare(np.zeros((2, 3)), np.zeros((3, 2)))
        ('wrong_shape', 'Expected shape (3, 2). Received shape (2, 3).')
        >>> compare(np.float32(0.5), np.float64(0.5))
    """
    if isinstance(received, Failure):
        return received.kind, received.message
    if isinstance(expected, np.ndarray | np.generic | int | float):
        return _compare_arrays(received, np.asarray(expected), tolerance)
    if received is None:
        return None if expected is None else ("returned_none", f"Expected {_kind(expected)}. Received None.")
    if isinstance(expected, list | tuple):
        return _compare_sequences(received, expected, tolerance)
    if isinstance(expected, dict):
        if not isinstance(received, dict):
            return "wrong_type", f"Expected {_kind(expected)}. Received {_kind(received)}."
        if received.keys() != expected.keys():
            return (
                "wrong_shape",
                f"Expected the keys {sorted_keys(expected)}. Received {sorted_keys(received)}.",
            )
        triples = ((f"[{key!r}]", received[key], expected[key]) for key in expected)
        return _first_difference(triples, tolerance)
    if isinstance(expected, set | frozenset):
        if isinstance(received, list | tuple | np.ndarray) and not len(received):
            received = set()
        if not isinstance(received, set | frozenset):
            return "wrong_type", f"Expected {_kind(expected)}. Received {_kind(received)}."
        return None if received == expected else ("unknown_mistake", "")
    if not isinstance(received, type(expected)):
        return "wrong_type", f"Expected {_kind(expected)}. Received {_kind(received)}."
    return None if received == expected else ("unknown_mistake", "")


def sorted_keys(mapping):
    """The keys of a dict in a readable, stable order, the first dozen of them."""
    keys = sorted(map(repr, mapping))
    return ", ".join(keys[:12]) + (", …" if len(keys) > 12 else "")


def _compare_arrays(received, expected, tolerance):
    if received is None:
        return "returned_none", f"Expected an array of shape {expected.shape}. Received None."
    if isinstance(received, list | tuple):
        kinds = {leaf.dtype.kind for leaf in _leaves(received)}
        whole = joined(received)
        if whole is None:
            return "wrong_shape", f"Expected one array of shape {expected.shape}. Received {_kind(received)}."
        if not all(_kinds_agree(kind, expected.dtype.kind) for kind in kinds):
            words = " and ".join(sorted({_WORDS.get(kind, "other values") for kind in kinds}))
            return "wrong_type", f"Expected {_dtype(expected)}. Received {_kind(received)}: {words}."
        received = whole if kinds else whole.astype(expected.dtype)
    received = np.asarray(received) if isinstance(received, bool | int | float) else received
    if not isinstance(received, np.ndarray | np.generic) or received.dtype.kind not in "biufc":
        return "wrong_type", f"Expected an array of shape {expected.shape}. Received {_kind(received)}."
    if not _kinds_agree(received.dtype.kind, expected.dtype.kind):
        return "wrong_type", f"Expected {_dtype(expected)}. Received {_dtype(received)} ({received.dtype})."
    if received.shape != expected.shape:
        return "wrong_shape", f"Expected shape {expected.shape}. Received shape {received.shape}."
    if expected.dtype.kind in "biu":
        return None if np.array_equal(received, expected) else ("unknown_mistake", "")
    received, expected = received.astype("float64"), expected.astype("float64")
    if not np.array_equal(np.isfinite(received), np.isfinite(expected)) and not np.isfinite(received).all():
        bad = "NaN" if np.isnan(received).any() else "infinity"
        return "not_finite", f"The result holds {bad} where a finite number belongs."
    finite = np.abs(expected[np.isfinite(expected)])
    scale = finite.max() if finite.size else 0.0
    close = np.allclose(received, expected, rtol=tolerance, atol=tolerance * scale + 1e-30, equal_nan=True)
    return None if close else ("unknown_mistake", "")


def _leaves(tree):
    """The arrays and numbers of nested lists."""
    if isinstance(tree, list | tuple):
        return [leaf for item in tree for leaf in _leaves(item)]
    return [np.asarray(tree)] if isinstance(tree, NUMERIC) else []


def joined(tree):
    """Nested lists of arrays and numbers as one array; None when they are not one.

    Example:
        >>> joined([np.array([1, 2]), [0.5, 4]])
        array([[1. , 2. ],
               [0.5, 4. ]])
        >>> joined([np.array([1, 2]), 3])
    """
    if isinstance(tree, NUMERIC):
        return np.asarray(tree)
    if not isinstance(tree, list | tuple):
        return None
    items = [joined(item) for item in tree]
    shapes = {None if item is None else item.shape for item in items}
    if len(shapes) > 1 or None in shapes:
        return None
    return np.stack(items) if items else np.zeros(0)


def _kinds_agree(received, expected):
    if expected == "b":
        return received == "b"
    if expected in "iu":
        return received in "iu"
    return received in "fiu"


def _compare_sequences(received, expected, tolerance):
    if isinstance(received, np.ndarray) and received.ndim and len(received) == len(expected):
        received = list(received)
    if isinstance(received, np.ndarray) and not len(expected) and not received.size:
        received = []
    if not isinstance(received, list | tuple):
        return "wrong_type", f"Expected {_kind(expected)}. Received {_kind(received)}."
    if len(received) != len(expected):
        return "wrong_shape", f"Expected {_kind(expected)}. Received {_kind(received)}."
    triples = ((f"[{index}]", received[index], expected[index]) for index in range(len(expected)))
    return _first_difference(triples, tolerance)


def _first_difference(triples, tolerance):
    for place, received, expected in triples:
        difference = compare(received, expected, tolerance)
        if difference:
            return difference[0], f"At {place}: {difference[1]}" if difference[1] else f"At {place}."
    return None


def _kind(value):
    if isinstance(value, np.ndarray | np.generic):
        return f"an array of shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)} values"
    return f"a {type(value).__name__}"


def _dtype(array):
    return _WORDS[array.dtype.kind]


def diagnose(exercise, verdict_module, cases, received, expected):
    """Finds the mistake that explains what an answer did.

    Args:
        exercise: the `Exercise`; the order of its mistakes decides among several that match.
        verdict_module: holds `MISTAKES`, and optionally `SYMPTOMS` and `TOLERANCE`.
        cases: list of dicts of arguments, as the reference takes them.
        received: list of trees or `Failure`s, one per case.
        expected: list of trees, one per case.

    Returns:
        None when every case is right, else a triple (mistake id, index of a case that shows it, words).
    """
    tolerance = getattr(verdict_module, "TOLERANCE", TOLERANCE)
    differences = [compare(got, want, tolerance) for got, want in zip(received, expected, strict=True)]
    failing = [index for index, difference in enumerate(differences) if difference]
    if not failing:
        return None
    smallest = min(failing, key=lambda index: (argument_size(cases[index]), index))
    for index in failing:
        if GENERIC_DIAGNOSES[differences[index][0]].is_decisive:
            return differences[index][0], index, differences[index][1]
    symptoms = getattr(verdict_module, "SYMPTOMS", {})
    for mistake_id in exercise.mistakes:
        if mistake_id in symptoms:
            triples = [(cases[index], received[index], expected[index]) for index in failing]
            matches = all(_holds(symptoms[mistake_id], *triple) for triple in triples)
        else:
            variants = verdict_module.MISTAKES[mistake_id]
            variants = variants if isinstance(variants, tuple | list) else (variants,)
            matches = any(_re_enacts(variant, cases, received, tolerance) for variant in variants)
        if matches:
            return mistake_id, smallest, ""
    for generic in GENERIC_DIAGNOSES:
        shown = [index for index in failing if differences[index][0] == generic]
        if shown:
            index = min(shown, key=lambda index: (argument_size(cases[index]), index))
            return generic, index, differences[index][1]
    raise ValueError(
        f"No diagnosis covers {sorted({difference[0] for difference in differences if difference})}."
    )


def _holds(symptom, arguments, received, expected):
    try:
        return bool(symptom(arguments, received, expected))
    except Exception:  # the received value, which may be anything, is not of the kind the symptom speaks of
        return False


def _re_enacts(function, cases, received, tolerance):
    for arguments, got in zip(cases, received, strict=True):
        try:
            with np.errstate(all="ignore"):
                predicted = function(**arguments)
        except Exception:
            if not isinstance(got, Failure):
                return False
            continue
        if isinstance(got, Failure) or compare(got, predicted, tolerance):
            return False
    return True


def argument_size(tree):
    """How much there is to read in a tree: the count of its numbers and strings."""
    if isinstance(tree, np.ndarray):
        return tree.size
    if isinstance(tree, dict):
        return sum(map(argument_size, tree.values()))
    if isinstance(tree, list | tuple | set | frozenset):
        return sum(map(argument_size, tree))
    return 1
