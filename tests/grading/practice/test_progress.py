import json
import os
import threading

import pytest

from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.progress import Progress, course_root, state_file
from course_lib.grading.questions import judge

QUESTION = "too_good_perplexity"  # b is right
EXERCISE = find_exercise("masked_softmax")


def verdict(passed, diagnosis=None):
    return Verdict("masked_softmax", passed, 6 * passed, 6, diagnosis, "", "", 0, 6)


def test_progress_survives(state_folder):
    Progress().record(verdict(False, "wrong_axis"))
    assert Progress().of("masked_softmax")["last_diagnosis"] == "wrong_axis"
    Progress().record(verdict(True))
    Progress().record(verdict(False, "mask_ignored"))
    record = Progress().of("masked_softmax")
    assert record["passed"] and record["attempts"] == 3 and record["passed_at"]
    assert json.loads((state_folder / "progress.json").read_text())["exercises"].keys() == {"masked_softmax"}
    assert [path.name for path in state_folder.iterdir()] == ["progress.json"]


def test_hints_go_deeper_and_the_last_repeats():
    indices = [Progress().next_hint(EXERCISE) for _ in range(len(EXERCISE.hints) + 2)]
    assert indices == [*range(len(EXERCISE.hints)), len(EXERCISE.hints) - 1, len(EXERCISE.hints) - 1]


def test_position_and_forgetting():
    assert Progress().position is None
    Progress().record(verdict(True))
    Progress().move_to("masked_softmax")
    assert Progress().position == "masked_softmax"
    Progress().forget("masked_softmax")
    Progress().forget("never_seen")
    assert not Progress().of("masked_softmax")["passed"]
    assert Progress().position == "masked_softmax"


def test_answers_to_questions_are_kept_beside_exercises(state_folder):
    Progress().record(verdict(True))
    assert Progress().of_question(QUESTION) == {"chosen": "", "passed": False}
    for chosen, kept, passed in (("d", "d", False), ("b", "b", True), ("", "b", True), ("a", "a", True)):
        Progress().answer(judge(QUESTION, chosen))
        assert Progress().of_question(QUESTION) == {"chosen": kept, "passed": passed}
    assert Progress().of("masked_softmax")["passed"]
    Progress().forget(QUESTION)
    assert not Progress().of_question(QUESTION)["passed"] and Progress().of("masked_softmax")["passed"]


def test_a_progress_file_from_before_there_were_questions_is_read(state_folder):
    state_folder.mkdir()
    (state_folder / "progress.json").write_text('{"exercises": {"masked_softmax": {"passed": true}}}')
    assert not Progress().of_question(QUESTION)["chosen"]
    Progress().answer(judge(QUESTION, "b"))
    assert Progress().of_question(QUESTION)["passed"] and Progress().of("masked_softmax")["passed"]


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"exercises": 3}',
        '{"exercises": {"a": 1}}',
        "\x00",
        "null",
        "[" * 10**5,
        '{"exercises": {"masked_softmax": {"attempts": "3"}}}',
        '{"exercises": {"masked_softmax": {"hints": 1.5}}}',
        '{"exercises": {"masked_softmax": {"passed": []}}}',
        '{"exercises": {"masked_softmax": {"points": Infinity}}}',
        '{"exercises": {"masked_softmax": {"failing_case": {"seed": 1}}}}',
        '{"exercises": {}, "position": {}}',
        '{"exercises": {}, "questions": []}',
        '{"exercises": {}, "questions": {"a": "b"}}',
        '{"exercises": {}, "questions": {"a": {"passed": 1}}}',
        '{"exercises": {}, "questions": {"a": {"chosen": null}}}',
    ],
)
def test_a_broken_file_is_kept_aside_and_said(state_folder, content):
    state_folder.mkdir()
    (state_folder / "progress.json").write_text(content)
    with pytest.warns(UserWarning, match="could not be read"):
        Progress().record(verdict(True))
    assert Progress().of("masked_softmax")["attempts"] == 1
    (backup,) = state_folder.glob("progress.broken-*.json")
    assert backup.read_text() == content


def test_a_file_that_is_not_text_is_kept_aside(state_folder):
    state_folder.mkdir()
    (state_folder / "progress.json").write_bytes(b"\xff\xfe\x00")
    with pytest.warns(UserWarning, match="could not be read"):
        assert Progress().position is None


def test_a_reader_never_sees_half_a_file(state_folder):
    stop, broken = threading.Event(), []

    def read():
        while not stop.is_set():
            try:
                json.loads((state_folder / "progress.json").read_text())
            except FileNotFoundError:
                pass
            except ValueError as error:
                broken.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(60):
        Progress().record(verdict(True))
    stop.set()
    reader.join()
    assert not broken


def test_the_state_is_kept_with_the_course(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_STATE")
    deep = tmp_path / "exercises" / "deep"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert course_root() == tmp_path
    assert state_file() == tmp_path / ".course" / "progress.json"
    monkeypatch.setenv("COURSE_STATE", os.fspath(tmp_path / "elsewhere"))
    assert state_file() == tmp_path / "elsewhere" / "progress.json"
