"""What travels between answer and judge: plain trees of NumPy arrays, scalars, strings and containers.

Nothing here knows an exercise, a reference or a learner's code, so both halves of a check may use it.
"""

from dataclasses import asdict, dataclass

import numpy as np

MISFITS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
OBJECT_BYTES = 100  # about what a small object takes


@dataclass(frozen=True)
class Failure:
    """A call that gave no value: the id of a `GenericDiagnosis`, and the words and place that go with it."""

    kind: str
    message: str = ""
    line: int = 0
    source: str = ""

    def as_dict(self):
        """The failure as plain data."""
        return asdict(self)


def map_arrays(function, tree):
    """Copies a tree with `function` applied to every NumPy array of it.

    Example:
        >>> map_arrays(lambda array: array + 1, {"a": np.zeros(2), "b": ("x", 3)})
        {'a': array([1., 1.]), 'b': ('x', 3)}
    """
    if isinstance(tree, np.ndarray):
        return function(tree)
    if isinstance(tree, dict):
        return {key: map_arrays(function, value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)(map_arrays(function, value) for value in tree)
    return set(tree) if isinstance(tree, set) else tree


def array_bytes(tree):
    """The bytes that the arrays of a tree take.

    Example:
        >>> array_bytes({"scores": [np.zeros(3), np.zeros(2, "float32")], "name": "dot"})
        32
    """
    if isinstance(tree, np.ndarray):
        return tree.nbytes
    if isinstance(tree, dict):
        return sum(map(array_bytes, tree.values()))
    return sum(map(array_bytes, tree)) if isinstance(tree, list | tuple) else 0


def memory_bytes(tree):
    """About how many bytes a tree takes: its arrays and strings, and as much for each object as a small one.

    Example:
        >>> memory_bytes({"scores": np.zeros(3), "names": ["dot"]})
        638
    """
    if isinstance(tree, np.ndarray):
        return OBJECT_BYTES + tree.nbytes
    if isinstance(tree, dict):
        return OBJECT_BYTES + sum(map(memory_bytes, tree.values())) + sum(map(memory_bytes, tree))
    if isinstance(tree, list | tuple | set | frozenset):
        return OBJECT_BYTES + sum(map(memory_bytes, tree))
    return OBJECT_BYTES + (len(tree) if isinstance(tree, str) else 0)


def bulk(tree):
    """How much a tree is to handle: its numbers, containers and strings, long strings by their length.

    Example:
        >>> bulk({"scores": np.zeros((2, 3)), "names": ["dot", "x" * 1000]})
        1023
    """
    if isinstance(tree, np.ndarray):
        return 1 + tree.size
    if isinstance(tree, dict):
        return 1 + sum(bulk(key) + bulk(value) for key, value in tree.items())
    if isinstance(tree, list | tuple | set | frozenset):
        return 1 + sum(map(bulk, tree))
    return max(1, len(tree)) if isinstance(tree, str) else 1


def same_tree(first, second):
    """Whether two trees are equal to the bit, NaN being equal to NaN."""
    if isinstance(first, np.ndarray) or isinstance(second, np.ndarray):
        return (
            isinstance(first, np.ndarray)
            and isinstance(second, np.ndarray)
            and first.dtype == second.dtype
            and np.array_equal(first, second, equal_nan=first.dtype.kind == "f")
        )
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return list(first) == list(second) and all(same_tree(first[key], second[key]) for key in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(same_tree, first, second))
    return first == second or (first != first and second != second)
