"""A question with its answers, as data, and where they are read from."""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_lib.grading.judging.exercise import find_sheet, load_sheets

FOLDER = Path(__file__).parent
LETTERS = "abcdefgh"
QUESTION_KEYS = {"name", "section", "right", "text", "answer"}
ANSWER_KEYS = {"text", "reason", "see"}


class UnknownQuestion(LookupError):
    """Raised for a name that no question has; the message gives the names near it."""


@dataclass(frozen=True)
class Answer:
    """One answer to choose.

    Attributes:
        letter: `"a"`, `"b"` …
        text: what it says.
        is_right: whether it is to be chosen.
        reason: why it is right or wrong.
        section: number of the section that shows it, e.g. `"1.3"`.
    """

    letter: str
    text: str
    is_right: bool
    reason: str
    section: str


@dataclass(frozen=True)
class Question:
    """A question at the end of a section.

    Attributes:
        name: its name in the whole course.
        sheet: name of the chapter and its sheet, e.g. `"01_language_models"`.
        section: number of the section that it follows, e.g. `"1.1"`.
        text: the question.
        answers: `Answer`s, in the order of their letters.
    """

    name: str
    sheet: str
    section: str
    text: str
    answers: tuple[Answer, ...]

    @property
    def right(self):
        """The letters that are to be chosen, in order."""
        return "".join(answer.letter for answer in self.answers if answer.is_right)

    @property
    def letters(self):
        """All letters, in order."""
        return "".join(answer.letter for answer in self.answers)

    def link(self, section=None):
        """From a sheet to a section of its chapter.

        Args:
            section: number of the section; the question's own when left out.

        Example:
            >>> find_question("too_good_perplexity").link()
            '../notebooks/01_language_models.ipynb#cell-id=section-1-1'
        """
        number = (section or self.section).replace(".", "-")
        return f"../notebooks/{self.sheet}.ipynb#cell-id=section-{number}"

    def __str__(self):
        lines = [f"{self.name} (after section {self.section})", self.text]
        if len(self.right) > 1:
            lines.append("(More than one answer is right.)")
        return "\n".join([*lines, *(f"  {answer.letter}) {answer.text}" for answer in self.answers)])


def parse_questions(sheet, text):
    """Reads the questions of one chapter.

    Args:
        sheet: name of its sheet.
        text: the TOML text.

    Returns:
        tuple of `Question`.

    Raises:
        ValueError: for broken TOML, missing or unknown keys, fewer than two answers, and letters of answers
            that are not there.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"Questions of {sheet} are not valid TOML: {error}") from None
    if table.keys() - {"question"}:
        raise ValueError(f"Questions of {sheet}: expected [[question]] tables. Received: {', '.join(table)}.")
    return tuple(_question(sheet, entry) for entry in table.get("question", ()))


def _question(sheet, entry):
    where = f"Questions of {sheet}, {entry.get('name', '(no name)')!r}"
    _expect_text(entry, QUESTION_KEYS, QUESTION_KEYS - {"answer"}, where)
    entries = entry["answer"]
    if not isinstance(entries, list) or not 2 <= len(entries) <= len(LETTERS):
        raise ValueError(f"{where}: expected 2 to {len(LETTERS)} [[question.answer]] tables.")
    right = set(entry["right"])
    if not right or right - set(LETTERS[: len(entries)]) or len(right) == len(entries):
        raise ValueError(
            f"{where}: `right` must name some of the letters {LETTERS[: len(entries)]}, not all. "
            f"Received: {entry['right']!r}."
        )
    answers = []
    for letter, answer in zip(LETTERS, entries, strict=False):
        place = f"{where}, answer {letter}"
        _expect_text(answer, ANSWER_KEYS, ANSWER_KEYS & {"text", "reason", *answer}, place)
        section = answer.get("see", entry["section"])
        answers.append(Answer(letter, answer["text"], letter in right, answer["reason"], section))
    return Question(entry["name"], sheet, entry["section"], entry["text"], tuple(answers))


def _expect_text(table, known, texts, where):
    if unknown := table.keys() - known:
        raise ValueError(f"{where}: {', '.join(sorted(unknown))}: not a known key.")
    for key in sorted(texts | ({"answer"} & known)):
        if key not in table:
            raise ValueError(f"{where}: `{key}` is missing.")
        if key in texts and (not isinstance(table[key], str) or not table[key].strip()):
            raise ValueError(f"{where}: `{key}` must be text. Received: {table[key]!r}.")


@cache
def _all_questions():
    found = {}
    for sheet in load_sheets():
        path = FOLDER / f"{sheet.name}.toml"
        if path.exists():
            for question in parse_questions(sheet.name, path.read_text(encoding="utf-8")):
                if question.name in found:
                    raise ValueError(f"Two questions are called {question.name!r}.")
                found[question.name] = question
    return found


def load_questions(sheet=None):
    """The questions of a chapter, in order.

    Args:
        sheet: name of the sheet, whole or by its number; all questions of the course when left out.

    Returns:
        tuple of `Question`.

    Raises:
        UnknownExercise: when there is no such sheet.

    Example:
        >>> [question.section for question in load_questions("01")]
        ['1.1', '1.2', '1.6']
    """
    questions = tuple(_all_questions().values())
    if sheet is None:
        return questions
    name = find_sheet(sheet).name
    return tuple(question for question in questions if question.sheet == name)


def find_question(name):
    """The question called `name`.

    Raises:
        UnknownQuestion: when there is none; the message gives the names near it.

    Example:
        >>> find_question("too_good_perplexty")
        Traceback (most recent call last):
        course_lib.grading.questions.question.UnknownQuestion: No question is called 'too_good_perplexty'. Did
        you mean too_good_perplexity...
    """
    questions = _all_questions()
    if name in questions:
        return questions[name]
    near = difflib.get_close_matches(str(name), questions, n=3, cutoff=0.5)
    advice = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownQuestion(f"No question is called {name!r}.{advice}")
