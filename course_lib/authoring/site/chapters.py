"""Chapters as pages: the executed notebook, with anchors, links from page to page, and described figures."""

import copy

from course_lib.authoring.links import section_of
from course_lib.authoring.site.figures import alternative_text
from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.authoring.site.places import with_site_links


def chapter_page(notebook, name: str, repository: str = "", taught=(), has_slides: bool = False):
    """A chapter as Sphinx reads it; nothing is executed.

    Args:
        notebook: the executed chapter as an nbformat notebook; it is left as it is.
        name: of the chapter, e.g. `"03_attention"`.
        repository: address of the course's repository, or nothing.
        taught: Markdown links to the names of the library that the chapter explains.
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
