"""Feedback inside a notebook: `check`, `hint`, `solution` and `answer`."""

import contextlib
import html
import io
import secrets

from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.practice.asking import ask
from course_lib.grading.practice.progress import Progress
from course_lib.grading.practice.solution_code import read_solution
from course_lib.grading.questions import judge as judge_answer
from course_lib.grading.sandbox.limits import Limits

SECOND_ASKING = Limits(seconds=0.2)  # what a learner may wait for more words on a mistake


class Text:
    """Text that shows itself as prose in a notebook and prints plainly elsewhere."""

    def __init__(self, text, is_code=False):
        self.text = text
        self.is_code = is_code

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        style = "border-left:5px solid #4c72b0;padding:.5em .9em;margin:.3em 0"
        tag = "pre" if self.is_code else "div"
        return f'<{tag} style="{style}">{html.escape(self.text)}</{tag}>'


class Interrupted(KeyboardInterrupt):
    """Raised where an interrupt by hand ended a check; a notebook shows its one line and no traceback."""

    def _render_traceback_(self):  # what IPython asks an exception for
        return [str(self)]


def check(answer, *, seed=None):
    """Judges a function or class on fresh random inputs, within the time that the terminal gives it.

    Args:
        answer: the function or class; its name says which exercise it answers.
        seed: draws the cases of an earlier verdict again; new ones when left out.

    Returns:
        a `Verdict`, which shows itself as a box in a notebook.

    Raises:
        TypeError: when `answer` has no name, e.g. because it was called already.
        UnknownExercise: when no exercise has that name; the message lists the names near it.
        Interrupted: when somebody interrupted it.

    Example:
        >>> from keras import ops
        >>> def masked_softmax(scores, mask):
        ...     return ops.softmax(scores, axis=-1)
        >>> check(masked_softmax, seed=1).diagnosis
        'mask_ignored'
    """
    name = getattr(answer, "__name__", None)
    if not callable(answer) or name is None:
        raise TypeError(
            "`check` takes the function or class itself, as in `check(masked_softmax)`. "
            f"Received: {type(answer).__name__}."
        )
    exercise = find_exercise(name)
    seed = secrets.randbits(32) if seed is None else seed
    try:
        results = ask(answer, draw_cases(name, seed))
        verdict = judge(exercise, seed, results, ask=lambda cases: _ask_quietly(answer, cases))
    except KeyboardInterrupt:
        raise Interrupted(f"{name}: interrupted, so there is no verdict.") from None
    Progress().record(verdict)
    return verdict


def _ask_quietly(answer, cases):
    """A second asking: short, and what the answer prints was seen the first time."""
    with contextlib.redirect_stdout(io.StringIO()):
        return ask(answer, cases, SECOND_ASKING)


def hint(name):
    """The next hint for an exercise: each call goes one layer deeper, and the last one repeats.

    Args:
        name: name of the exercise, or the function itself.

    Returns:
        the hint, with its number.

    Example:
        >>> hint("masked_softmax")
        Hint 1 of ...
    """
    exercise = find_exercise(name)
    progress = Progress()
    were_all_given = progress.had_all_hints(exercise)
    index = progress.next_hint(exercise)
    words = f"Hint {index + 1} of {len(exercise.hints)}: {exercise.hints[index]}"
    if were_all_given:
        words += f" There is no further one. `solution({exercise.name!r}, give_up=True)` shows our solution."
    return Text(words)


def solution(name, *, give_up=False):
    """Our solution of an exercise, once yours has passed.

    Args:
        name: name of the exercise, or the function itself.
        give_up: show it even though no answer has passed yet.

    Returns:
        the source code, or a word on how to get there.

    Example:
        >>> print(solution("masked_softmax", give_up=True).text.split("(")[0])
        def masked_softmax
    """
    exercise = find_exercise(name)
    if not give_up and not Progress().of(exercise.name)["passed"]:
        return Text(
            f"The solution opens once `check({exercise.name})` passes. `hint({exercise.name!r})` helps on "
            f"the way; `solution({exercise.name!r}, give_up=True)` shows it now."
        )
    try:
        return Text(read_solution(exercise), is_code=True)
    except FileNotFoundError as error:
        return Text(str(error))


def answer(name, chosen=""):
    """Judges an answer to a short question at the end of a section, and keeps it.

    Args:
        name: name of the question.
        chosen: the letter, or the letters.

    Returns:
        a `Judgement`, which shows itself as a box in a notebook.

    Raises:
        UnknownQuestion: when there is no such question; the message gives the names near it.
        ValueError: for a letter that the question does not have.

    Example:
        >>> answer("too_good_perplexity")
        ○ too_good_perplexity: put a letter between the quotes
    """
    judgement = judge_answer(name, chosen)
    Progress().answer(judgement)
    return judgement
