"""Notes are written for every slide of every chapter: all four kinds."""

import pytest

from course_lib.authoring.folders import project_folder
from course_lib.authoring.slides.cells import read_cells
from course_lib.authoring.slides.deck import deck_of, plain
from course_lib.authoring.slides.notes import HEADS
from course_lib.authoring.stored_notebooks import executed_with_notes

CHAPTERS = sorted(path.stem for path in (project_folder() / "notebooks").glob("[0-9]*.ipynb"))


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_slide_has_something_to_say_to_ask_to_expect_and_to_look_out_for(name):
    cells = executed_with_notes(project_folder() / "notebooks" / f"{name}.ipynb").cells
    missing = {
        plain(slide.heading): lacking
        for slide in deck_of(read_cells(cells))
        if (lacking := [head for head in HEADS if f"<h4>{head}</h4>" not in slide.notes])
    }
    assert not missing
