"""Cells of a chapter onto slides, with notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from course_lib.authoring.slides.blocks import Block
from course_lib.authoring.slides.cells import Cell
from course_lib.authoring.slides.notes import Notes
from course_lib.authoring.slides.pages import pages_of

MOST_ON_A_TITLE = 485  # pixels: its heading is larger


@dataclass
class Slide:
    """What is seen at once, and what the speaker sees beside it.

    Attributes:
        heading: HTML.
        level: 1 for the title of the chapter, 2 for the first slide of a section, else 3.
        blocks: what stands below the heading.
        notes: HTML.
        is_continued: whether it goes on with the slide before, whose notes it repeats.
        is_core: whether its section stays in every lecture.
    """

    heading: str
    level: int
    blocks: list[Block]
    notes: str = ""
    is_continued: bool = False
    is_core: bool = False


@dataclass
class _Stop:
    """A slide before it is divided: the cells that belong to it."""

    heading: str
    level: int
    blocks: list[Block] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    is_core: bool = False


def deck_of(cells: Sequence[Cell]) -> list[Slide]:
    """The slides of a chapter.

    Args:
        cells: in their order, as `read_cells` reads them.

    Returns:
        slides that fit; what takes several has its notes on each of them.

    Raises:
        ValueError: when no cell carries a slide tag.

    Example:
        >>> from course_lib.authoring.slides.words import words_of
        >>> texts = {"## 3.2 Scores\\n\\nThree answers.": "slide", "Look closely.": ""}
        >>> slides = deck_of([Cell(kind, words_of(text), source=text) for text, kind in texts.items()])
        >>> slides[0].heading, slides[0].level, "Look closely." in slides[0].notes
        ('3.2 Scores', 1, True)
    """
    stops: list[_Stop] = []
    heading = ""
    for cell in cells:
        heading = cell.words.heading or heading
        if cell.kind in ("slide", "subslide") or (cell.kind == "fragment" and not stops):
            if len(stops) > 1 and not stops[-1].blocks:  # a heading alone: the slide after it gets it
                stops[-1].heading = heading
            else:
                stops.append(_Stop(heading, 1 if not stops else 2 if cell.kind == "slide" else 3))
        if not stops:
            continue
        stop = stops[-1]
        stop.is_core |= cell.is_core
        if cell.kind in ("slide", "subslide", "fragment"):
            stop.blocks += [*cell.code, *cell.words.blocks, *cell.figures]
            stop.notes.add_shown(cell)
        elif cell.kind == "notes":
            stop.notes.add_written(cell)
        else:
            stop.notes.add_from_notebook(cell)
    if not stops:
        raise ValueError("Expected cells with a slide type of slide, subslide, fragment. Received: none.")
    return [slide for stop in stops for slide in _divided(stop)]


def _divided(stop):
    height = {"height": MOST_ON_A_TITLE} if stop.level == 1 else {}
    pages = pages_of(stop.blocks, **height) or [[]]
    for number, blocks in enumerate(pages):
        level = stop.level if number == 0 else 3
        yield Slide(stop.heading, level, blocks, stop.notes.as_html(), number > 0, stop.is_core)


def plain(html: str) -> str:
    """A heading without its markup, for titles and lists.

    Example:
        >>> plain("3.2 <code>dot</code>")
        '3.2 dot'
    """
    return re.sub(r"<annotation.*?</annotation>|<[^>]+>", "", html)
