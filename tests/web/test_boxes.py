"""Where exercises stand on pages, and that pages show blanks whatever a learner has answered."""

import nbformat.v4 as v4
import pytest

from course_lib.authoring.folders import project_folder
from course_lib.authoring.reset import blank_sheet
from course_lib.authoring.site.chapters import chapter_page
from course_lib.authoring.site.sheets import exercise_boxes
from course_lib.grading.judging.exercise import find_sheet, load_sheets

LINK = "../exercises/03_attention.ipynb#cell-id="


def page(*texts):
    cells = [v4.new_markdown_cell(text) for text in ("# 3 · Attention", *texts)]
    chapter = v4.new_notebook(cells=cells)
    boxes = {"dot_score": "<div>DOT</div>", "local_weights": "<div>LOCAL</div>"}
    return [cell.source for cell in chapter_page(chapter, "03_attention", boxes=boxes).cells[1:]]


def test_a_box_follows_the_paragraph_that_asks_for_it():
    text = f"## 3.1 Scores\n\nAsk [`dot_score`]\nnow.\n\nLet us see:\n\n[`dot_score`]: {LINK}dot_score"
    (shown,) = page(text)
    before, after = shown.split("\n\n<div>DOT</div>\n\n")
    assert before.endswith("\nnow.") and "Let us see:" in after


def test_a_box_stands_once_and_in_a_section():
    link = f"[one]({LINK}dot_score)"
    shown = page(link, f"## 3.1 Scores\n\n- {link}\n- {link}, [other]({LINK}local_weights)\n\nEnd", link)
    assert "DOT" not in shown[0] and "DOT" not in shown[2]
    assert shown[1].count("DOT") == shown[1].count("LOCAL") == 1
    assert shown[1].index("LOCAL") > shown[1].index("[other]")
    assert shown[1].endswith("End")


def test_a_box_in_a_chapter_leaves_the_notebook_as_it_was():
    chapter = v4.new_notebook(cells=[v4.new_markdown_cell(f"## 3.1 S\n\n[one]({LINK}dot_score)")])
    before = chapter.cells[0].source
    chapter_page(chapter, "03_attention", boxes={"dot_score": "DOT"})
    assert chapter.cells[0].source == before


@pytest.mark.parametrize("name", ["03_attention", "09_word_pieces"])
def test_a_box_holds_the_task_the_blank_and_what_the_sheet_gives(name):
    import nbformat

    sheet = find_sheet(name)
    blank = nbformat.reads(blank_sheet(name, project_folder()), as_version=4)
    boxes = exercise_boxes(blank, sheet)
    assert list(boxes) == [exercise.name for exercise in sheet.exercises]
    for exercise in sheet.exercises:
        box = boxes[exercise.name]
        assert f"def {exercise.name}" in box or f"class {exercise.name}" in box
        assert "raise NotImplementedError" in box and "from keras import ops" in box
        assert f"{exercise.points} points" in box and "check(" not in box and "\n## " not in box
    if name == "09_word_pieces":
        assert "def cleaned(" in boxes["token_offsets"]


def test_every_sheet_has_a_blank_for_every_exercise(tmp_path):
    from course_lib.web.sheet_state import SheetState

    state = SheetState(project_folder())
    for sheet in load_sheets():
        for exercise in sheet.exercises:
            assert "raise NotImplementedError" in state.blank(exercise)
