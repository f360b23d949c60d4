"""Trees as bytes and back: a JSON skeleton, then the raw bytes of the arrays.

Whoever reads may be the judge, and whoever wrote a stranger. So every part of a message has a cap, the same
for both sides, and reading one takes a fraction of a second and little memory whatever its bytes are.
"""

import json
import math
import struct

import numpy as np

from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES
from course_lib.grading.worker.values import Failure

SKELETON_LIMIT = 2 * 2**20  # bytes beside the arrays
DEPTH_LIMIT = 24
OBJECT_LIMIT = 50_000
BRACKET_LIMIT = 3 * OBJECT_LIMIT  # an object has three at most
HASHED_LIMIT = 2000  # elements of sets and keys: integers can be chosen that all meet in one place of a table
EXTENT_LIMIT = 64
LONGEST_EXTENT = 2**40
DIGIT_LIMIT = 1000
MESSAGE_LIMIT = 2000
CONTAINERS = {"list": list, "tuple": tuple, "set": set, "frozenset": frozenset}
_NUMERIC = [kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in "biufc"]
DTYPES = {np.dtype(kind).newbyteorder("<").str: np.dtype(kind).newbyteorder("<") for kind in _NUMERIC}


class TooLarge(ValueError):
    """Raised for a tree that no message may hold; the message says what there is too much of."""


def encode(tree):
    """Writes a tree as bytes.

    Args:
        tree: arrays of bool, integer, float or complex numbers; `Failure`; None, bool, int, float, str;
            list, tuple, set, frozenset, dict of these.

    Returns:
        bytes that `decode` reads without executing anything.

    Raises:
        TypeError: for a tree that holds anything else.
        TooLarge: for one that is beyond the caps.

    Example:
        >>> decode(encode({"scores": np.float32([1, 2]), "links": {(0, 1)}}))
        {'scores': array([1., 2.], dtype=float32), 'links': {(0, 1)}}
    """
    blobs, count = [], _Count()

    def skeleton(value, depth):
        count.one(depth)
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
            count.hashed(len(value))
            items = value.items()
            return {"dict": [[skeleton(key, depth + 1), skeleton(item, depth + 1)] for key, item in items]}
        for name, kind in CONTAINERS.items():
            if isinstance(value, kind):
                count.hashed(len(value) if isinstance(value, set | frozenset) else 0)
                return {name: [skeleton(item, depth + 1) for item in value]}
        if value is None or isinstance(value, bool | float | str):
            return {"plain": value}
        if isinstance(value, int):
            if abs(value) >= 10**DIGIT_LIMIT:
                raise TooLarge(f"an integer of more than {DIGIT_LIMIT} digits")
            return {"plain": value}
        raise TypeError(
            f"Expected an array, a number, a string or a container. Received: {type(value).__name__}."
        )

    head = json.dumps(skeleton(tree, 1)).encode()
    if len(head) > SKELETON_LIMIT or head.count(b"[") + head.count(b"{") > BRACKET_LIMIT:
        raise TooLarge(f"{len(head) / 2**20:.1f} MB of text and small objects")
    return b"".join([struct.pack("<I", len(head)), head, *blobs])


def decode(data):
    """Reads what `encode` wrote, or refuses what somebody else may have written; never unpickles.

    Raises:
        ValueError: when the bytes are not such a message, are beyond the caps, or hold a `Failure` of a kind
            that does not exist.
    """
    try:
        (size,) = struct.unpack_from("<I", data)
        if size > SKELETON_LIMIT:
            raise TooLarge(f"{size} bytes beside the arrays")
        head = data[4 : 4 + size]
        if head.count(b"[") + head.count(b"{") > BRACKET_LIMIT:  # before they become as many objects
            raise TooLarge(f"more than {OBJECT_LIMIT} objects")
        head = json.loads(head, parse_int=_read_integer)
        return _build(head, _ArrayReader(data, 4 + size), _Count(), 1)
    except Exception as error:  # whatever it is: the bytes were chosen by somebody who wants it
        raise ValueError(f"Not a message of ours: {str(error)[:200]}") from None


class _Count:
    """Counts what a message holds, and stops where it is too much."""

    def __init__(self):
        self._num_objects = self._num_hashed = 0

    def one(self, depth):
        """One more object, so deep inside others."""
        self._num_objects += 1
        if self._num_objects > OBJECT_LIMIT:
            raise TooLarge(f"more than {OBJECT_LIMIT} objects")
        if depth > DEPTH_LIMIT:
            raise TooLarge(f"containers nested deeper than {DEPTH_LIMIT}")

    def hashed(self, num_elements):
        """More elements of a set, or keys of a dict."""
        self._num_hashed += num_elements
        if self._num_hashed > HASHED_LIMIT:
            raise TooLarge(f"more than {HASHED_LIMIT} keys of dicts and elements of sets")


class _ArrayReader:
    """Takes arrays from the bytes behind the skeleton, one after the other."""

    def __init__(self, data, position):
        self._data = data
        self._position = position

    def read(self, name, shape):
        dtype = DTYPES[name]
        if not isinstance(shape, list) or len(shape) > EXTENT_LIMIT:
            raise ValueError(f"an array of more than {EXTENT_LIMIT} extents")
        if not all(type(extent) is int and 0 <= extent <= LONGEST_EXTENT for extent in shape):
            raise ValueError("an extent that is none")
        count = math.prod(shape)
        if count * dtype.itemsize > len(self._data) - self._position:
            raise ValueError("array is cut short")
        array = np.frombuffer(self._data, dtype, count, self._position).reshape(shape).copy()
        self._position += count * dtype.itemsize
        return array.astype(dtype.newbyteorder("="), copy=False)


def _build(node, arrays, count, depth):
    count.one(depth)
    ((kind, value), *rest) = node.items()
    if kind == "array":
        return arrays.read(value, rest[0][1])
    if kind == "failure":
        if value["kind"] not in GENERIC_DIAGNOSES or not GENERIC_DIAGNOSES[value["kind"]].is_failure:
            raise ValueError(f"no failure is called {value['kind']!r:.40}")
        words = _text(value["message"])[:MESSAGE_LIMIT], int(value["line"]), _text(value["source"])[:200]
        return Failure(value["kind"], *words)
    if kind == "dict":
        count.hashed(len(value))
        return {
            _build(key, arrays, count, depth + 1): _build(item, arrays, count, depth + 1)
            for key, item in value
        }
    if kind == "plain":
        if isinstance(value, str):
            return _text(value)
        if value is None or isinstance(value, bool | int | float):
            return value
        raise ValueError(f"a plain {type(value).__name__}")
    if kind in ("set", "frozenset"):
        count.hashed(len(value))
    return CONTAINERS[kind]([_build(item, arrays, count, depth + 1) for item in value])


def _read_integer(digits):
    if len(digits) > DIGIT_LIMIT:
        raise TooLarge(f"an integer of more than {DIGIT_LIMIT} digits")
    return int(digits)


def _text(value):
    """A string that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ValueError(f"Expected a string. Received: {type(value).__name__}.")
    return value.encode("utf-8", "replace").decode("utf-8")
