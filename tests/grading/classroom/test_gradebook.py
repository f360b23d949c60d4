"""The folder of a run: nothing in it is lost, mixed up, or half written."""

import csv
import dataclasses
import functools
import json
import os

import pytest
from support.grading_class import make_class

from course_lib.grading.classroom.gradebook import Gradebook
from course_lib.grading.classroom.reports import student_file_name
from course_lib.grading.classroom.submissions import Submission

SHEETS = ("03_attention",)


@pytest.fixture(scope="module")
def records():
    return make_class(["masked_softmax"], 3)


@pytest.fixture
def gradebook(tmp_path):
    with Gradebook(tmp_path / "marks") as gradebook:
        gradebook.save_settings({"seed": 7})
        yield gradebook


def submission_of(record, **changes):
    own = Submission(record.student, None, record.path, record.sha256, record.submitted_at, record.is_late)
    return dataclasses.replace(own, notes=record.notes, **changes)


def test_a_record_is_found_again(gradebook, records):
    record = records[0]
    gradebook.save(record)
    assert gradebook.find(submission_of(record), record.sheets, record.seed) == record


def test_another_submission_sheet_or_seed_is_marked_again(gradebook, records):
    record = records[0]
    gradebook.save(record)
    assert gradebook.find(submission_of(record, sha256="1" * 64), record.sheets, record.seed) is None
    assert gradebook.find(submission_of(record), (*record.sheets, "01_language_models"), record.seed) is None
    assert gradebook.find(submission_of(record), record.sheets, record.seed + 1) is None
    assert gradebook.find(submission_of(records[1]), record.sheets, record.seed) is None


def test_a_fault_is_marked_again(gradebook, records):
    fault = dataclasses.replace(records[0], status="fault", exercises=())
    gradebook.save(fault)
    assert gradebook.find(submission_of(fault), fault.sheets, fault.seed) is None


def test_text_that_is_no_utf8_comes_back(gradebook, records):
    record = dataclasses.replace(records[0], problem="lone \ud800 surrogate")
    gradebook.save(record)
    assert gradebook.find(submission_of(record), record.sheets, record.seed) == record


def test_a_comment_in_the_folder_stands_on_the_page_of_its_student(gradebook, records):
    named = dataclasses.replace(records[0], student="Ada / Lovelace")
    comments = gradebook.folder / "comments"
    comments.mkdir()
    comments.joinpath(f"{student_file_name(named.student)}.txt").write_bytes("Très bien\n".encode())
    gradebook.write_reports([named, records[1]], {})
    pages = {path.stem: path.read_text() for path in (gradebook.folder / "students").iterdir()}
    assert "Très bien" in pages.pop(student_file_name(named.student))
    assert not [page for page in pages.values() if "Très bien" in page]
    assert comments.is_dir(), "what the instructor wrote is left alone"


def test_lateness_is_that_of_today(gradebook, records):
    record = dataclasses.replace(records[0], is_late=False)
    gradebook.save(record)
    found = gradebook.find(submission_of(record, is_late=True, name="late.py"), record.sheets, record.seed)
    assert found.is_late and found.path == "late.py"
    assert found.marks() == record.marks()


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", "null", "7", '{"format": 1}', '{"format": 99}', "\x00\xff", "[" * 10**5],
)
def test_a_broken_record_is_marked_again(gradebook, records, broken):
    record = records[0]
    gradebook.save(record)
    (path,) = (gradebook.folder / "records").glob("*.json")
    path.write_bytes(broken.encode("latin-1"))
    assert gradebook.find(submission_of(record), record.sheets, record.seed) is None
    (problem,) = gradebook.problems
    assert str(path) in problem and "marked again" in problem


def places(tree, above=()):
    """The place of every value in plain data, as the keys that lead to it."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        yield (*above, key)
        yield from places(value, (*above, key))


def test_a_record_with_any_field_of_a_wrong_type_is_marked_again(gradebook, records):
    record = next(each for each in records if any(mark.verdict.example for mark in each.exercises))
    table = json.loads(record.to_json())
    (gradebook.folder / "records").mkdir()
    path = gradebook.folder / gradebook._record_path(record.student).relative_to(gradebook.folder)
    read = []
    for place in places(table):
        for odd in ([[]], {"a": {}}, float("inf"), 10**400):
            changed = json.loads(record.to_json())
            *above, last = place
            functools.reduce(lambda tree, key: tree[key], above, changed)[last] = odd
            path.write_text(json.dumps(changed), encoding="utf-8")
            found = gradebook.find(submission_of(record), record.sheets, record.seed)
            read += [] if found is None else [(place, odd)]
    assert read == []
    assert len(gradebook.problems) > 100


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", "7", "\x00\xff", "[" * 10**5]
    + ['{"seed": "7"}', '{"sheets": 5}', '{"sheets": [5]}', '{"course": {}}'],
)
def test_broken_settings_are_named(gradebook, broken):
    (gradebook.folder / "run.json").write_bytes(broken.encode("latin-1"))
    with pytest.raises(ValueError, match="run.json"):
        gradebook.settings()


def test_a_new_folder_has_no_settings(tmp_path):
    assert Gradebook(tmp_path / "new").settings() == {}


def test_a_folder_of_other_things_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(ValueError, match="thesis.tex"):
        Gradebook(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_one_run_at_a_time(gradebook):
    with pytest.raises(RuntimeError, match="Another run"), Gradebook(gradebook.folder):
        pass
    gradebook.__exit__()
    with Gradebook(gradebook.folder):
        pass


def test_a_failed_write_leaves_the_old_file_and_no_rest(gradebook, records, monkeypatch):
    gradebook.save(records[0])
    (path,) = (gradebook.folder / "records").iterdir()
    before = path.read_bytes()

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        gradebook.save(dataclasses.replace(records[0], problem="new"))
    assert [found.read_bytes() for found in path.parent.iterdir()] == [before]


def test_records_put_aside_are_kept(gradebook, records):
    for _ in range(2):
        gradebook.save(records[0])
        gradebook.put_records_aside()
    assert not (gradebook.folder / "records").exists()
    kept = list(gradebook.folder.glob("records.until-*/*.json"))
    assert len(kept) == 2


def test_reports_are_of_those_who_are_there(gradebook, records):
    gradebook.write_reports(records, {"seed": 7})
    assert len(list((gradebook.folder / "students").iterdir())) == 3
    gradebook.write_reports(records[:2], {"seed": 7})
    assert len(list((gradebook.folder / "students").iterdir())) == 2
    with open(gradebook.folder / "marks.csv", encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2


def test_an_odd_name_stays_in_the_folder(gradebook, records):
    for name in ("../../escape", "a/b", "CON", ".", "x" * 400, "Ä€"):
        gradebook.save(dataclasses.replace(records[0], student=name))
    files = [path for path in gradebook.folder.rglob("*.json") if path.name != "run.json"]
    assert {path.parent.name for path in files} == {"records"} and len(files) == 6
    assert not (gradebook.folder.parent / "escape.json").exists()
