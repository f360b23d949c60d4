"""What travels between answer and judge: plain trees of NumPy arrays, scalars, strings and containers.

Nothing here knows an exercise, a reference or a learner's code, so both halves of a check may use it.
"""

import json
import math
import struct
from dataclasses import asdict, dataclass

import numpy as np

from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES

MISFITS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
DEPTH_LIMIT = 24
SKELETON_LIMIT = 8 * 2**20  # bytes
MESSAGE_LIMIT = 2000


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


def encode(tree):
    """Writes a tree as bytes: a JSON skeleton followed by the raw bytes of its arrays.

    Args:
        tree: arrays of bool, integer, float or complex numbers; `Failure`; None, bool, int, float, str;
            list, tuple, set, frozenset, dict of these.

    Returns:
        bytes that `decode` reads without executing anything.

    Example:
        >>> decode(encode({"scores": np.float32([1, 2]), "links": {(0, 1)}}))
        {'scores': array([1., 2.], dtype=float32), 'links': {(0, 1)}}
    """
    blobs = []

    def skeleton(value):
        if isinstance(value, np.generic):
            value = np.asarray(value)
        if isinstance(value, np.ndarray):
            if value.dtype.kind not in "biufc":
                raise TypeError(f"An array must be numeric. Received: dtype={value.dtype}.")
            array = value.astype(value.dtype.newbyteorder("<"))
            blobs.append(array.tobytes())
            return {"array": array.dtype.str, "shape": list(value.shape)}
        if isinstance(value, Failure):
            return {"failure": value.as_dict()}
        if isinstance(value, dict):
            return {"dict": [[skeleton(key), skeleton(item)] for key, item in value.items()]}
        for kind in (list, tuple, set, frozenset):
            if isinstance(value, kind):
                return {kind.__name__: [skeleton(item) for item in value]}
        if value is None or isinstance(value, bool | int | float | str):
            return {"plain": value}
        raise TypeError(
            f"Expected an array, a number, a string or a container. Received: {type(value).__name__}."
        )

    head = json.dumps(skeleton(tree)).encode()
    return b"".join([struct.pack("<I", len(head)), head, *blobs])


def decode(data):
    """Reads what `encode` wrote, or refuses what somebody else may have written; never unpickles.

    Raises:
        ValueError: when the bytes are not such a message, nest deeper than `DEPTH_LIMIT`, hold more than
            `SKELETON_LIMIT` bytes beside the arrays, or a `Failure` of a kind that does not exist.
    """
    try:
        (size,) = struct.unpack_from("<I", data)
        if size > SKELETON_LIMIT:
            raise ValueError(f"{size} bytes beside the arrays")
        head = json.loads(data[4 : 4 + size])
        return _build(head, _ArrayReader(data, 4 + size), DEPTH_LIMIT)
    except (*MISFITS, struct.error, RecursionError, MemoryError) as error:
        raise ValueError(f"Not a message of ours: {str(error)[:200]}") from None


class _ArrayReader:
    """Takes arrays from the bytes behind the skeleton, one after the other."""

    def __init__(self, data, position):
        self._data = data
        self._position = position

    def read(self, name, shape):
        dtype = np.dtype(_text(name))
        if dtype.kind not in "biufc":
            raise ValueError(f"dtype {dtype}")
        shape = tuple(int(extent) for extent in shape)
        if min(shape, default=0) < 0:
            raise ValueError(f"shape {shape}")
        count = math.prod(shape)
        if count * dtype.itemsize > len(self._data) - self._position:
            raise ValueError("array is cut short")
        array = np.frombuffer(self._data, dtype, count, self._position).reshape(shape).copy()
        self._position += count * dtype.itemsize
        return array.astype(dtype.newbyteorder("="), copy=False)


def _build(node, arrays, depth):
    if not depth:
        raise ValueError("nested too deeply")
    ((kind, value), *rest) = node.items()
    if kind == "array":
        return arrays.read(value, rest[0][1])
    if kind == "failure":
        if value["kind"] not in GENERIC_DIAGNOSES or not GENERIC_DIAGNOSES[value["kind"]].is_failure:
            raise ValueError(f"no failure is called {value['kind']!r:.40}")
        words = _text(value["message"])[:MESSAGE_LIMIT], int(value["line"]), _text(value["source"])[:200]
        return Failure(value["kind"], *words)
    if kind == "dict":
        return {_build(key, arrays, depth - 1): _build(item, arrays, depth - 1) for key, item in value}
    if kind == "plain":
        if isinstance(value, str):
            return _text(value)
        if value is None or isinstance(value, bool | int | float):
            return value
        raise ValueError(f"a plain {type(value).__name__}")
    containers = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
    return containers[kind](_build(item, arrays, depth - 1) for item in value)


def _text(value):
    """A string that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ValueError(f"Expected a string. Received: {type(value).__name__}.")
    return value.encode("utf-8", "replace").decode("utf-8")
