"""Answers in notebooks: what is read, what is written, and what is never overwritten."""

import json
import os

import pytest
from support.course_web import SHEET, course_folder

from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.worker.answers import read_statements, select_statements
from course_lib.web.sheet_state import Conflict, SheetProblem, SheetState

DOT = find_exercise("dot_score")
ANSWER = "def dot_score(query, key, is_scaled):\n    return 'é'\n"


@pytest.fixture
def state(tmp_path):
    return SheetState(course_folder(tmp_path))


@pytest.fixture
def path(state):
    return state.path(SHEET)


def change(path, edit):
    """Changes the notebook as another program would."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    edit(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


def answer_cell(cells, name="dot_score"):
    return next(cell for cell in cells if "".join(cell["source"]).startswith(f"def {name}("))


def test_a_blank_is_read_as_it_stands(state):
    answer = state.read(DOT)
    assert answer.text.startswith("def dot_score(") and "raise NotImplementedError" in answer.text
    assert answer.text == state.blank(DOT)


def test_only_the_answer_changes(state, path):
    before = json.loads(path.read_text(encoding="utf-8"))
    written = state.write(DOT, ANSWER, state.read(DOT).version)
    assert state.read(DOT) == written and written.text == ANSWER
    after = json.loads(path.read_text(encoding="utf-8"))
    assert answer_cell(after["cells"])["source"] == ANSWER.splitlines(keepends=True)
    answer_cell(after["cells"])["source"] = answer_cell(before["cells"])["source"]
    assert after == before
    assert [entry.name for entry in path.parent.iterdir() if entry.name.endswith(".partial")] == []


def test_a_file_that_needs_no_change_is_not_touched(state, path):
    before = path.stat()
    state.write(DOT, state.read(DOT).text, "whatever")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_writing_and_reading_back_changes_no_byte_of_the_rest(state, path):
    original = path.read_bytes()
    blank = state.read(DOT)
    written = state.write(DOT, ANSWER, blank.version)
    state.write(DOT, blank.text, written.version)
    assert path.read_bytes() == original


def test_a_change_made_in_jupyter_is_told_and_kept(state, path):
    seen = state.read(DOT)
    change(path, lambda cells: answer_cell(cells).update(source="def dot_score(q, k, s):\n    return 1"))
    before = path.read_bytes()
    with pytest.raises(Conflict) as conflict:
        state.write(DOT, ANSWER, seen.version)
    assert path.read_bytes() == before
    assert conflict.value.answer.text.endswith("return 1")
    state.write(DOT, ANSWER, conflict.value.answer.version)  # after the learner chose
    assert state.read(DOT).text == ANSWER


def test_a_change_of_another_cell_is_no_conflict(state, path):
    seen = state.read(DOT)
    change(path, lambda cells: cells[0].update(source="My notes"))
    state.write(DOT, ANSWER, seen.version)
    assert json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"] == "My notes"


def test_a_change_while_writing_is_seen(state, path, monkeypatch):
    seen, put = state.read(DOT), state._put

    def put_while_jupyter_saves(notebook, exercise, text):
        monkeypatch.setattr(state, "_put", put)
        change(path, lambda cells: answer_cell(cells).update(source="def dot_score(): pass"))
        os.utime(path, ns=(1, 1))
        put(notebook, exercise, text)

    monkeypatch.setattr(state, "_put", put_while_jupyter_saves)
    with pytest.raises(Conflict):
        state.write(DOT, ANSWER, seen.version)
    assert state.read(DOT).text == "def dot_score(): pass"


@pytest.mark.parametrize("text", ["", "def dot_sco(", "x = 1", "# nothing", "\n\n"])
def test_an_answer_that_no_longer_defines_the_name_keeps_its_cell(state, text):
    written = state.write(DOT, text, state.read(DOT).version)
    assert state.read(DOT).text == text
    assert state.write(DOT, ANSWER, written.version) == state.read(DOT)


def test_the_cell_that_counts_is_the_one_that_is_judged(state, path):
    def define_again(cells):
        cells.append({**answer_cell(cells), "id": "again", "source": "def dot_score(*a):\n    return 2"})

    change(path, define_again)
    assert state.read(DOT).text.endswith("return 2")
    state.write(DOT, ANSWER, state.read(DOT).version)
    statements, _ = read_statements(path.read_text(encoding="utf-8"), path.name)
    (chosen,) = select_statements(statements, "dot_score")
    assert "é" in chosen.cell.source


def test_a_lost_cell_comes_back_below_its_heading(state, path):
    change(path, lambda cells: cells.remove(answer_cell(cells)))
    lost = state.read(DOT)
    assert lost.text == state.blank(DOT)
    state.write(DOT, ANSWER, lost.version)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    place = cells.index(answer_cell(cells))
    assert cells[place - 1]["id"] == "dot_score"


def test_windows_line_ends_and_sources_of_one_piece(state, path):
    change(path, lambda cells: answer_cell(cells).update(source="def dot_score():\r\n    pass"))
    assert state.read(DOT).text == "def dot_score():\n    pass"
    state.write(DOT, ANSWER, state.read(DOT).version)
    assert answer_cell(json.loads(path.read_text(encoding="utf-8"))["cells"])["source"] == ANSWER


def test_a_link_to_the_sheet_stays_a_link(state, path, tmp_path):
    elsewhere = tmp_path / "elsewhere.ipynb"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    state.write(DOT, ANSWER, state.read(DOT).version)
    assert path.is_symlink() and "é" in elsewhere.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"cells": [{}]}', b'{"cells": [{"source": 1}]}']
)
def test_a_broken_sheet_is_told_and_left_alone(state, path, content):
    version = state.read(DOT).version
    path.write_bytes(content)
    for act in (lambda: state.read(DOT), lambda: state.write(DOT, ANSWER, version)):
        with pytest.raises(SheetProblem, match="course reset 03_attention"):
            act()
    assert path.read_bytes() == content


def test_a_missing_sheet_says_how_to_get_it(state, path):
    path.unlink()
    with pytest.raises(SheetProblem, match="course reset 03_attention"):
        state.read(DOT)


def test_a_script_beside_the_notebook_is_told(state, path):
    assert state.twin(SHEET) is None
    path.with_suffix(".py").write_text("")
    assert "saved last" in state.twin(SHEET)


def test_a_disk_that_is_full_loses_nothing(state, path, monkeypatch):
    before, version = path.read_bytes(), state.read(DOT).version
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("no space left")))
    with pytest.raises(SheetProblem, match="no space left"):
        state.write(DOT, ANSWER, version)
    assert path.read_bytes() == before
