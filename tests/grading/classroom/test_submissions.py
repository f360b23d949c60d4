import json
import os
import string
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.grading.classroom.intake import UnreadableSubmission
from course_lib.grading.classroom.roster import distinct_names, parse_entry_name, parse_time, safe_name
from course_lib.grading.classroom.submissions import find_submissions
from course_lib.grading.classroom.submitted_sheets import choose_file, decode, read_sheets
from course_lib.grading.judging.exercise import load_sheets

SHEETS = {sheet.name: sheet for sheet in load_sheets()}
ATTENTION = SHEETS["03_attention"]
NOON = 1_800_000_000  # seconds since 1970
HOUR = 3600


def stamp(seconds):
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def hand_in(folder, name, seconds=NOON, text="x = 1\n"):
    path = folder / name
    path.write_text(text)
    os.utime(path, (seconds, seconds))
    return path


def found(folder, due=None):
    """Student → (name, is_late)."""
    submissions = find_submissions(folder, due)
    assert [submission.student for submission in submissions] == sorted(s.student for s in submissions)
    return {submission.student: (submission.name, submission.is_late) for submission in submissions}


# Who


@pytest.mark.parametrize(
    "name, student",
    [
        ("alice.ipynb", "alice"),
        ("alice.PY", "alice"),
        ("alice.zip", "alice"),
        ("alice.ipynb.zip", "alice"),
        ("alice.pdf", "alice"),
        ("alice_03_attention.ipynb", "alice"),
        ("alice-03_Attention.ipynb", "alice"),
        ("03_attention_alice.ipynb", "alice"),
        ("alice_smith_02_sequence_to_sequence.py", "alice_smith"),
        ("alice (2).ipynb", "alice"),
        ("alice_attempt2.ipynb", "alice"),
        ("alice.v12.zip", "alice"),
        ("alice_03_attention (2).ipynb", "alice"),
        ("alice_attempt_3_03_attention.ipynb", "alice"),
        ("alice-2.ipynb", "alice-2"),
        ("alice_2.ipynb", "alice_2"),
        ("alice2.ipynb", "alice2"),
        ("alice_2024_01_language_models.ipynb", "alice_2024"),
        ("03_attention.ipynb", "03_attention"),
        (" (2).ipynb", " (2)"),
        ("lovelaceada_123_456_03_attention.ipynb", "lovelaceada"),
        ("lovelaceada_123_456_work-1.zip", "lovelaceada"),
        ("Zoe\u0308.py", "Zoë"),
    ],
)
def test_students_in_names(name, student):
    parsed = parse_entry_name(name)
    assert (parsed.student, parsed.is_late) == (student, False)


def test_a_folder_has_no_ending_but_may_look_as_if():
    assert parse_entry_name("alice.smith", is_folder=True).student == "alice.smith"
    assert parse_entry_name("alice.smith").student == "alice"


def test_the_mark_of_a_late_upload():
    parsed = parse_entry_name("alice_LATE_123_456_03_attention.ipynb")
    assert (parsed.student, parsed.account, parsed.is_late) == ("alice", "123", True)
    assert parse_entry_name("late_alice.py").is_late is False


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_a_safe_name_is_safe(text):
    name = safe_name(text)
    assert name and name.isprintable() and not set(name) & set('/\\:*?"<>|&')
    assert name[0] not in " .=+-@" and name[-1] not in " ."
    assert len(name) <= 50 and len(name.encode()) <= 200
    assert safe_name(name) == name


@given(st.text(string.ascii_letters + string.digits + " _.-'()", min_size=1, max_size=50))
def test_an_ordinary_name_stays_as_it_is(text):
    text = text.lstrip(" .-").rstrip(" .")
    assert safe_name(text) == (text or "unnamed")


@given(st.lists(st.text("aAbB/\x01_", max_size=4), unique=True, max_size=30))
def test_no_two_students_share_a_file(students):
    names = distinct_names(students)
    assert len({name.casefold() for name in names.values()}) == len(students)


def test_a_name_made_to_meet_a_name_with_its_hash():
    taken = distinct_names(["Ada", "ada"])["ada"]
    names = distinct_names(["Ada", "ada", taken])
    assert len({name.casefold() for name in names.values()}) == 3


def test_students_whose_names_differ_only_in_case_or_in_what_cannot_be_printed(tmp_path):
    for name in ("Ada.py", "ada.py", "eve\x01.py", "eve\x02.py", "<b>.py"):
        hand_in(tmp_path, name)
    submissions = find_submissions(tmp_path)
    assert len({submission.student.lower() for submission in submissions}) == 5
    assert {submission.name for submission in submissions} == {"Ada.py", "ada.py", "eve_.py", "<b>.py"}
    assert "_b_" in [submission.student for submission in submissions]
    assert all(submission.student.isprintable() for submission in submissions)


def test_a_name_that_is_no_text(tmp_path):
    with open(os.fsencode(tmp_path) + b"/ad\xff.py", "wb"):
        pass
    (submission,) = find_submissions(tmp_path)
    assert (submission.student, submission.name) == ("ad_", "ad_.py")
    assert json.dumps(submission.notes) and read_sheets(submission.path) == {"ad_.py": ""}


def test_two_students_of_one_name_are_told_apart_by_their_accounts(tmp_path):
    for name in (
        "wangwei_1111_9001_a.py",
        "wangwei_2222_9002_a.py",
        "wangwei_2222_9003_a.py",
        "bob_333_444_a.py",
    ):
        hand_in(tmp_path, name, NOON + int(name.split("_")[2]))
    assert found(tmp_path) == {
        "bob": ("bob_333_444_a.py", False),
        "wangwei_1111": ("wangwei_1111_9001_a.py", False),
        "wangwei_2222": ("wangwei_2222_9003_a.py", False),
    }


# What


def test_what_lies_at_the_top(tmp_path):
    hand_in(tmp_path, "ada.ipynb")
    (tmp_path / "bob").mkdir()
    hand_in(tmp_path / "bob", "03_attention.py")
    with zipfile.ZipFile(tmp_path / "eve.zip", "w") as archive:
        archive.writestr("03_attention.py", "x = 2")
    hand_in(tmp_path, "zoe.pdf")
    (tmp_path / "link.py").symlink_to(tmp_path / "ada.ipynb")
    os.mkfifo(tmp_path / "pipe.py")
    for name in (".hidden.py", ".DS_Store", "Thumbs.db"):
        hand_in(tmp_path, name)
    for name in ("__MACOSX", ".ipynb_checkpoints"):
        (tmp_path / name).mkdir()
    submissions = {submission.student: submission for submission in find_submissions(tmp_path)}
    assert list(submissions) == ["ada", "bob", "eve", "link", "pipe", "zoe"]
    assert submissions["bob"].path == tmp_path / "bob" and submissions["bob"].notes == ()
    assert all(len(submission.sha256) == 64 for submission in submissions.values())
    assert read_sheets(submissions["eve"].path) == {"03_attention.py": "x = 2"}
    for student in ("link", "pipe", "zoe"):
        with pytest.raises(UnreadableSubmission):
            read_sheets(submissions[student].path)


def test_an_empty_folder_and_none(tmp_path):
    assert find_submissions(tmp_path) == []
    hand_in(tmp_path, "ada.py")
    for path in (tmp_path / "ada.py", tmp_path / "none"):
        with pytest.raises(NotADirectoryError, match="Expected a folder"):
            find_submissions(path)


# Late, and more than one


def test_the_last_one_counts(tmp_path):
    hand_in(tmp_path, "ada.py", NOON)
    hand_in(tmp_path, "ada (2).ipynb", NOON + 2 * HOUR)
    hand_in(tmp_path, "ada.v2.py", NOON + HOUR)
    (submission,) = find_submissions(tmp_path)
    assert submission.name == "ada (2).ipynb" and submission.is_late is False
    assert submission.submitted_at == datetime.fromtimestamp(NOON + 2 * HOUR).astimezone().isoformat()
    assert submission.notes == (
        "ada (2).ipynb was handed in later and counts instead of ada.py.",
        "ada (2).ipynb was handed in later and counts instead of ada.v2.py.",
    )


def test_the_last_one_on_time_counts(tmp_path):
    hand_in(tmp_path, "ada.py", NOON)
    hand_in(tmp_path, "ada (2).py", NOON + HOUR)
    hand_in(tmp_path, "ada (3).py", NOON + HOUR + 1)
    (submission,) = find_submissions(tmp_path, due=stamp(NOON + HOUR))
    assert (submission.name, submission.is_late) == ("ada (2).py", False)
    assert (
        "ada (3).py was handed in after the deadline; ada (2).py, on time, counts instead."
        in submission.notes
    )
    assert len(submission.notes) == 2


def test_when_all_are_late_the_last_counts_and_is_late(tmp_path):
    hand_in(tmp_path, "ada.py", NOON)
    hand_in(tmp_path, "ada (2).py", NOON + HOUR)
    assert found(tmp_path, due=stamp(NOON - 1)) == {"ada": ("ada (2).py", True)}


def test_equal_times(tmp_path):
    hand_in(tmp_path, "ada.v1.py")
    hand_in(tmp_path, "ada.v2.py")
    (submission,) = find_submissions(tmp_path)
    assert submission.name == "ada.v2.py" and "at the same time as ada.v1.py" in submission.notes[0]


def test_a_mark_in_the_name_makes_late(tmp_path):
    hand_in(tmp_path, "ada_LATE_123_456_work.py", NOON)
    assert found(tmp_path) == {"ada": ("ada_LATE_123_456_work.py", True)}
    assert found(tmp_path, due=stamp(NOON + HOUR)) == {"ada": ("ada_LATE_123_456_work.py", True)}
    hand_in(tmp_path, "ada_123_455_work.py", NOON - HOUR)
    assert found(tmp_path) == {"ada": ("ada_123_455_work.py", False)}


def test_an_export_beside_the_sheet_does_not_count(tmp_path):
    hand_in(tmp_path, "ada.ipynb", NOON)
    hand_in(tmp_path, "ada.pdf", NOON + HOUR)
    (submission,) = find_submissions(tmp_path)
    assert submission.name == "ada.ipynb"
    assert submission.notes == ("ada.pdf is no sheet, folder or zip and does not count; ada.ipynb does.",)


def test_a_folder_is_as_late_as_its_newest_sheet(tmp_path):
    (tmp_path / "ada").mkdir()
    hand_in(tmp_path / "ada", "a.py", NOON)
    hand_in(tmp_path / "ada", "b.py", NOON + HOUR)
    assert found(tmp_path, due=stamp(NOON)) == {"ada": ("ada", True)}
    assert found(tmp_path, due=stamp(NOON + HOUR)) == {"ada": ("ada", False)}


def test_a_deadline_with_and_without_offset(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")  # UTC+9
    time.tzset()
    try:
        hand_in(tmp_path, "ada.py", NOON)
        local = datetime.fromtimestamp(NOON, timezone(timedelta(hours=9)))
        bare = local.replace(tzinfo=None)
        for due in (local, bare, bare.isoformat(), stamp(NOON), f" {stamp(NOON)} "):
            assert found(tmp_path, due=due)["ada"][1] is False
        for due in (bare - timedelta(seconds=1), (bare - timedelta(seconds=1)).isoformat(), stamp(NOON - 1)):
            assert found(tmp_path, due=due)["ada"][1] is True
        assert find_submissions(tmp_path)[0].submitted_at == local.isoformat()
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "due", ["tomorrow", "", "2026-11-21", "20261121", "2026-13-01T00:00", 3, b"2026-11-21T23:59"]
)
def test_a_bad_deadline(tmp_path, due):
    with pytest.raises(ValueError, match="Expected a date and time of day"):
        find_submissions(tmp_path, due=due)


def test_a_time_that_is_no_date(tmp_path, monkeypatch):
    monkeypatch.setattr("course_lib.grading.classroom.submissions.modified_at", lambda path: 1e18)
    hand_in(tmp_path, "ada.py")
    (submission,) = find_submissions(tmp_path, due=stamp(NOON))
    assert (submission.submitted_at, submission.is_late) == (None, False)


def test_parse_time_keeps_what_has_an_offset():
    moment = datetime(2026, 11, 21, 23, 59, tzinfo=timezone(timedelta(hours=-5)))
    assert parse_time(moment) is moment
    assert parse_time("2026-11-21T23:59-05:00") == moment


# The table


def write_table(folder, *rows, header="entry,student,submitted_at"):
    (folder / "submissions.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_the_table_has_the_last_word(tmp_path):
    hand_in(tmp_path, "work1.py", NOON)
    hand_in(tmp_path, "work2.py", NOON + HOUR)
    hand_in(tmp_path, "ada_LATE_123_456_work.py", NOON)
    hand_in(tmp_path, "bob.py", NOON)
    write_table(
        tmp_path,
        f'work1.py,"Lovelace, Ada",{stamp(NOON + 2 * HOUR)}',
        'work2.py,"Lovelace, Ada",',
        f"ada_LATE_123_456_work.py,,{stamp(NOON)}",
    )
    assert found(tmp_path, due=stamp(NOON + 3 * HOUR)) == {
        "Lovelace, Ada": ("work1.py", False),
        "ada": ("ada_LATE_123_456_work.py", False),
        "bob": ("bob.py", False),
    }
    assert found(tmp_path)["ada"][1] is True  # nothing to compare the time with
    assert found(tmp_path, due=stamp(NOON + HOUR))["Lovelace, Ada"] == ("work2.py", False)


def test_a_table_as_spreadsheets_write_it(tmp_path):
    hand_in(tmp_path, "Zoe\u0308 1.py")
    text = "submitted_at,group,entry,student\r\n2026-11-21T10:00:00Z,3,Zoë 1.py,Zoë\r\n\r\n"
    (tmp_path / "submissions.csv").write_bytes(text.encode("utf-8-sig"))
    (submission,) = find_submissions(tmp_path)
    assert (submission.student, submission.submitted_at) == ("Zoë", "2026-11-21T10:00:00+00:00")


@pytest.mark.parametrize(
    "rows, words",
    [
        (["ada.py,ada,", "bob.py,bob,"], "row 3, column entry: expected the name of a file .*'bob.py'"),
        (["ada.py,ada,", "ada.py,bob,"], "row 3, column entry: expected each entry once"),
        (["ada.py,ada,yesterday"], "row 2, column submitted_at: Expected a date and time .*'yesterday'"),
        (["ada.py,ada"], "row 2, column submitted_at: expected as many cells"),
        (["ada.py,ada,,"], "row 2, .*expected as many cells"),
        ([",ada,"], "row 2, column entry"),
        (['ada.py,"ada'], "row 2: not a table with commas"),
    ],
)
def test_a_bad_table(tmp_path, rows, words):
    hand_in(tmp_path, "ada.py")
    write_table(tmp_path, *rows)
    with pytest.raises(ValueError, match=f"submissions.csv, {words}"):
        find_submissions(tmp_path)


@pytest.mark.parametrize(
    "content, words",
    [
        (
            b"",
            "row 1: expected the columns entry, student, submitted_at. Missing: entry, student, submitted_at",
        ),
        (b"entry,student\n", "row 1: .*Missing: submitted_at"),
        (b"entry;student;submitted_at\n", "row 1: .*Missing: entry"),
        (b"entry,student,submitted_at\nada.py,\xe4,\n", "expected UTF-8"),
    ],
)
def test_a_file_that_is_no_table(tmp_path, content, words):
    hand_in(tmp_path, "ada.py")
    (tmp_path / "submissions.csv").write_bytes(content)
    with pytest.raises(ValueError, match=f"submissions.csv(, |: ){words}"):
        find_submissions(tmp_path)


def test_a_table_that_is_a_link(tmp_path):
    (tmp_path / "submissions.csv").symlink_to("/etc/passwd")
    with pytest.raises(ValueError, match="no link"):
        find_submissions(tmp_path)


# Text


def test_texts_come_by_name(tmp_path):
    hand_in(tmp_path, "b.py", text="x = 'ä'\n")
    hand_in(tmp_path, "a.ipynb", text='{"cells": [')
    assert read_sheets(tmp_path) == {"a.ipynb": '{"cells": [', "b.py": "x = 'ä'\n"}
    assert read_sheets(tmp_path / "b.py") == {"b.py": "x = 'ä'\n"}


@pytest.mark.parametrize(
    "data, name, text",
    [
        ("ä€\n".encode(), "a.py", "ä€\n"),
        ("ä".encode("utf-8-sig"), "a.py", "ä"),
        ("# coding: cp1252\nä€".encode("cp1252"), "a.py", "# coding: cp1252\nä€"),
        ("\n# -*- coding: koi8-r -*-\nя".encode("koi8-r"), "a.py", "\n# -*- coding: koi8-r -*-\nя"),
        ("# coding: gbk\n注意".encode("gbk"), "a.py", "# coding: gbk\n注意"),
        ("x = 1 # ä".encode("latin-1"), "a.py", "x = 1 # ä"),
        ("\n\n\n# ä".encode("latin-1"), "a.py", "\n\n\n# ä"),
        ("# coding: no-such-codec\nä".encode(), "a.py", "# coding: no-such-codec\nÃ¤"),
        ("# coding: ascii\nä".encode("latin-1"), "a.py", "# coding: ascii\nä"),
        (b"# coding: rot13\nqrs", "a.py", "# coding: rot13\nqrs"),
        (b"# coding: unicode_escape\n\\ud800", "a.py", "# coding: unicode_escape\n\\ud800"),
        ('{"ä": 1}'.encode("utf-8-sig"), "a.ipynb", '{"ä": 1}'),
        ('{"ä": 1}'.encode("utf-16"), "a.ipynb", '{"ä": 1}'),
        ('{"ä": 1}'.encode("latin-1"), "a.ipynb", '{"ä": 1}'),
        (b"", "a.ipynb", ""),
        (b"", "a.py", ""),
    ],
)
def test_encodings(data, name, text):
    assert decode(data, name) == text


@given(st.binary(max_size=200), st.sampled_from(["a.py", "a.ipynb"]), st.sampled_from([b"", b"# coding: "]))
def test_any_bytes_are_some_text(data, name, start):
    decode(start + data, name).encode("utf-8")


@pytest.mark.parametrize("codec", ["punycode", "idna", "utf-7"])
def test_codecs_that_take_forever_are_not_used(codec):
    data = f"# coding: {codec}\n-".encode() + b"b" * 2_000_000
    started = time.perf_counter()
    assert decode(data, "a.py") == data.decode()
    assert time.perf_counter() - started < 2


# Which file


def notebook(*lines):
    source = [line + "\n" for line in lines]
    return json.dumps({"cells": [{"cell_type": "code", "source": source}], "nbformat": 4})


NAMES = [exercise.name for exercise in ATTENTION.exercises]


@pytest.mark.parametrize(
    "files, chosen",
    [
        ({}, None),
        ({"a.py": ""}, None),
        ({"a.py": f"{NAMES[0]}(1)\n# define {NAMES[0]}"}, None),
        ({"a.py": f"def {NAMES[0]}x(): pass"}, None),
        ({"a.py": f"def {NAMES[0]}(): pass"}, "a.py"),
        ({"a.py": f"class  {NAMES[0]}: pass"}, "a.py"),
        ({"a.py": f"if True:\n\tdef {NAMES[0]}(): pass"}, "a.py"),
        ({"b.ipynb": notebook("import keras", f"def {NAMES[0]}(x):")}, "b.ipynb"),
        ({"b.ipynb": json.dumps({"source": f"import keras\ndef {NAMES[0]}(x):"})}, "b.ipynb"),
        ({"b.ipynb": f'{{"cells": ["def {NAMES[0]}(x):'}, "b.ipynb"),
        ({"a.py": f"def {NAMES[0]}(): 1", "b.py": f"def {NAMES[0]}(): 1\ndef {NAMES[1]}(): 1"}, "b.py"),
        ({"a.py": f"def {NAMES[0]}(): 1\n" * 9, "b.py": f"def {NAMES[0]}(): 1\ndef {NAMES[1]}(): 1"}, "b.py"),
        ({"b.py": f"def {NAMES[0]}(): 1", "a.py": f"def {NAMES[1]}(): 1"}, "a.py"),
        ({"a.py": f"def {NAMES[0]}(): 1", "03_attention.py": ""}, "03_attention.py"),
        ({"a.py": f"def {NAMES[0]}(): 1", "w/ada-03_Attention (1).py": ""}, "w/ada-03_Attention (1).py"),
        ({"03_attention_old.py": f"def {NAMES[0]}(): 1", "03_attention.py": ""}, "03_attention.py"),
        ({"a_03_attention.py": "", "b_03_attention.py": f"def {NAMES[0]}(): 1"}, "b_03_attention.py"),
        (
            {"notebooks/03_attention.py": "", "exercises/03_attention.py": f"def {NAMES[0]}(): 1"},
            "exercises/03_attention.py",
        ),
        ({"x/03_attention.py": "", "03_attention.py": ""}, "03_attention.py"),
        ({"103_attention.py": "", "03_attentions.py": "", "03_attention/a.py": ""}, None),
    ],
)
def test_the_file_of_a_sheet(files, chosen):
    assert choose_file(files, ATTENTION) == chosen
    assert choose_file(dict(reversed(files.items())), ATTENTION) == chosen


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_the_courses_own_files_are_told_by_what_they_define(sheet):
    sheets = read_sheets(Path(__file__).parents[3] / "exercises")
    files = {f"{number}.py": text for number, text in enumerate(sheets.values())}
    names = list(sheets)
    assert names[int(choose_file(files, sheet).removesuffix(".py"))] == f"{sheet.name}.ipynb"


@given(st.text('def class\t\n\\"_a0(', max_size=300), st.text("03_atention/. ", max_size=30))
def test_any_text_is_searched(text, name):
    assert choose_file({name: text}, ATTENTION) in (name, None)


@pytest.mark.parametrize(
    "piece", ["def ", "def", "class\t", "\\n", " ", "\t", "a", "def a", "\\ndef " + " " * 19, '"', "_0"]
)
def test_the_search_takes_no_longer_than_the_text_is_long(piece):
    size = 4 * 2**20
    started = time.perf_counter()
    choose_file({"03_attention" * 1000 + ".py": piece * (size // len(piece))}, ATTENTION)
    assert time.perf_counter() - started < 4  # quadratic search would take hours


def test_intake_needs_no_backend():
    module = "course_lib.grading.classroom.submissions"
    code = f"import sys, {module}; print({{'keras', 'tensorflow'}} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_files_of_other_sheets_are_left_out_when_a_sheet_is_asked_for(tmp_path):
    for name in ("ada_01_language_models.py", "ada_03_attention.py", "bob.py", "cleo_01_language_models.py"):
        (tmp_path / name).write_text("")
    found = find_submissions(tmp_path, sheets=["03_attention"])
    assert [(each.student, each.name) for each in found] == [
        ("ada", "ada_03_attention.py"),
        ("bob", "bob.py"),
    ]
    assert found[0].notes == ()
    (tmp_path / "submissions.csv").write_text("entry,student,submitted_at\nada_01_language_models.py,ada,\n")
    assert len(find_submissions(tmp_path, sheets=["03_attention"])) == 2


@pytest.mark.parametrize(
    "name",
    ["Ada Byron_123_assignsubmission_file_", "Ada Byron_123_assignsubmission_file"]
    + [
        "Ada Byron_123_assignsubmission_file_03_attention.ipynb",
        "Ada Byron_123_assignsubmission_onlinetext_",
    ],
)
def test_moodles_form_says_the_student_and_the_participant(name):
    parsed = parse_entry_name(name, is_folder="." not in name)
    assert (parsed.student, parsed.account, parsed.is_late) == ("Ada Byron", "123", False)


def test_a_zip_alone_in_a_folder_is_read(tmp_path):
    folder = tmp_path / "Ada Byron_123_assignsubmission_file"
    folder.mkdir()
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("03_attention.py", "x = 1")
    assert read_sheets(folder) == {"03_attention.py": "x = 1"}
    (folder / "03_attention.py").write_text("x = 2")
    assert read_sheets(folder) == {"03_attention.py": "x = 2"}
