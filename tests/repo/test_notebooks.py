"""A chapter's cells are short; its notebook was executed from them and shows no error or warning."""

import ast
import re
from pathlib import Path

import jupytext
import nbformat
import pytest

from course_lib.authoring import code_hash, is_current, notebook_problems, read_source

FOLDER = Path(__file__).parents[2] / "notebooks"
SOURCES = sorted(FOLDER.glob("[0-9]*.py"))
every_chapter = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


LINES_OF_A_CELL = 25


def lines_of_code(cell):
    """Lines that are neither blank nor a comment alone."""
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in cell.splitlines())


def is_imports_alone(cell):
    return all(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.parse(cell).body)


def notebook_of(source):
    path = source.with_suffix(".ipynb")
    assert path.exists(), f"run: course notebooks {source.stem}"
    return nbformat.read(path, as_version=4)


def test_there_are_chapters():
    assert [source.stem for source in SOURCES][:3] == [
        "01_language_models",
        "02_sequence_to_sequence",
        "03_attention",
    ]


def test_no_notebook_is_without_its_source():
    assert {path.stem for path in FOLDER.glob("*.ipynb")} <= {source.stem for source in SOURCES}


@every_chapter
def test_a_cell_fits_on_a_slide(source):
    cells = [cell.source for cell in jupytext.read(source).cells if cell.cell_type == "code"]
    assert len(cells) > 10
    long = {
        cell.strip().splitlines()[0]: lines_of_code(cell)
        for cell in cells
        if lines_of_code(cell) > LINES_OF_A_CELL and not is_imports_alone(cell)
    }
    assert not long


@every_chapter
def test_a_chapter_imports_first_what_keeps_tensorflow_quiet(source):
    """In a kernel that `course lab` did not start, too."""
    imports = [
        line
        for cell in jupytext.read(source).cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
        if line.startswith(("import ", "from "))
    ]
    assert imports[0].startswith("import course_lib")


def test_blank_lines_and_comments_are_not_counted():
    assert lines_of_code("# why\n\nx = 1  # one\n    # deeper\ny = [\n    x,\n]\n") == 4
    assert is_imports_alone("# first\nimport math\nfrom keras import (\n    ops,\n)\n")
    assert not is_imports_alone("import math\nmath.pi")


@every_chapter
def test_imports_longer_than_a_slide_are_folded_away(source):
    for cell in read_source(source).cells:
        if cell.cell_type == "code" and lines_of_code(cell.source) > LINES_OF_A_CELL:
            assert cell.metadata["jupyter"] == {"source_hidden": True}, cell.source.splitlines()[0]
            assert "hide-input" in cell.metadata["tags"]


@every_chapter
def test_notebook_was_executed_from_this_code(source):
    executed_from = notebook_of(source).metadata["course"]["code_sha256"]
    assert executed_from == code_hash(read_source(source)), f"run: course notebooks {source.stem}"


@every_chapter
def test_notebook_has_the_cells_of_its_source(source):
    written, stored = read_source(source).cells, notebook_of(source).cells
    said = f"run: course notebooks --text {source.stem}"
    assert [cell.source for cell in stored] == [cell.source for cell in written], said
    assert [cell.metadata for cell in stored] == [cell.metadata for cell in written], said
    assert [cell.id for cell in stored] == [cell.id for cell in written], said
    assert is_current(source)


@every_chapter
def test_notebook_is_complete_and_clean(source):
    notebook = notebook_of(source)
    nbformat.validate(notebook)
    assert notebook.metadata["course"]["budget"] == "cpu"
    assert notebook_problems(notebook) == []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code if cell.source.strip())
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert sum(bool(cell.outputs) for cell in code) >= 5


@every_chapter
def test_notebook_is_small(source):
    assert source.with_suffix(".ipynb").stat().st_size < 1_500_000


@every_chapter
def test_notebook_shows_pictures_of_modest_size(source):
    sizes = [
        len(output.data["image/png"]) * 3 // 4
        for cell in notebook_of(source).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert sizes
    assert max(sizes) < 100_000


@every_chapter
def test_first_cell_says_how_long_it_takes_and_what_it_builds_on(source):
    first = notebook_of(source).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert re.search(r"\d+\s*(?:–|-)?\s*\d*\s*minutes", first.source)
    assert re.search(r"prerequisite", first.source, re.IGNORECASE)


@every_chapter
def test_chapter_has_slides(source):
    kinds = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook_of(source).cells]
    assert kinds.count("slide") >= 3
