"""The cells of a chapter as what a deck needs of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from course_lib.authoring.site.figures import alternative_text
from course_lib.authoring.slides.blocks import CODE_LINES, Block
from course_lib.authoring.slides.code import code_block, narrowed, parts_of
from course_lib.authoring.slides.shown_code import definitions, without_leftovers, without_reports
from course_lib.authoring.slides.words import Words, printed_block, words_of

WIDTH_OF_FIGURES, MOST_HEIGHT = 960, 520  # pixels
PRINTS = frozenset({"print"})
PROGRESS = re.compile(
    r"^.* · loss \S+ · .* s$\n?", re.MULTILINE
)  # of a training run, as `ProgressLine` writes


@dataclass
class Cell:
    """A cell, read.

    Attributes:
        kind: "slide" begins a section, "subslide" a slide, "fragment" goes on with the slide before, "notes"
            are for the speaker; nothing for a cell that is in the notebook alone.
        words: of a Markdown cell, or of what a code cell displays.
        code: blocks of its code; none where the notebook hides it.
        figures: blocks of its figures and of what it printed.
        source: as it is written.
        is_code: whether it is a code cell.
        is_core: whether it is marked as one that no lecture leaves out, `"lecture": "core"`.
    """

    kind: str
    words: Words
    code: list[Block] = field(default_factory=list)
    figures: list[Block] = field(default_factory=list)
    source: str = ""
    is_code: bool = False
    is_core: bool = False


def read_cells(cells: Sequence) -> list[Cell]:
    """Reads the cells of an executed chapter, those of its source that are notes among them.

    Args:
        cells: of an nbformat notebook.

    Returns:
        a list of `Cell`, as many.

    Example:
        >>> import nbformat.v4 as v4
        >>> [cell.words.heading for cell in read_cells([v4.new_markdown_cell("## 3.2 Scores")])]
        ['3.2 Scores']
    """
    codes = _codes([cell for cell in cells if cell.cell_type == "code" and _is_shown(cell)])
    found, heading = [], ""
    for cell in cells:
        kind = _kind(cell)
        if cell.cell_type == "markdown":
            words = words_of(cell.source)
            heading = words.heading or heading
            found.append(Cell(kind, words, source=cell.source, is_core=_is_core(cell)))
        elif cell.cell_type == "code":
            code = [code_block(part) for part in parts_of(codes[id(cell)])] if id(cell) in codes else []
            words, figures = _outputs(cell, heading)
            found.append(Cell(kind, words, code, figures, cell.source, is_code=True))
    return found


def _is_shown(cell):
    hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
    return not hidden and cell.metadata.get("slideshow", {}).get("code") != "none" and _kind(cell) != ""


def _is_core(cell):
    return cell.metadata.get("slideshow", {}).get("lecture") == "core"


def _kind(cell):
    kind = cell.metadata.get("slideshow", {}).get("slide_type", "")
    return kind if kind in ("slide", "subslide", "fragment", "notes") else ""


def _codes(cells):
    """What stands of each cell's code on slides, the longest variant that has its place, by `id` of the cell.

    All of it where the source says so (`"code": "all"`). Of a cell that displays something: what is not mere
    reporting, if that goes on one slide; else without what it prints; else its definitions alone.
    """
    variants = []
    for cell in cells:
        own = without_reports(cell.source)
        if cell.metadata["slideshow"].get("code") == "all":
            variants.append([cell.source])
        elif not cell.outputs:
            variants.append([own])
        else:
            shorter = without_reports(cell.source, PRINTS)
            variants.append([*map(without_leftovers, (own, shorter)), definitions(cell.source)])
    flat = iter(narrowed([code for several in variants for code in several]))
    chosen = {}
    for cell, several in zip(cells, variants, strict=True):
        codes = [next(flat) for _ in several]
        chosen[id(cell)] = next((code for code in codes if code.count("\n") < CODE_LINES), codes[-1])
    return chosen


def _outputs(cell, heading):
    """What a code cell displays: words and tables, and figures."""
    words, figures = Words(), []
    for output in cell.outputs:
        data = output.get("data", {})
        if "image/png" in data:
            figures.append(_figure(data["image/png"], alternative_text(cell.source, heading)))
        elif "text/markdown" in data:
            part = words_of(data["text/markdown"])
            words.blocks += [_leading(block) for block in part.blocks]
            words.said += part.said
        elif text := PROGRESS.sub("", output.get("text", data.get("text/plain", ""))).strip("\n"):
            figures.append(printed_block(text))
    return words, figures


def _leading(block):
    """A sentence that ends in a colon stays with what it leads to."""
    return replace(block, keeps_next=True) if block.html.endswith(":</p>") else block


def _figure(image, alternative):
    import base64
    import html

    encoded = re.sub(r"\s", "", image)
    content = base64.b64decode(encoded)
    width, height = (int.from_bytes(content[start : start + 4], "big") for start in (16, 20))  # of the PNG
    scale = min(WIDTH_OF_FIGURES / width, MOST_HEIGHT / height)
    size = f'width="{round(width * scale)}" height="{round(height * scale)}"'
    source = f'src="data:image/png;base64,{encoded}"'
    return Block(f'<img {size} alt="{html.escape(alternative)}" {source}>', round(height * scale))
