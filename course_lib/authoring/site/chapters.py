"""Chapters as pages: the executed notebook, with anchors, links from page to page, and described figures."""

import copy

from nbformat.v4 import new_markdown_cell

from course_lib.authoring.links import link_to_exercise, links_in, section_of
from course_lib.authoring.site.figures import alternative_text
from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.authoring.site.places import with_site_links


def chapter_page(notebook, name: str, repository: str = "", taught=(), boxes=None):
    """A chapter as Sphinx reads it; nothing is executed.

    Args:
        notebook: the executed chapter as an nbformat notebook; it is left as it is.
        name: of the chapter, e.g. `"03_attention"`.
        repository: address of the course's repository, or nothing.
        taught: Markdown links to the names of the library that the chapter explains.
        boxes: Dict from name of an exercise to what stands below the text that asks for it first.

    Returns:
        another notebook.

    Example:
        >>> import nbformat.v4 as v4
        >>> texts = "# 3 · Attention\\n\\nWhere to look?", "## 3.1 Scores"
        >>> chapter = v4.new_notebook(cells=[v4.new_markdown_cell(text) for text in texts])
        >>> [cell.source.split("\\n")[0] for cell in chapter_page(chapter, "03_attention").cells]
        ['# 3 · Attention', '(section-3-1)=']
    """
    path, heading, code = f"notebooks/{name}.ipynb", "", []
    page = copy.deepcopy(notebook)
    asked = _asked_for(notebook, name, boxes or {})
    for number, cell in enumerate(page.cells):
        if cell.cell_type == "markdown":
            cell.source = with_site_links(cell.source, path, repository)
            if number == 0:
                title, _, rest = cell.source.partition("\n")
                heading = title.lstrip("# ")
                cell.source = f"{title}\n\n{_buttons(name, path, repository)}\n{rest}"
            if section := section_of(cell.source):
                heading = section[1]
                cell.source = f"({section[0]})=\n{cell.source}"
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            if "text/markdown" in data:
                data["text/markdown"] = with_site_links(data["text/markdown"], path, repository)
            if "image/png" in data:
                words = alternative_text(cell.source, heading, code)
                cell.metadata["mystnb"] = {"image": {"alt": words}}
        code.append(cell.source)
    if taught:
        page.cells[-1].source += f"\n\n**In the library**, explained here: {', '.join(taught)}."
    cells = [[cell, *asked.get(number, ())] for number, cell in enumerate(page.cells)]
    page.cells = [cell for group in cells for cell in group]
    return page


def _asked_for(notebook, name, boxes):
    """Dict from number of a cell to cells with the boxes of exercises that it asks for, before all others."""
    asked, placed, is_in_section = {}, set(), False
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "markdown":
            continue
        is_in_section = is_in_section or section_of(cell.source) is not None
        names = [link.removeprefix(link_to_exercise(name, "")) for link in links_in(cell.source)]
        new = [one for one in dict.fromkeys(names) if is_in_section and one in boxes and one not in placed]
        placed.update(new)
        asked[number] = [new_markdown_cell(boxes[one]) for one in new]
    return asked


def _buttons(name, path, repository):
    return buttons(
        {"Exercises of this chapter": f"../exercises/{name}.html"},
        {
            "Download the notebook": f"../downloads/notebooks/{name}.ipynb",
            "Download the sheet": f"../downloads/exercises/{name}.ipynb",
        },
        hosted_links(repository, path),
    )
