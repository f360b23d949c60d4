"""Chapters and sheets lead to each other, and every link inside the course leads somewhere."""

import itertools
import re
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter

from course_lib.authoring import read_source
from course_lib.authoring.links import link_to_exercise, links_in, section_of
from course_lib.grading.judging.exercise import load_sheets

ROOT = Path(__file__).parents[2]
SHEETS = load_sheets()
every_sheet = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
ASKS = re.compile(r"(?:→ \*Exercises?\*|\*\*Exercises?:?\*\*)(.*?)(?:\n\n|$)", re.DOTALL)


def read(path):
    return nbformat.read(ROOT / path, as_version=4)


def chapter(sheet):
    """A chapter as written; that its stored notebook says the same is the business of test_notebooks."""
    return read_source(ROOT / "notebooks" / f"{sheet.name}.py")


def texts(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def links_of(path):
    """The links of a notebook or a Markdown page that lead into the course, not to the web."""
    if path.suffix == ".ipynb":
        found = [link for text in texts(nbformat.read(path, as_version=4)) for link in links_in(text)]
    else:
        found = links_in(path.read_text(encoding="utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def headings(text):
    """Anchors of a Markdown page as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"(?ms)^```.*?^```", "", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def leads_somewhere(page, link):
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    if not anchor:
        return True
    if target.suffix == ".ipynb":
        cells = nbformat.read(target, as_version=4).cells
        return anchor.removeprefix("cell-id=") in {cell.id for cell in cells} and anchor.startswith(
            "cell-id="
        )
    return anchor in headings(target.read_text(encoding="utf-8"))


@every_sheet
def test_a_chapter_opens_the_sheet_at_every_exercise(sheet):
    linked = {link for text in texts(chapter(sheet)) for link in links_in(text)}
    assert {link_to_exercise(sheet.name, exercise.name) for exercise in sheet.exercises} <= linked


@every_sheet
def test_wherever_a_chapter_asks_for_an_exercise_there_is_a_link(sheet):
    asked = [(words, text) for text in texts(chapter(sheet)) for words in ASKS.findall(text)]
    names = {exercise.name for exercise in sheet.exercises}
    assert asked
    for words, text in asked:
        named = names & set(re.findall(r"`(\w+)`", words))
        assert named, words
        assert {link_to_exercise(sheet.name, name) for name in named} <= set(links_in(text)), words


@every_sheet
def test_every_exercise_leads_back_to_the_section_that_asks_for_it(sheet):
    cells, places, section = read(f"exercises/{sheet.name}.ipynb").cells, {}, None
    for text in texts(chapter(sheet)):
        section = section_of(text) or section
        for link in links_in(text):
            places.setdefault(link.rpartition("=")[2], section)
    for exercise in sheet.exercises:
        (cell,) = (cell for cell in cells if cell.id == exercise.name)
        identity, title = places[exercise.name]
        assert f"[{title}](../notebooks/{sheet.name}.ipynb#cell-id={identity})" in cell.source
    assert f"../notebooks/{sheet.name}.ipynb" in links_in(cells[0].source)


@every_sheet
def test_an_exercise_is_found_under_its_heading(sheet):
    cells = read(f"exercises/{sheet.name}.ipynb").cells
    for exercise in sheet.exercises:
        (start,) = (index for index, cell in enumerate(cells) if cell.id == exercise.name)
        assert cells[start].source.startswith("## ")
        code = itertools.takewhile(lambda cell: cell.cell_type == "code", cells[start + 1 :])
        definition = re.compile(rf"^(?:def|class) {exercise.name}\b", re.MULTILINE)
        assert any(definition.search(cell.source) for cell in code)


def pages():
    found = [path for folder in ("notebooks", "exercises") for path in (ROOT / folder).glob("*.ipynb")]
    found += [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")]
    return sorted(found)


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    dead = [link for link in links_of(page) if not leads_somewhere(page, link)]
    assert not dead, f"{page.name}: {dead}"


def test_dead_links_are_found():
    page = ROOT / "notebooks" / "03_attention.ipynb"
    for link in (
        "../exercises/03_attention.ipynb#cell-id=masked_softmx",
        "../exercises/03_attention.ipynb#masked_softmax",
        "../exercises/93_attention.ipynb",
        "../../elsewhere.md",
        "../README.md#no-such-heading",
    ):
        assert not leads_somewhere(page, link), link
    assert leads_somewhere(page, "../exercises/03_attention.ipynb#cell-id=masked_softmax")
    assert leads_somewhere(page, "../CONTRIBUTING.md#set-up")


def test_a_web_page_has_the_same_anchors():
    html, _ = HTMLExporter().from_notebook_node(read("exercises/03_attention.ipynb"))
    assert 'id="cell-id=masked_softmax"' in html
    html, _ = HTMLExporter().from_notebook_node(read("notebooks/03_attention.ipynb"))
    assert 'id="cell-id=section-3-4"' in html
    assert 'href="../exercises/03_attention.ipynb#cell-id=masked_softmax"' in html
