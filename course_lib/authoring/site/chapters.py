"""Chapters as pages: the executed notebook, with anchors, links from page to page, and described figures."""

import copy

from course_lib.authoring.links import link_to_exercise, links_of, markdown_tokens, section_of
from course_lib.authoring.site.figures import alternative_text
from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.authoring.site.places import with_site_links


def chapter_page(notebook, name: str, repository: str = "", taught=(), boxes=None, has_slides: bool = False):
    """A chapter as Sphinx reads it; nothing is executed.

    Args:
        notebook: the executed chapter as an nbformat notebook; it is left as it is.
        name: of the chapter, e.g. `"03_attention"`.
        repository: address of the course's repository, or nothing.
        taught: Markdown links to the names of the library that the chapter explains.
        boxes: Dict from a cell's id on the sheet, of an exercise or a question, to what stands below the
            text that leads to it first.
        has_slides: whether the site has the chapter's slides, and so a button for them.

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
    _put_boxes(page, name, dict(boxes or {}))
    for number, cell in enumerate(page.cells):
        if cell.cell_type == "markdown":
            cell.source = with_site_links(cell.source, path, repository)
            if number == 0:
                title, _, rest = cell.source.partition("\n")
                heading = title.lstrip("# ")
                cell.source = f"{title}\n\n{_buttons(name, path, repository, has_slides)}\n{rest}"
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
    return page


def _put_boxes(page, name, boxes):
    """Puts each box below the paragraph that is the first, in any section, to lead to its exercise."""
    is_in_section = False
    for cell in page.cells:
        if cell.cell_type != "markdown":
            continue
        is_in_section = is_in_section or section_of(cell.source) is not None
        if is_in_section:
            cell.source = _with_boxes(cell.source, link_to_exercise(name, ""), boxes)


def _with_boxes(text, beginning, boxes):
    lines, tokens = text.split("\n"), markdown_tokens(text)
    ends = [token.map[1] for token in tokens if token.level == 0 and token.map]
    for token in reversed([token for token in tokens if token.type == "inline"]):
        names = [link.removeprefix(beginning) for link in links_of(token)]
        new = [boxes.pop(one) for one in dict.fromkeys(names) if one in boxes]
        end = min((end for end in ends if end >= token.map[1]), default=len(lines))
        lines[end:end] = ["", *"\n\n".join(new).split("\n"), ""] if new else []
    return "\n".join(lines)


def _buttons(name, path, repository, has_slides):
    slides = {"Slides": f"../slides/{name}.html"} if has_slides else {}
    return buttons(
        {"Exercises of this chapter": f"../exercises/{name}.html", **slides},
        {
            "Download the notebook": f"../downloads/notebooks/{name}.ipynb",
            "Download the sheet": f"../downloads/exercises/{name}.ipynb",
        },
        hosted_links(repository, path),
    )
