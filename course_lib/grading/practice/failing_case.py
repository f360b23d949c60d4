"""The last case on which an answer failed, whole: to call the answer on it, or to paste it elsewhere."""

import sys

import numpy as np

from course_lib.grading.judging.example import in_words
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, right_values
from course_lib.grading.practice.progress import Progress
from course_lib.grading.worker.probe import to_tensor
from course_lib.grading.worker.values import map_arrays


class FailingCase(dict):
    """The arguments of a case by name, as a check passes them on: `additive_score(**case)`.

    For a layer they are `config`, `weights` and `inputs`.

    Attributes:
        exercise: name of the exercise.
        seed: seed of the cases it was drawn with.
        index: its place among them.
        expected: the right value, in NumPy.
    """

    def __init__(self, exercise, seed, index):
        drawn, self.expected = _draw(exercise, seed, index)
        self.exercise, self.seed, self.index = exercise, seed, index
        self._texts = {
            name: in_words(value, is_brief=True)
            for name, value in {**drawn, "expected": self.expected}.items()
        }
        super().__init__(map_arrays(to_tensor, drawn))

    def __repr__(self):
        lines = [f"  {name}: {text}".replace("\n", "\n    ") for name, text in self._texts.items()]
        return "\n".join([f"{self.exercise}: case {self.index + 1} of seed {self.seed}", *lines])


def failing_case(name):
    """The case that the last verdict which was not "passed" shows, in a notebook or in the terminal.

    Args:
        name: name of the exercise, or the function itself.

    Returns:
        a `FailingCase`: a dict of the arguments.

    Raises:
        LookupError: when no verdict has shown a case yet.

    Example:
        >>> from course_lib.grading import check
        >>> def masked_softmax(scores, mask):
        ...     return scores
        >>> _ = check(masked_softmax, seed=1)
        >>> case = failing_case("masked_softmax")
        >>> sorted(case), masked_softmax(**case).shape == case.expected.shape
        (['mask', 'scores'], True)
    """
    exercise = find_exercise(name)
    failing = Progress().of(exercise.name)["failing_case"]
    if failing is None:
        raise LookupError(f"No check of {exercise.name} has shown a failing case yet.")
    return FailingCase(exercise.name, **failing)


def case_as_python(exercise, seed, index):
    """A case as a script that defines its arguments and the right value, every number in full.

    Args:
        exercise: name of the exercise.
        seed: seed of its cases.
        index: place of the case among them.

    Returns:
        Python source.

    Example:
        >>> print(case_as_python("causal_mask", seed=1, index=0).split(" = ")[0])
        # causal_mask: case 1 of seed 1
        import numpy as np
        <BLANKLINE>
        length
    """
    drawn, expected = _draw(exercise, seed, index)
    lines = [f"# {exercise}: case {index + 1} of seed {seed}", "import numpy as np", ""]
    for name, value in {**drawn, "expected": expected}.items():
        lines.append(f"{name} = {_literal(value, len(name) + 3)}")
    return "\n".join(lines)


def _draw(exercise, seed, index):
    drawn = draw_cases(exercise, seed)[index]
    return drawn, right_values(exercise, [drawn])[0]


def _literal(value, indent=0):
    """A value as Python source, with NumPy as `np`, to stand after so many characters."""
    if isinstance(value, np.ndarray):
        if not value.size:
            return f"np.zeros({value.shape}, {value.dtype.name!r})"
        with np.printoptions(nanstr="np.nan", infstr="np.inf", floatmode="unique"):
            prefix = " " * (indent + len("np.array("))
            numbers = np.array2string(
                value, separator=", ", threshold=sys.maxsize, max_line_width=110, prefix=prefix
            )
        return f"np.array({numbers}, {value.dtype.name!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, tuple):
        return "(" + "".join(f"{_literal(item)}, " for item in value) + ")"
    return repr(value)
