"""The sections of a chapter as a lecture needs them: slides, minutes, exercises, cells to run."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course_lib.authoring.links import section_of, sections_of_exercises
from course_lib.authoring.problems import first_line
from course_lib.authoring.slides.deck import Slide, plain

MINUTES_OF_A_SLIDE, MINUTES_OF_A_QUESTION, WORDS_A_MINUTE = 0.5, 1.0, 130
LONGEST_LIVE = 20  # seconds of a cell
NUMBER = re.compile(r"^(\d+\.\d+) ")


@dataclass
class Section:
    """A section, a part of one that has a heading of its own, or the beginning of a chapter.

    Attributes:
        number: "3.4", also of its parts; nothing for the beginning.
        title: words.
        is_part: whether it goes on with the section before under a heading of its own.
        slides: how many are shown.
        questions: how many ask something.
        words: shown in paragraphs and said.
        exercises: names of those that the chapter asks for there.
        is_core: whether the chapter marks it as one that every lecture keeps.
        seconds: first line → seconds of each of its code cells, None where the run kept no time of it.
    """

    number: str
    title: str
    is_part: bool = False
    slides: int = 0
    questions: int = 0
    words: int = 0
    exercises: list[str] = field(default_factory=list)
    is_core: bool = False
    seconds: list[tuple[str, float | None]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As it is listed."""
        if not self.number:
            return "Beginning"
        return f"{self.number} … {self.title}" if self.is_part else f"{self.number} {self.title}"

    @property
    def minutes(self) -> int:
        """By the rule on top of the plan, rounded up."""
        spoken = self.words / WORDS_A_MINUTE
        asked = MINUTES_OF_A_QUESTION * self.questions
        return max(1, -int(-(MINUTES_OF_A_SLIDE * self.slides + asked + spoken) // 1))


def sections_of(slides: Sequence[Slide], notebook, name: str) -> list[Section]:
    """Measures the sections of a chapter.

    Args:
        slides: its deck.
        notebook: the executed chapter.
        name: e.g. `"03_attention"`.

    Returns:
        a list of `Section`, in their order; the first is the beginning.

    Example:
        >>> import nbformat.v4 as v4
        >>> deck = [Slide("9 · A", 1, []), Slide("9.1 B", 2, [], "<h4>Say</h4>x"), Slide("More", 2, [])]
        >>> [(each.name, each.slides, each.words) for each in sections_of(deck, v4.new_notebook(), "09_a")]
        [('Beginning', 1, 0), ('9.1 B', 1, 1), ('9.1 … More', 1, 0)]
    """
    sections = [Section("", plain(slides[0].heading))]
    for slide in slides:
        heading = plain(slide.heading)
        found = NUMBER.match(heading)
        if found and found[1] != sections[-1].number:
            sections.append(Section(found[1], heading[found.end() :]))
        elif slide.level == 2:
            title = heading[found.end() :] if found else heading
            sections.append(Section(sections[-1].number, title, is_part=True))
        section = sections[-1]
        section.slides += 1
        section.is_core |= slide.is_core
        section.words += sum(_words(block.html) for block in slide.blocks if block.html.startswith("<p"))
        if not slide.is_continued:
            section.questions += "<h4>Ask</h4>" in slide.notes
            said = re.search(r"<h4>Say</h4>(.*?)(?:<h4>|$)", slide.notes, re.DOTALL)
            section.words += _words(said[1]) if said else 0
    by_number = {section.number: section for section in sections if not section.is_part}
    for exercise, (_, heading) in sections_of_exercises(notebook, name).items():
        if section := by_number.get(heading.split(" ")[0]):
            section.exercises.append(exercise)
    _add_seconds(by_number, notebook)
    return sections


def seconds_of_cells(notebook) -> list[float | None]:
    """How long each code cell took, in the run that is stored; None for those it kept no time of.

    Example:
        >>> import nbformat.v4 as v4
        >>> cells = [v4.new_code_cell("a()"), v4.new_code_cell("b()")]
        >>> seconds_of_cells(v4.new_notebook(cells=cells, metadata={"course": {"cell_seconds": [1.5, 30.0]}}))
        [1.5, 30.0]
    """
    number = sum(cell.cell_type == "code" for cell in notebook.cells)
    stored: Mapping = notebook.metadata.get("course", {})
    seconds = stored.get("cell_seconds", [])
    return list(seconds) if len(seconds) == number else [None] * number


def _add_seconds(by_number, notebook):
    times, section = iter(seconds_of_cells(notebook)), by_number[""]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            section.seconds.append((first_line(cell.source), next(times)))
        elif found := section_of(cell.source):
            section = by_number.get(found[1].split(" ")[0], section)


def _words(html):
    return len(plain(html).split())
