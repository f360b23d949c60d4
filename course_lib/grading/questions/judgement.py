"""What is said of a chosen answer: right or not, why, and where the chapter shows it."""

import html
import re
from dataclasses import dataclass

from course_lib.grading.judging.verdict import COLOURS, SIGNS
from course_lib.grading.questions.question import Question, find_question


@dataclass(frozen=True)
class Remark:
    """What is to be said of one chosen letter.

    Attributes:
        letter: the letter.
        is_right: whether it is to be chosen.
        reason: why it is right or wrong.
        section: number of the section that shows it.
        link: leads there from a sheet.
    """

    letter: str
    is_right: bool
    reason: str
    section: str
    link: str


@dataclass(frozen=True)
class Judgement:
    """The outcome of one answer; a box in a notebook, plain text when printed.

    Attributes:
        question: name of the question.
        chosen: the letters that were chosen, in order.
        passed: whether these are the right ones, all of them and no other.
        remarks: a `Remark` for each chosen letter, the wrong ones first.
    """

    question: str
    chosen: str
    passed: bool
    remarks: tuple[Remark, ...]

    @property
    def outcome(self):
        """In one word or two: `"passed"`, `"blank"`, `"not yet"`, as an exercise's."""
        return "passed" if self.passed else "not yet" if self.chosen else "blank"

    @property
    def headline(self):
        """The first line."""
        words = {"passed": "right", "not yet": "not yet", "blank": "put a letter between the quotes"}
        return f"{SIGNS[self.outcome]} {self.question}: {words[self.outcome]}"

    @property
    def advice(self):
        """What is missing where all that was chosen is right, or nothing."""
        is_part = self.chosen and not self.passed and all(remark.is_right for remark in self.remarks)
        return "There is more that is right." if is_part else ""

    def __str__(self):
        lines = [self.headline]
        for remark in self.remarks:
            lines.append(f"  {remark.letter}) {remark.reason} (Section {remark.section}.)")
        return "\n".join(lines + ([f"  {self.advice}"] if self.advice else []))

    __repr__ = __str__

    def _repr_html_(self):
        colour = COLOURS[self.outcome]
        parts = [
            f'<div style="border-left:5px solid {colour};padding:.5em .9em;margin:.3em 0;line-height:1.45">',
            f'<div style="color:{colour};font-weight:600">{html.escape(self.headline)}</div>',
        ]
        for remark in self.remarks:
            place = f'<a href="{html.escape(remark.link)}">section {html.escape(remark.section)}</a>'
            parts.append(f"<div><b>{remark.letter})</b> {inline(remark.reason)} ({place})</div>")
        parts += [f"<div>{html.escape(self.advice)}</div>"] if self.advice else []
        return "".join([*parts, "</div>"])


def inline(text):
    """Escapes text and sets `code` and *emphasis*.

    Example:
        >>> inline("*cat* & `a < b`")
        '<em>cat</em> &amp; <code>a &lt; b</code>'
    """
    parts = re.split("`([^`]+)`", html.escape(text, quote=False))
    for index, part in enumerate(parts):
        parts[index] = f"<code>{part}</code>" if index % 2 else re.sub(r"\*([^*]+)\*", r"<em>\1</em>", part)
    return "".join(parts)


def judge(question, chosen):
    """Judges what was chosen.

    Args:
        question: a `Question`, or its name.
        chosen: the chosen letters, e.g. `"b"`, `"b, d"` or `["b", "d"]`; nothing for none yet.

    Returns:
        a `Judgement`. Of letters that were not chosen it says nothing, not even which are right.

    Raises:
        UnknownQuestion: when there is no question of that name.
        ValueError: for a letter that the question does not have.

    Example:
        >>> print(judge("too_good_perplexity", "d"))
        ✗ too_good_perplexity: not yet
          d) That slip points the other way: the bill is divided by too few tokens, and 11.67 becomes ...
        >>> judge("too_good_perplexity", "B").passed
        True
    """
    question = question if isinstance(question, Question) else find_question(question)
    letters = set(re.sub(r"[\s,;.)(]", "", "".join(chosen or "")).lower())
    if strange := sorted(letters - set(question.letters)):
        raise ValueError(
            f"{question.name}: expected {', '.join(question.letters)}. Received: {', '.join(strange)}."
        )
    answers = sorted(
        (answer for answer in question.answers if answer.letter in letters), key=lambda one: one.is_right
    )
    remarks = tuple(
        Remark(
            answer.letter,
            answer.is_right,
            answer.reason,
            answer.section,
            question.link(answer.section),
        )
        for answer in answers
    )
    text = "".join(letter for letter in question.letters if letter in letters)
    return Judgement(question.name, text, text == question.right, remarks)
