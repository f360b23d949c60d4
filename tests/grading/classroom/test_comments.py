"""What the instructor says about an exercise stands on the page of its student, and nowhere else."""

from dataclasses import replace

import pytest
from support.grading_class import make_class
from support.submissions import RIGHT, SHEET, grade, hand_in

from course_lib import __version__
from course_lib.grading.classroom.gradebook import Gradebook
from course_lib.grading.classroom.reports import student_file_name, student_page
from course_lib.grading.classroom.reports.comments import read_comments

STUDENTS = ["ada", "Bob"]
EXERCISES = ["masked_softmax", "dot_score"]
EVIL = "<script>alert(1)</script> & `a < b`"


def written(tmp_path, text):
    path = tmp_path / "comments.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_comments_are_read_by_student_and_exercise(tmp_path):
    text = (
        "student,exercise,comment\n"
        'ada,masked_softmax,"Right, and\nshort."\n'
        "ada,masked_softmax,See also 3.4.\n"
        "ada,,A good sheet.\n"
        ",,\n"
        "Bob,dot_score,=1+1\n"
    )
    assert read_comments(written(tmp_path, text), STUDENTS, EXERCISES) == {
        "ada": {"masked_softmax": "Right, and\nshort.\n\nSee also 3.4.", "": "A good sheet."},
        "Bob": {"dot_score": "=1+1"},
    }
    semicolons = "\ufeffstudent;exercise;comment\r\nada;dot_score;So, so\r\n"
    assert read_comments(written(tmp_path, semicolons), STUDENTS, EXERCISES) == {
        "ada": {"dot_score": "So, so"}
    }
    assert read_comments(tmp_path / "none.csv", STUDENTS, EXERCISES) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("student,exercise,comment\nadda,dot_score,x\n", "row 2, column student: .*'adda'. Did you mean ada"),
        ("student,exercise,comment\nbob,,x\n", "'bob'. Did you mean Bob"),
        ("student,exercise,comment\nada,masked_sofmax,x\n", "column exercise: .*Did you mean masked_softmax"),
        ("student,exercise,comment\nada,zzz,x\n", "Received: 'zzz'.$"),
        ("student,comment\nada,x\n", "row 1: .*Missing: exercise"),
        ("student,exercise,comment\nada,dot_score,one, two\n", "row 2: .*as many cells"),
        ("student,exercise,comment\nada,dot_score\n", "row 2: .*as many cells"),
        ('student,exercise,comment\nada,dot_score,"x\n', "not a table"),
        (b"student,exercise,comment\nada,dot_score,\xff\n", "expected UTF-8"),
        ("", "Missing: student, exercise, comment"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, text, words):
    with pytest.raises(ValueError, match=words):
        read_comments(written(tmp_path, text), STUDENTS, EXERCISES)


def test_a_comment_stands_escaped_on_its_page_alone(tmp_path):
    records = make_class(["masked_softmax", "dot_score"], 2)
    with Gradebook(tmp_path / "marks") as gradebook:
        gradebook.save_settings({"seed": 7})
        line = f'{records[0].student},masked_softmax,"{EVIL}"\n{records[0].student},,Overall fine.\n'
        written(gradebook.folder, "student,exercise,comment\n" + line)
        gradebook.write_reports(records, {})
        pages = [
            (gradebook.folder / "students" / f"{student_file_name(record.student)}.html").read_text()
            for record in records
        ]
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <code>a &lt; b</code>" in pages[0]
    section = pages[0].split('id="exercise-masked_softmax"')[1].split("</section>")[0]
    assert "From your instructor:</b> &lt;script&gt;" in section
    assert "Overall fine." in pages[0] and "<script>" not in pages[0]
    assert "alert(1)" not in pages[1] and "Overall fine." not in pages[1]


def test_a_comment_on_somebody_who_is_not_marked_yet_is_no_mistake(tmp_path):
    records = make_class(["masked_softmax"], 2)
    with Gradebook(tmp_path / "marks") as gradebook:
        gradebook.save_settings({"seed": 7})
        written(gradebook.folder, f"student,exercise,comment\n{records[1].student},masked_softmax,Later.\n")
        gradebook.write_reports(records[:1], {})  # as after an interrupt
        assert len(list((gradebook.folder / "students").iterdir())) == 1
        gradebook.write_reports(records, {})
        page = gradebook.folder / "students" / f"{student_file_name(records[1].student)}.html"
        assert "Later." in page.read_text()


def test_a_comment_is_seen_where_no_exercise_is_shown():
    (record,) = make_class(["masked_softmax"], 1)
    page = student_page(
        replace(record, status="unreadable", problem="No sheet."), "", {"masked_softmax": "Come by."}
    )
    assert "<b>masked_softmax:</b> Come by." in page and 'class="comment is-empty"' not in page
    assert 'class="comment is-empty"' in student_page(record)


def test_a_wrong_table_stops_a_run_before_anything_is_marked(tmp_path, capsys):
    submissions = hand_in(tmp_path / "submissions", ada=RIGHT)
    with Gradebook(tmp_path / "marks") as gradebook:
        gradebook.save_settings({"seed": 7, "sheets": [SHEET], "course": __version__})
    written(tmp_path / "marks", "student,exercise,comment\neda,dot_score,x\n")
    assert grade(submissions, tmp_path / "marks", "--trust-submissions") == 2
    assert "comments.csv, row 2, column student" in capsys.readouterr().err
    assert not (tmp_path / "marks" / "records").exists() and not (tmp_path / "marks" / "marks.csv").exists()
