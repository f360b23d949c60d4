"""The first page, whose map of the chapters is the README's, and the contents of the whole site."""

import html
import re
from pathlib import Path

from course_lib.authoring.folders import project_folder
from course_lib.authoring.site.hosted import buttons, hosted_links
from course_lib.grading.judging.exercise import find_sheet

ROW = re.compile(r"^\| (\d+) \| \[(.+?)\]\(notebooks/(\w+)\.ipynb\) \| (.+?) \| ready \|$", re.MULTILINE)
NOTEBOOK = "notebooks/01_language_models.ipynb"


def front_page(chapters: list[str], repository: str = "") -> str:
    """The first page as Markdown.

    Args:
        chapters: names of the chapters that the site has.
        repository: address of the course's repository, or nothing.

    Returns:
        `docs/site/index.md` with the map of the chapters and the contents put in.

    Example:
        >>> 'href="chapters/03_attention.html"' in front_page(["03_attention"])
        True
    """
    text = Path(project_folder(), "docs", "site", "index.md").read_text(encoding="utf-8")
    hosted = hosted_links(repository, NOTEBOOK)
    row = "Or without installing anything, on [somebody's server](/hosted.md):\n\n" + buttons({}, {}, hosted)
    fillings = {
        "hosted": row if hosted else "",
        "chapters": _map(chapters),
        "contents": "\n\n".join(_contents(chapters)),
    }
    for name, filling in fillings.items():
        text = text.replace(f"<!-- {name} -->", filling)
    return text


def _map(chapters):
    readme = Path(project_folder(), "README.md").read_text(encoding="utf-8")
    items = [
        f'<li value="{number}"><a href="chapters/{name}.html">{number} · {html.escape(title)}</a>'
        f"<span>{html.escape(built)}</span></li>"
        for number, title, name, built in ROW.findall(readme)
        if name in chapters
    ]
    return f'<ol class="chapter-map">{"".join(items)}</ol>'


def _contents(chapters):
    yield _toctree("Chapters", [f"chapters/{name}" for name in chapters])
    sheets = [find_sheet(name) for name in chapters]
    yield _toctree(
        "Exercises", [f"{int(one.name[:2])} · {one.title} <exercises/{one.name}>" for one in sheets]
    )
    yield _toctree("Library", ["reference/index"])
    more = ("glossary", "teaching", "lectures", "measurements", "hosted", "several_machines", "contributing")
    yield _toctree("More", [*more, "genindex"])


def _toctree(caption, pages):
    listed = "\n".join(pages)
    return f"```{{toctree}}\n:caption: {caption}\n:hidden:\n:maxdepth: 1\n\n{listed}\n```"


def library_page(folders: list[str]) -> str:
    """The first page of the reference: its folders, in the order in which they build on each other.

    Example:
        >>> "layers" in library_page(["layers"])
        True
    """
    listed = "\n".join(folders)
    return (
        "# The library\n\n`course_lib` is ordinary Keras. Its folders build on each other in this order; "
        "layers and models run on TensorFlow, JAX and PyTorch. Masks are True where something is kept.\n\n"
        f"```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n\n"
        "Every name is in the {ref}`index <genindex>` and found by the search.\n"
    )
