"""`course slides`: a deck for each chapter into `build/slides`, with what it needs to be shown."""

import os
import shutil
from collections.abc import Sequence
from html import escape
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, project_folder
from course_lib.authoring.site.formulas import math_font
from course_lib.authoring.slides.deck import Slide, deck_of, plain
from course_lib.authoring.slides.pdf import NEEDED as NO_BROWSER
from course_lib.authoring.slides.pdf import find_chromium, print_deck

NEEDED = "Slides need {}: pip install -e '.[site]' -c requirements.lock"
PACKAGES = ("latex2mathml", "mdit_py_plugins", "ruff", "sphinx_revealjs", "ziamath")
REVEAL = {  # file in the package that ships reveal.js → file beside the decks
    "dist/reset.css": "reset.css",
    "dist/reveal.css": "reveal.css",
    "dist/reveal.js": "reveal.js",
    "plugin/notes/notes.js": "notes.js",
    "plugin/search/search.js": "search.js",
}
LINES = 7  # beside each slide of the handout
OWN = ("slides.css", "slides.js", "handout.css", "print.css")


def build_slides(notebook_path: Path, folder: Path) -> Path:
    """Writes one chapter's deck, and its handout.

    A cell is shown when its metadata has `slideshow.slide_type` of `slide`, `subslide` or `fragment`. Notes
    are what lies between, and cells of the type `notes` in the source beside the notebook.

    Args:
        notebook_path: an executed `.ipynb`.
        folder: where `NN_topic.html` goes, and what is printed, `NN_topic.handout.html` and
            `NN_topic.print.html`; made when missing.

    Returns:
        the path of the deck. It asks for no file but those that `write_files` puts beside it.

    Raises:
        ValueError: when no cell of the notebook is tagged as a slide.

    Example:
        >>> import nbformat, nbformat.v4 as v4, tempfile
        >>> cell = v4.new_markdown_cell("# Attention", metadata={"slideshow": {"slide_type": "slide"}})
        >>> path = Path(tempfile.mkdtemp()) / "03_attention.ipynb"
        >>> nbformat.write(v4.new_notebook(cells=[cell]), path)
        >>> build_slides(path, path.parent).name
        '03_attention.html'
    """
    from course_lib.authoring.slides.cells import read_cells
    from course_lib.authoring.stored_notebooks import executed_with_notes

    slides = deck_of(read_cells(executed_with_notes(notebook_path).cells))
    folder.mkdir(parents=True, exist_ok=True)
    title = plain(slides[0].heading)
    page = folder / f"{notebook_path.stem}.html"
    page.write_text(filled("deck.html", title=escape(title), slides=deck_html(slides)), encoding="utf-8")
    write_pages(page.with_suffix(".handout.html"), f"{title}: handout", "handout.css", handout_html(slides))
    write_pages(page.with_suffix(".print.html"), title, "print.css", print_html(slides))
    return page


def deck_html(slides: Sequence[Slide]) -> str:
    """Slides as reveal.js wants them: a column for each section, and a list of the sections behind the title.

    Example:
        >>> heads = {1: "3 · Attention", 2: "3.1 Look", 3: "3.1 Look"}
        >>> html = deck_html([Slide(head, level, []) for level, head in heads.items()])
        >>> html.count("<section"), '<a href="#/section-1">3.1 Look</a>' in html
        (6, True)
    """
    columns: list[list[Slide]] = []
    for slide in slides:
        if slide.level < 3 or not columns:
            columns.append([])
        columns[-1].append(slide)
    links = "".join(
        f'<li><a href="#/section-{number}">{column[0].heading}</a></li>'
        for number, column in enumerate(columns)
        if number
    )
    contents = f'<section class="contents"><h2>In this lecture</h2><ol>{links}</ol></section>'
    parts = []
    for number, column in enumerate(columns):
        inside = [
            _section(slide, f"section-{number}" if index == 0 else "") for index, slide in enumerate(column)
        ]
        inside += [contents] if number == 0 and links else []
        parts.append(f"<section>{''.join(inside)}</section>")
    return "\n".join(parts)


def handout_html(slides: Sequence[Slide]) -> str:
    """Three slides on a page, with lines to write on."""
    boxes = [
        f'<div class="row"><div class="frame"><div class="slide level-{slide.level}">'
        f'{_inside(slide)}</div></div><div class="lines">{"<i></i>" * LINES}</div></div>'
        for slide in slides
    ]
    pages = [boxes[start : start + 3] for start in range(0, len(boxes), 3)]
    return "\n".join(f'<div class="page">{"".join(page)}</div>' for page in pages)


def print_html(slides: Sequence[Slide]) -> str:
    """A slide a page: what is printed needs no program to lay it out."""
    return "\n".join(
        f'<div class="page"><div class="slide level-{slide.level}">{_inside(slide)}</div>'
        f'<div class="number">{number}</div></div>'
        for number, slide in enumerate(slides, start=1)
    )


def write_pages(path: Path, title: str, style: str, pages: str) -> None:
    """A file that is there to be printed.

    Args:
        path: where it goes.
        title: of the chapter.
        style: file of the styles, beside `slides.css`.
        pages: HTML.
    """
    path.write_text(filled("pages.html", title=escape(title), style=style, slides=pages), encoding="utf-8")


def _section(slide, name):
    attributes = f' id="{name}"' if name else ""
    notes = f'<aside class="notes">{slide.notes}</aside>' if slide.notes else ""
    return f'<section{attributes} class="level-{slide.level}">{_inside(slide)}{notes}</section>'


def _inside(slide):
    heading = f"<h{min(slide.level, 2)}>{slide.heading}</h{min(slide.level, 2)}>" if slide.heading else ""
    return f'{heading}<div class="body">{"".join(block.html for block in slide.blocks)}</div>'


def filled(template: str, **values: str) -> str:
    """A template of `docs/slides` with its places filled.

    Example:
        >>> "<title>Attention</title>" in filled("deck.html", title="Attention", slides="")
        True
    """
    text = (project_folder() / "docs" / "slides" / template).read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def write_files(folder: Path, titles: dict[str, str]) -> None:
    """Puts reveal.js, the styles and a list of all decks beside the decks.

    Args:
        folder: of the decks.
        titles: file → title of every deck that is there.
    """
    shipped = resources.files("sphinx_revealjs") / "_static" / "revealjs"
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    for name, target in REVEAL.items():
        with resources.as_file(shipped / name) as path:
            shutil.copy(path, files / target)
    shutil.copy(math_font(), files)
    for name in OWN:
        shutil.copy(project_folder() / "docs" / "slides" / name, files / name)
    rows = "".join(
        f'<li><a href="{file}">{escape(title)}</a>{_beside(folder / file)}</li>'
        for file, title in sorted(titles.items())
    )
    (folder / "index.html").write_text(filled("index.html", decks=rows), encoding="utf-8")


def missing_packages() -> list[str]:
    """What slides are made with and is not installed.

    Example:
        >>> set(missing_packages()) <= set(PACKAGES)
        True
    """
    return [name for name in PACKAGES if find_spec(name) is None]


def _beside(deck):
    """Links to what there is of a deck besides itself."""
    kinds = {".handout.html": "handout", ".pdf": "PDF", ".handout.pdf": "handout as PDF"}
    paths = {deck.with_suffix(suffix): words for suffix, words in kinds.items()}
    there = {path.name: words for path, words in paths.items() if path.exists()}
    return "".join(f' <a class="handout" href="{name}">{words}</a>' for name, words in there.items())


def build_all_slides(names: Sequence[str] = (), is_printed: bool = False) -> int:
    """`course slides`: the decks of the named chapters, or of all, into `build/slides/`.

    Args:
        names: chapter names or their beginnings.
        is_printed: whether each deck and handout is also printed as a PDF.

    Returns:
        0, or 1 when a chapter has no executed notebook or no slide, or a package or a browser is missing.

    Example:
        >>> build_all_slides(["no_such_chapter"])
        Expected the beginning of a chapter name, ...
        1
    """
    folder = project_folder() / "build" / "slides"
    if missing := missing_packages():
        print(NEEDED.format(", ".join(missing)))
        return 1
    browser = find_chromium() if is_printed else None
    if is_printed and browser is None:
        print(NO_BROWSER)
        return 1
    try:
        decks = []
        for source in chapter_sources(names):
            notebook = source.with_suffix(".ipynb")
            if not notebook.exists():
                raise ValueError(
                    f"{notebook.name} is not built yet: run `course notebooks {source.stem}` first."
                )
            decks.append(build_slides(notebook, folder))
            print(decks[-1].relative_to(project_folder()))
        write_files(folder, _titles(folder))  # printing needs them, and then the list names what was printed
        for path in (path for deck in decks if browser for path in print_deck(deck, browser)):
            print(path.relative_to(project_folder()))
        write_files(folder, _titles(folder))
    except (RuntimeError, ValueError) as error:
        print(error)
        return 1
    print(f"{folder}{os.sep}index.html")
    return 0


def _titles(folder):
    """Those of the decks in a folder, read from them."""
    decks = [path for path in folder.glob("*.html") if path.name[:2].isdigit() and len(path.suffixes) == 1]
    heads = {path.name: path.read_text(encoding="utf-8").split("<title>", 1)[1] for path in decks}
    return {name: head.split("</title>", 1)[0] for name, head in heads.items()}


def add_arguments(parser) -> None:
    """The arguments of `course slides`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="chapters; all when left out")
    parser.add_argument("--pdf", action="store_true", help="also print decks and handouts (needs Chromium)")


def main(arguments) -> int:
    """Runs `course slides`."""
    return build_all_slides(arguments.names, arguments.pdf)
