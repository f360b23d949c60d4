"""Slides from the executed notebooks: the cells that carry a slide tag, as a reveal.js page."""

from collections.abc import Sequence
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, project_folder

SHOWN = ("slide", "subslide", "fragment")


def build_slides(notebook_path: Path, folder: Path) -> Path:
    """Writes one notebook's slides.

    A cell is shown when its metadata has `slideshow.slide_type` of `slide`, `subslide` or `fragment`; `notes`
    are for the speaker (key S); every other cell stays in the notebook only.

    Args:
        notebook_path: an executed `.ipynb`.
        folder: where `NN_topic.slides.html` goes; made when missing.

    Returns:
        the path of the page. It loads reveal.js from the network; pictures are inside it.

    Raises:
        ValueError: when no cell of the notebook is tagged as a slide.

    Example:
        >>> import nbformat, nbformat.v4 as v4, tempfile
        >>> cell = v4.new_markdown_cell("# Attention", metadata={"slideshow": {"slide_type": "slide"}})
        >>> path = Path(tempfile.mkdtemp()) / "03_attention.ipynb"
        >>> nbformat.write(v4.new_notebook(cells=[cell]), path)
        >>> build_slides(path, path.parent).name
        '03_attention.slides.html'
    """
    import nbformat
    from nbconvert import SlidesExporter

    notebook = nbformat.read(notebook_path, as_version=4)
    shown = 0
    for cell in notebook.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type", "skip")
        if kind in SHOWN:
            shown += 1
        elif kind != "notes":
            cell.metadata["slideshow"] = {"slide_type": "skip"}
    if not shown:
        raise ValueError(
            f"Expected cells with a slide type of {', '.join(SHOWN)}. "
            f"Received: {notebook_path.name} with none."
        )
    body, _ = SlidesExporter(reveal_scroll=True).from_notebook_node(notebook)
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{notebook_path.stem}.slides.html"
    page.write_text(body, encoding="utf-8")
    return page


def build_all_slides(names: Sequence[str] = ()) -> int:
    """`course slides`: the slides of the named chapters, or of all, into `build/slides/`.

    Args:
        names: chapter names or their beginnings.

    Returns:
        0, or 1 when a chapter has no executed notebook or no slide.

    Example:
        >>> build_all_slides(["no_such_chapter"])
        Expected the beginning of a chapter name, ...
        1
    """
    try:
        for source in chapter_sources(names):
            notebook = source.with_suffix(".ipynb")
            if not notebook.exists():
                raise ValueError(
                    f"{notebook.name} is not built yet: run `course notebooks {source.stem}` first."
                )
            page = build_slides(notebook, project_folder() / "build" / "slides")
            print(page.relative_to(project_folder()))
    except ValueError as error:
        print(error)
        return 1
    return 0


def add_arguments(parser) -> None:
    """The arguments of `course slides`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="chapters; all when left out")


def main(arguments) -> int:
    """Runs `course slides`."""
    return build_all_slides(arguments.names)
