"""What the speaker says, asks, expects and looks out for, slide by slide."""

import re
from dataclasses import dataclass, field
from functools import cache

from course_lib.authoring.slides.words import as_html

HEADS = {"Say": "say", "Ask": "ask", "Expect": "expect", "Look out for": "look_out"}
QUESTION = re.compile(r"^(?:> ?)?(?:✍️|\*\*Write down your prediction)", re.MULTILINE)
EXERCISE = re.compile(r"\[`(\w+)`\]")
MISTAKE = re.compile(r"`(\w+)\.(\w+)`")
MOST_MISTAKES = 2  # of an exercise that are named without having been chosen


@dataclass
class Notes:
    """Notes of one slide, as HTML under four heads.

    Attributes:
        say: what the chapter says beside the slide.
        ask: the question to put before going on.
        expect: the answer, as far as the chapter measures it.
        look_out: mistakes that exercises of this place know by name.
    """

    say: list[str] = field(default_factory=list)
    ask: list[str] = field(default_factory=list)
    expect: list[str] = field(default_factory=list)
    look_out: list[str] = field(default_factory=list)

    def add_shown(self, cell) -> None:
        """What a cell of the slide leaves to the speaker."""
        self.say += cell.words.said
        self._add_question(cell)
        self._add_mistakes(cell)

    def add_from_notebook(self, cell) -> None:
        """A cell behind the slide that is in the notebook alone: its words, or what its code displays."""
        self._add_question(cell)
        self._add_mistakes(cell)
        shown = [block.html for block in cell.words.blocks if "<table" not in block.html]
        (self.expect if cell.is_code else self.say).extend([*shown, *cell.words.said])

    def add_written(self, cell) -> None:
        """A cell of notes: paragraphs under the heads **Say**, **Ask**, **Expect**, **Look out for**.

        Under the last, `` `exercise.mistake` `` becomes the words with which the sheet names that mistake.
        """
        for head, text in _under_heads(cell.source):
            getattr(self, HEADS[head]).append(as_html(MISTAKE.sub(_message, text)))

    def as_html(self) -> str:
        """All heads that have something."""
        return "".join(
            f"<h4>{head}</h4>{''.join(getattr(self, name))}"
            for head, name in HEADS.items()
            if getattr(self, name)
        )

    def _add_question(self, cell):
        if not cell.is_code and QUESTION.search(cell.source):
            start = QUESTION.search(cell.source).start()
            self.ask.append(as_html(re.sub(r"^> ?", "", cell.source[start:], flags=re.MULTILINE)))

    def _add_mistakes(self, cell):
        if cell.is_code:
            return
        for name in dict.fromkeys(EXERCISE.findall(cell.source)):
            if exercise := _exercises().get(name):
                messages = [mistake.message for mistake in exercise.mistakes.values()][:MOST_MISTAKES]
                listed = "".join(f"<li>{as_html(message)}</li>" for message in messages)
                self.look_out.append(f"<p><code>{name}</code></p><ul>{listed}</ul>")


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


def _under_heads(source):
    parts = re.split(rf"^\*\*({'|'.join(HEADS)})\*\*", source, flags=re.MULTILINE)
    if parts[0].strip() or len(parts) < 3:
        raise ValueError(
            f"Expected notes under **{'**, **'.join(HEADS)}**. Received: {source.splitlines()[0]!r}."
        )
    return list(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))
