"""One failing case in words: what the answer was given, what was expected and what came back."""

from dataclasses import dataclass

import numpy as np

from course_lib.grading.worker.values import Failure, map_arrays

MOST_NUMBERS = 60  # of an array that is shown whole
MOST_IN_LINE = 12  # of a vector beside a call that gave no value, where shapes say more than numbers
MOST_CHARACTERS = 600


@dataclass(frozen=True)
class Example:
    """One failing case in words.

    Attributes:
        arguments: Dict from the name of each argument to its text.
        expected: text of the right value.
        received: text of what came back.
        index: its place among the cases that the verdict's seed draws.
    """

    arguments: dict[str, str]
    expected: str
    received: str
    index: int | None = None

    @classmethod
    def of(cls, arguments, expected, received, index=None):
        """Puts a case into words; beside a call that gave no value, arrays are given by their shapes.

        Args:
            arguments: Dict of arguments, as the answer got them.
            expected: tree of NumPy values.
            received: tree of NumPy values, or a `Failure`.
            index: its place among the cases.

        Returns:
            an `Example`.

        Example:
            >>> scores = np.zeros((5, 7), "float32")
            >>> example = Example.of({"scores": scores}, scores, Failure("raised", "ValueError"), 3)
            >>> example.arguments["scores"], example.received
            ('shape (5, 7) float32', 'nothing: raised')
        """
        failed = isinstance(received, Failure)
        texts = {name: in_words(value, failed) for name, value in arguments.items()}
        shown = f"nothing: {received.kind}" if failed else in_words(received)
        return cls(texts, in_words(expected, failed), shown, index)

    def lines(self):
        """The example as (label, text) pairs."""
        return [*self.arguments.items(), ("expected", self.expected), ("received", self.received)]


def in_words(value, is_brief=False):
    """Shows a value the way a learner would want to read it: shape, then numbers, cut where long.

    Args:
        value: tree of NumPy values.
        is_brief: whether arrays are given by their shapes alone, short vectors excepted.

    Returns:
        text, of several lines for an array.

    Example:
        >>> print(in_words(np.float32([[0.25, 0.7512343]])))
        shape (1, 2) float32
        [[0.25    , 0.751234]]
        >>> print(in_words({"query": np.zeros((3, 5))}, is_brief=True))
        'query': shape (3, 5) float64
    """
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return _numbers(value)
        shape = f"shape {value.shape} {value.dtype}"
        if is_brief and (value.ndim > 1 or value.size > MOST_IN_LINE):
            return shape
        return f"{shape}\n{_numbers(value)}"
    if isinstance(value, tuple | list) and any(isinstance(item, np.ndarray) for item in value):
        return "\n".join(f"[{index}] {in_words(item, is_brief)}" for index, item in enumerate(value))
    if isinstance(value, dict) and any(isinstance(item, np.ndarray) and item.ndim for item in value.values()):
        return "\n".join(f"{key!r}: {in_words(item, is_brief)}" for key, item in value.items())
    if isinstance(value, set | frozenset):
        text = "{" + ", ".join(sorted(map(repr, value))) + "}"
    else:
        text = repr(map_arrays(_as_number, value))
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + " …"


def _as_number(array):
    """A single number inside of containers, in six digits."""
    if array.ndim:
        return array
    return float(f"{array.item():.6g}") if array.dtype.kind == "f" else array.item()


def _numbers(array):
    return np.array2string(
        array, precision=6, separator=", ", threshold=MOST_NUMBERS, edgeitems=2, max_line_width=96
    )
