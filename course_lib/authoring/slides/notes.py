"""What the speaker says, asks, expects and looks out for, slide by slide."""

import re
from dataclasses import dataclass, field
from functools import cache

from course_lib.authoring.slides.words import as_html

HEADS = {"Say": "say", "Ask": "ask", "Expect": "expect", "Look out for": "look_out"}
QUESTION = re.compile(r"✍️|\*\*(?:Before you|Predict|Write down)[^*]*\*\*")
QUOTED = re.compile(r"^> ?", re.MULTILINE)
NAMED = re.compile(r"\[`(\w+)`\]")
MISTAKE = re.compile(r"`(\w+)\.(\w+)`")
ADDED = ("say", "expect")  # where what was gathered follows what was written
MOST_MISTAKES = 2  # of an exercise that are named without having been chosen
ABOUT_THE_RUN = "<p>These outputs were made with"


@dataclass
class Notes:
    """Notes of one slide, as HTML under four heads.

    What was written for the slide comes first. Under *say* it is followed by what the chapter says there,
    under *expect* by what it measures; under the other heads it takes the place of what was gathered.

    Attributes:
        written: head → HTML of cells of notes.
        gathered: head → HTML of what the chapter says beside the slide, of the question it asks, of the
            answer as far as it measures it, and of mistakes that its exercises know by name.
        short: head → HTML of the short question to which the section leads: its answers to choose from, the
            right one, and why the others are wrong. It follows whatever else there is.
    """

    written: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in HEADS.values()})
    gathered: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in HEADS.values()})
    short: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in HEADS.values()})

    def add_shown(self, cell) -> None:
        """What a cell of the slide leaves to the speaker."""
        self.gathered["say"] += cell.words.said
        self._add_question(cell)
        self._add_named(cell)

    def add_from_notebook(self, cell) -> None:
        """A cell behind the slide that is in the notebook alone: its words, or what its code displays."""
        self._add_question(cell)
        self._add_named(cell)
        shown = [block.html for block in cell.words.blocks if "<table" not in block.html]
        answers = cell.is_code and (self.gathered["ask"] or self.written["ask"])
        self.gathered["expect" if answers else "say"] += [
            html for html in (*shown, *cell.words.said) if not html.startswith(ABOUT_THE_RUN)
        ]

    def add_written(self, cell) -> None:
        """A cell of notes: paragraphs under the heads **Say**, **Ask**, **Expect**, **Look out for**.

        Under any of them `` `exercise.mistake` `` becomes the words with which the sheet names that mistake.
        """
        for head, text in under_heads(cell.source):
            self.written[HEADS[head]].append(as_html(MISTAKE.sub(_message, text)))

    def under(self, name: str) -> list[str]:
        """What stands under one head."""
        written, gathered = self.written[name], self.gathered[name]
        gathered = gathered if name in ADDED or not written else []
        return [*written, *gathered, *self.short[name]]

    def as_html(self) -> str:
        """All heads that have something."""
        return "".join(
            f"<h4>{head}</h4>{''.join(self.under(name))}" for head, name in HEADS.items() if self.under(name)
        )

    def _add_question(self, cell):
        if not cell.is_code and (found := QUESTION.search(cell.source)):
            self.gathered["ask"].append(as_html(_question(cell.source, found.start())))

    def _add_named(self, cell):
        """Of an exercise its mistakes, of a short question all there is to say."""
        if cell.is_code:
            return
        for name in dict.fromkeys(NAMED.findall(cell.source)):
            if question := _questions().get(name):
                self._add_short_question(question)
            elif exercise := _exercises().get(name):
                messages = [mistake.message for mistake in exercise.mistakes.values()][:MOST_MISTAKES]
                listed = "".join(f"<li>{as_html(message)}</li>" for message in messages)
                self.gathered["look_out"].append(f"<p><code>{name}</code></p><ul>{listed}</ul>")

    def _add_short_question(self, question):
        listed = {True: [], False: []}
        for answer in question.answers:
            listed[answer.is_right].append(as_html(f"**{answer.letter})** {answer.reason}"))
        answers = "\n".join(f"- **{answer.letter})** {answer.text}" for answer in question.answers)
        self.short["ask"].append(as_html(f"{question.text}\n\n{answers}"))
        self.short["expect"] += listed[True]
        self.short["look_out"] += listed[False]


def _question(source, start):
    """A question: the quotation that it stands in, or its paragraph with the list that this leads to."""
    line = source.rfind("\n", 0, start) + 1
    if source[line] == ">":
        rest = source[line:].split("\n")
        end = next((number for number, text in enumerate(rest) if not text.startswith(">")), len(rest))
        return QUOTED.sub("", "\n".join(rest[:end]))
    paragraph, *others = source[start:].split("\n\n")
    return f"{paragraph}\n\n{others[0]}" if others and paragraph.rstrip().endswith(":") else paragraph


@cache
def _questions():
    from course_lib.grading.questions import load_questions

    return {question.name: question for question in load_questions()}


@cache
def _exercises():
    from course_lib.grading.judging.exercise import load_exercises

    return load_exercises()


def _message(found):
    """The words of a mistake; an unknown one raises, so that notes cannot name what no verdict says."""
    exercise = _exercises().get(found[1])
    if exercise is None:
        return found[0]
    if found[2] not in exercise.mistakes:
        known = ", ".join(exercise.mistakes)
        raise ValueError(f"Expected a mistake of `{found[1]}`: {known}. Received in notes: {found[2]}.")
    return f"`{found[1]}`: {exercise.mistakes[found[2]].message}"


def under_heads(source: str) -> list[tuple[str, str]]:
    """Divides a cell of notes at its heads.

    Example:
        >>> under_heads("**Say** What is a score?\\n\\n**Ask** Why divide?")
        [('Say', 'What is a score?'), ('Ask', 'Why divide?')]
    """
    parts = re.split(rf"^\*\*({'|'.join(HEADS)})\*\*", source, flags=re.MULTILINE)
    if parts[0].strip() or len(parts) < 3:
        raise ValueError(
            f"Expected notes under **{'**, **'.join(HEADS)}**. Received: {source.splitlines()[0]!r}."
        )
    return list(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
