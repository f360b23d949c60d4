"""Links between a chapter and its sheet, which lead to cells by their ids.

JupyterLab opens `NN_topic.ipynb#cell-id=ID` at that cell, also where it has to open the file first; the
anchor of a heading it finds only in a notebook that is open already. Pages that nbconvert makes have the same
anchors.
"""

import re

SECTION = re.compile(r"^## (\d+)\.(\d+) (.+)$", re.MULTILINE)


def section_of(text: str) -> tuple[str, str] | None:
    """The numbered section that a markdown cell begins.

    Args:
        text: source of the cell.

    Returns:
        the id of the cell and the heading, or None where the cell begins none.

    Example:
        >>> section_of("## 3.4 Masks: do not look at padding\\n\\nA batch holds …")
        ('section-3-4', '3.4 Masks: do not look at padding')
        >>> section_of("### Why divide by √D?")
    """
    found = SECTION.match(text)
    if not found:
        return None
    chapter, number, title = found.groups()
    return f"section-{chapter}-{number}", f"{chapter}.{number} {title}"


def links_in(text: str) -> list[str]:
    """Where the links of a markdown cell lead, in order.

    Args:
        text: source of the cell.

    Returns:
        the targets as written; pictures and what stands in code are no links.

    Example:
        >>> links_in("See [the `score`] and `[x](y)`.\\n\\n[the `score`]: a.ipynb#cell-id=score")
        ['a.ipynb#cell-id=score']
    """
    return [link for token in markdown_tokens(text) for link in links_of(token)]


def markdown_tokens(text: str) -> list:
    """A text as markdown-it reads it: blocks, and between them `inline` tokens with what stands in them."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").parse(text)


def links_of(token) -> list[str]:
    """Where the links of one token of `markdown_tokens` lead."""
    return [str(one.attrs["href"]) for one in token.children or () if one.type == "link_open"]


def link_to_exercise(sheet: str, name: str) -> str:
    """From a chapter to an exercise of a sheet.

    Example:
        >>> link_to_exercise("03_attention", "dot_score")
        '../exercises/03_attention.ipynb#cell-id=dot_score'
    """
    return f"../exercises/{sheet}.ipynb#cell-id={name}"


def sections_of_exercises(chapter, sheet: str) -> dict[str, tuple[str, str]]:
    """Where a chapter asks for which exercise: the section of the first link to it.

    Args:
        chapter: the chapter as an nbformat notebook.
        sheet: name of the sheet and of the chapter.

    Returns:
        Dict from name of the exercise to a link from the sheet to the section, and the section's heading.

    Example:
        >>> import nbformat.v4 as v4
        >>> link = link_to_exercise("03_attention", "dot_score")
        >>> texts = "# 3 · Attention", f"## 3.3 Scores\\n\\n→ *Exercise* [`dot_score`]({link})."
        >>> chapter = v4.new_notebook(cells=[v4.new_markdown_cell(text) for text in texts])
        >>> sections_of_exercises(chapter, "03_attention")
        {'dot_score': ('../notebooks/03_attention.ipynb#cell-id=section-3-3', '3.3 Scores')}
    """
    places, section = {}, None
    for cell in chapter.cells:
        if cell.cell_type != "markdown":
            continue
        section = section_of(cell.source) or section
        for link in links_in(cell.source):
            name = link.removeprefix(link_to_exercise(sheet, ""))
            if section and name != link and name not in places and not name.startswith("question-"):
                places[name] = f"../notebooks/{sheet}.ipynb#cell-id={section[0]}", section[1]
    return places
