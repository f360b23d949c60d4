import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from support.grading_class import make_class, right_verdict, wrong_verdict

from course_lib.grading.classroom.record import ExerciseMark, Finding, Record
from course_lib.grading.classroom.reports import (
    NoMark,
    class_page,
    gradescope_results,
    marks_table,
    student_file_name,
    student_page,
)
from course_lib.grading.classroom.reports.class_statistics import (
    Misconception,
    exercise_rows,
    most_frequent,
)
from course_lib.grading.classroom.reports.figures import as_svg, mistake_bars, passed_bars
from course_lib.grading.classroom.reports.judged_code import judged_code
from course_lib.grading.classroom.reports.marks_table import guarded, unguarded
from course_lib.grading.classroom.reports.text import LONGEST, tidy, tidy_line
from course_lib.grading.judging.example import Example
from course_lib.grading.judging.exercise import find_exercise, load_exercises, load_sheets
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES

SHEET = "03_attention"
EXERCISES = [exercise.name for sheet in load_sheets() if sheet.name == SHEET for exercise in sheet.exercises]
RUN = {"started": "2026-03-08T09:00:00+00:00", "sheets": [SHEET], "seed": 4711, "course_version": "0.4"}
HOSTILE = (
    "\"'><script>alert(1)</script><img src=//evil.example onerror=alert(1)></style></title></pre>-->"
    "<a href='javascript:alert(1)' onclick=x>{{ 7 * 7 }}{% raw %}&lt;b&gt;\x1b[31m\x00\u202e\ud800\r"
)
HARMLESS = "word"
VOID = {"meta", "br"}
BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Page(HTMLParser):
    """Reads a page: its elements and their attributes, its text, and whether every element is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self.open = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, attributes))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open[-1:]:
            self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.texts))

    @property
    def skeleton(self):
        return [(tag, [name for name, _ in attributes]) for tag, attributes in self.elements]

    def values(self, *names):
        return [value for _, attributes in self.elements for name, value in attributes if name in names]


def record_of(verdicts, **changes):
    marks = tuple(ExerciseMark(verdict, 0.3, "") for verdict in verdicts)
    record = Record("ada", "ada.ipynb", "0" * 64, (SHEET,), 7, "bubblewrap", "marked", exercises=marks)
    return replace(record, **changes)


def test_points_of_a_part_stand_in_every_report():
    partial = [
        replace(wrong_verdict("masked_softmax", "empty_row_uniform", 5), points=4.2),
        replace(wrong_verdict("dot_score", "unknown_mistake", 5), points=0.1),
        right_verdict("attention_step", 5),
    ]
    record = record_of(partial)
    points = round(4.3 + partial[2].points, 2)
    assert record.points == points and Record.from_json(record.to_json()) == record
    page = Page(student_page(record))
    assert f"{points:g} of {record.possible} points" in page.text
    assert f"✗ masked_softmax: not yet (4.2 of {partial[0].possible} points)" in page.text
    assert f"{points:g}" in Page(class_page([record], RUN)).text
    (row,) = csv.DictReader(io.StringIO(marks_table([record])))
    assert (row["points"], row["masked_softmax"]) == (f"{points:g}", "4.2")
    assert gradescope_results(record)["tests"][0]["score"] == 4.2


def record_with(text):
    """A record that holds `text` wherever a submission or its file names could put it."""
    verdict = replace(
        wrong_verdict("masked_softmax", "wrong_axis", 5),
        message=text,
        hint=text,
        example=Example({text: text}, text, text),
        notes=(text,),
    )
    mark = ExerciseMark(verdict, 0.3, text)
    return record_of(
        [],
        student=text,
        path=text,
        problem=text,
        exercises=(mark,),
        findings=(Finding(text, text, text, text, text),),
        notes=(text,),
        submitted_at=text,
        is_late=True,
    )


def rich_record():
    """Passed, wrong with a case to show, raised, and blank."""
    return record_of(
        [
            right_verdict("dot_score", 5),
            wrong_verdict("masked_softmax", "wrong_axis", 5),
            wrong_verdict("additive_score", "raised", 5),
            wrong_verdict("attention_step", "not_attempted", 5),
        ],
        submitted_at="2026-03-01T23:59:00+01:00",
        is_late=True,
        notes=("`ada_2.ipynb` counts.",),
    )


@pytest.fixture(scope="module")
def big_class():
    return make_class(EXERCISES, 60)


@pytest.fixture(scope="module")
def big_page(big_class):
    return class_page(big_class, RUN)


# ---- text and file names


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x\x1b]8;;http://evil.example\x1b\\y", "xy"),
        ("a\x00b\u202ec\ud800d\x9be\x1b", "a�b�c�d�e�"),
        ("10%\r20%\r\nend\u2028x", "10%\n20%\nend\nx"),
        ("héllo 中文 שלום \U0001f469\u200d\U0001f52c", "héllo 中文 שלום \U0001f469\u200d\U0001f52c"),
    ],
)
def test_tidy_shows_what_can_be_seen(text, shown):
    assert tidy(text) == shown


@pytest.mark.parametrize("start", ["", "\x1b[", "\x1b]"])
@pytest.mark.parametrize("unit", ["x", "\n", "0", "\x00", "\x1b[", "\x1b]", "\x1b[0m", "\x1b[0 "])
def test_tidy_cuts_a_megabyte_and_says_so(start, unit):
    text = start + unit * (10**6 // len(unit))
    shown = tidy(text)
    assert len(shown) < LONGEST + 60 and shown.endswith(f"(cut: {len(text):,} characters in all)")


def test_tidy_leaves_what_just_fits():
    assert tidy("x" * LONGEST) == "x" * LONGEST
    assert tidy_line(" a\n\tb ") == "a b"


def test_a_file_name_is_safe_and_no_two_students_share_one():
    students = ["ada", "Ada", "ADA", "a.da", "a-da", "a/da", "a\\da", "a da", "a:b", "../ada", "-ada", ".ada"]
    students += ["", ".", "..", "ada.", "ada ", "ada\n", "\ud800", "\x00", "e", "é", "e\u0301", "中文"]
    students += ["ada@uni", "con", "CON", "con.txt", "nul", "lpt1", "com9.x"]
    students += ["x" * length for length in (60, 61, 70, 10**6)]
    # Chosen to look like the name that somebody else gets.
    students += [student_file_name(student) for student in students if student_file_name(student) != student]
    names = [student_file_name(student) for student in students]
    assert len(students) == len(set(students))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", name) and len(name) <= 60 for name in names)
    assert not [name for name in names if name.split(".")[0] in ("con", "prn", "aux", "nul", "lpt1", "com9")]
    assert student_file_name("s123_b.c-d") == "s123_b.c-d"


# ---- pages


@pytest.mark.parametrize(
    "write", [student_page, lambda record: class_page([record], RUN)], ids=["student", "class"]
)
@pytest.mark.parametrize("status", ["marked", "unreadable", "fault"])
def test_hostile_text_makes_no_element_and_no_attribute(write, status):
    texts = {}
    for text in (HOSTILE, HARMLESS):
        record = replace(record_with(text), status=status)
        if status == "fault":
            record = replace(record, exercises=())
        texts[text] = write(record)
    hostile, harmless = Page(texts[HOSTILE]), Page(texts[HARMLESS])
    assert hostile.skeleton == harmless.skeleton
    assert "<script>alert(1)</script>" in hostile.text and "{{ 7 * 7 }}" in hostile.text
    assert not BAD.search(texts[HOSTILE].replace("\n", ""))
    texts[HOSTILE].encode("utf-8")


def test_code_between_backticks_is_escaped_too():
    record = record_with("`<img src=x onerror=alert(1)>` and ` one more")
    page = Page(student_page(record))
    assert "img" not in {tag for tag, _ in page.elements}
    assert "<code>&lt;img src=x onerror=alert(1)&gt;</code> and ` one more" in student_page(record)


def test_a_page_stays_small_however_much_was_printed():
    record = record_with("x" * 10**6)
    assert len(student_page(record)) < 100_000
    assert len(class_page([record], RUN)) < 100_000


@pytest.mark.parametrize("which", ["student", "hostile student", "class"])
def test_a_page_refers_to_nothing_outside_itself(which, big_page):
    pages = {
        "student": lambda: student_page(rich_record()),
        "hostile student": lambda: student_page(record_with(HOSTILE)),
        "class": lambda: big_page,
    }
    text = pages[which]()
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "image"}
    assert not [name for _, names in page.skeleton for name in names if name.startswith("on")]
    assert not page.values("src", "srcset", "action", "data")
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for link in page.values("href", "xlink:href"):
        is_student = re.fullmatch(r"students/[a-z0-9_.-]+\.html", link)
        assert is_student if which == "class" and not link.startswith("#") else link[1:] in ids
    styles = re.findall(r"<style.*?</style>", text, re.DOTALL) + page.values("style", "clip-path", "fill")
    assert "@import" not in "".join(styles)
    assert all(target[1:] in ids for target in re.findall(r"url\(['\"]?(.*?)\)", "".join(styles)))


def test_the_student_page_says_all_of_every_exercise():
    record = rich_record()
    page = Page(student_page(record))
    assert "4 of 24 points" in page.text and record.points == 4
    assert "1 of 4 exercises passed" in page.text
    assert "1 March 2026, 23:59" in page.text and "after the deadline" in page.text
    assert "ada_2.ipynb counts." in page.text and "bubblewrap" in page.text
    assert "course grade-one ada.ipynb --sheet 03_attention --seed 7" in page.text
    for mark in record.exercises:
        verdict = mark.verdict
        assert f"#exercise-{verdict.exercise}" in page.values("href")
        assert f"check({verdict.exercise}, seed={verdict.seed})" in page.text
        for words in (verdict.message, verdict.hint):
            assert " ".join(words.replace("`", "").split()) in page.text
        for _, shown in verdict.example.lines() if verdict.example else ():
            assert " ".join(shown.split()) in page.text
    assert page.text.count("Look at:") == 3 and page.text.count("The smallest case that shows it") == 2


def test_a_command_to_copy_quotes_what_the_student_chose():
    record = record_of([right_verdict("dot_score", 5)], path="a b; rm -rf $(x).ipynb")
    assert "course grade-one 'a b; rm -rf $(x).ipynb' --sheet" in Page(student_page(record)).text


def test_findings_are_for_the_instructor_alone():
    finding = Finding(
        "disallowed_call", "Calls what it should write.", "cell 4, line 2", "ops.dpa(q)", "dot_score"
    )
    record = replace(rich_record(), findings=(finding,))
    assert student_page(record) == student_page(rich_record())
    text = Page(class_page([record], RUN)).text
    for words in ("disallowed call", finding.message, finding.place, finding.source):
        assert words in text


def test_a_fault_is_said_plainly_and_has_no_points():
    record = record_of([], status="fault", problem="OSError: no space left")
    page = Page(student_page(record))
    assert "no mark was given" in page.text and "marked again on the next run" in page.text
    assert not re.search(r"\d+ (of \d+ )?points", page.text) and "OSError" not in page.text
    text = Page(class_page([record], RUN)).text
    assert "OSError: no space left" in text and "There are no marks yet" in text


def test_an_unreadable_submission_learns_why():
    verdict = wrong_verdict("dot_score", "sheet_failed", 5)
    record = record_of([verdict], status="unreadable", problem="Broken JSON at line 3.")
    page = Page(student_page(record))
    assert "Broken JSON at line 3." in page.text and "0 of 4 points" in page.text
    assert not page.values("href")


def test_the_class_page_counts_what_the_records_hold(big_class, big_page):
    marked = [record for record in big_class if record.status == "marked"]
    expected = Counter(
        (mark.verdict.exercise, mark.verdict.diagnosis)
        for record in marked
        for mark in record.exercises
        if not mark.verdict.passed
    )
    rows = exercise_rows(big_class)
    found = {
        (mistake.exercise, mistake.diagnosis): len(mistake.students)
        for row in rows
        for mistake in row.misconceptions
    }
    assert found == expected and len(found) > 20
    for row in rows:
        counts = [len(mistake.students) for mistake in row.misconceptions]
        assert counts == sorted(counts, reverse=True)
        assert row.passed + sum(counts) == row.total == len(marked) == 58
        assert row.total - row.tried == expected[row.exercise, "not_attempted"]
    assert [row.share for row in rows] == sorted(row.share for row in rows)
    page = Page(big_page)
    assert "60 submissions" in page.text and "1 not marked" in page.text and "1 unreadable" in page.text
    for row in rows:
        assert f"{row.passed} of {row.total}" in page.text
        for mistake in row.misconceptions:
            message = find_exercise(row.exercise).mistakes.get(mistake.diagnosis)
            assert (mistake.kind == "known") == (message is not None)
            assert mistake.label in page.text
            if message:
                assert message.message.replace("`", "") in page.text


def test_the_class_page_links_every_student_behind_a_diagnosis(big_class, big_page):
    links = Counter(value for value in Page(big_page).values("href") if value.startswith("students/"))
    for record in big_class:
        is_marked = record.status == "marked"
        failed = sum(not mark.verdict.passed for mark in record.exercises) if is_marked else 0
        lists = 1 + failed + len(record.findings) + record.is_late + (not is_marked)
        assert links[f"students/{student_file_name(record.student)}.html"] == lists
    assert sum(links.values()) > 100


def test_a_diagnosis_that_the_sheet_no_longer_lists_keeps_its_words():
    verdict = replace(wrong_verdict("dot_score", "raised", 5), diagnosis="dropped", message="Old words.")
    unknown = replace(verdict, exercise="withdrawn")
    (row,) = exercise_rows([record_of([verdict])])
    assert (row.misconceptions[0].kind, row.misconceptions[0].words) == ("other", "Old words.")
    record = record_of([verdict, unknown])
    assert "Old words." in Page(class_page([record], RUN)).text
    assert "Other exercises" in Page(student_page(record)).text


def test_blanks_are_not_among_the_most_frequent_mistakes():
    blank = wrong_verdict("dot_score", "not_attempted", 5)
    wrong = wrong_verdict("masked_softmax", "wrong_axis", 5)
    rows = exercise_rows([record_of([blank, wrong], student=name) for name in "abc"])
    assert [mistake.diagnosis for mistake in most_frequent(rows, 5)] == ["wrong_axis"]


@pytest.mark.parametrize("records", [[], [record_of([])], [record_of([right_verdict("dot_score", 5)])]])
def test_the_smallest_classes_have_a_page(records):
    assert f"{len(records)} submission" in Page(class_page(records, {})).text


def test_the_class_page_shows_the_facts_of_the_run():
    text = class_page([], {"course_version": "0.4", "sheets": ["a", "b"], "due": None})
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text)
    assert facts == [("course version", "0.4"), ("sheets", "a, b")]


def test_the_same_records_give_the_same_page(big_class, big_page):
    assert class_page(big_class[::-1], RUN) == big_page


# ---- plots


def longest_misconceptions():
    """Every known mistake of the course, the longest labels first."""
    mistakes = [
        Misconception(exercise.name, mistake, "known", "", tuple("x" * 300))
        for exercise in load_exercises().values()
        for mistake in exercise.mistakes
    ]
    mistakes += [Misconception("masked_softmax", kind, "other", "", ("x",)) for kind in GENERIC_DIAGNOSES]
    return sorted(mistakes, key=lambda mistake: -len(mistake.exercise + mistake.label))[:12]


@pytest.mark.parametrize("num_students", [1, 300])
def test_no_label_of_a_plot_is_clipped_and_none_overlap(num_students):
    row = exercise_rows([record_of([wrong_verdict("dot_score", "raised", 5)])])[0]
    rows = [
        replace(row, exercise=name, total=num_students, passed=0, tried=num_students)
        for name in [*load_exercises(), *[f"x{number}" for number in range(8)]]
    ]
    for figure in (
        mistake_bars(longest_misconceptions(), 300, names_exercise=True),
        passed_bars(rows),
        passed_bars(rows[:1]),
    ):
        figure.draw_without_rendering()
        labels = [
            text.get_window_extent()
            for axes in figure.axes
            for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.label)
            if text.get_text() and text.get_visible() and (axes.axison or text in axes.texts)
        ]
        assert len(labels) >= 2
        box = figure.bbox
        for label in labels:
            assert box.x0 - 1 <= label.x0 and label.x1 <= box.x1 + 1
            assert box.y0 - 1 <= label.y0 and label.y1 <= box.y1 + 1
        assert not [
            (one, other)
            for index, one in enumerate(labels)
            for other in labels[index + 1 :]
            if one.shrunk(1, 0.8).overlaps(other.shrunk(1, 0.8))
        ]


def test_a_plot_keeps_its_text_as_text():
    text = as_svg(mistake_bars(longest_misconceptions()[:3], 300, names_exercise=True), "one", 'a "b" <c>')
    page = Page(text)
    assert longest_misconceptions()[0].exercise in page.text
    assert page.values("aria-label") == ['a "b" <c>']
    assert all(value.startswith("one-") for value in page.values("id"))
    assert "<!DOCTYPE" not in text and "<metadata" not in text


# ---- marks.csv


def test_the_table_of_marks_reads_back_equal_and_adds_up(big_class):
    rows = list(csv.DictReader(io.StringIO(marks_table(big_class), newline="")))
    assert [row["student"] for row in rows] == [record.student for record in big_class]
    assert list(rows[0])[7:15] == EXERCISES
    whole = sum(find_exercise(name).points for name in EXERCISES)
    for row, record in zip(rows, big_class, strict=True):
        assert (row["seed"], row["tier"], row["status"]) == (str(record.seed), record.tier, record.status)
        assert (row["late"], row["submitted_at"]) == ("yes" if record.is_late else "no", record.submitted_at)
        assert (row["possible"], row["findings"]) == (str(whole), str(len(record.findings)))
        if record.status == "fault":
            assert row["points"] == row["percent"] == "" and not any(row[name] for name in EXERCISES)
        else:
            assert int(row["points"]) == sum(int(row[name] or 0) for name in EXERCISES)
            assert float(row["percent"]) == pytest.approx(100 * record.points / whole, abs=0.05)
    assert Counter(row["status"] for row in rows) == {"marked": 58, "unreadable": 1, "fault": 1}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "'=", "''+", "|", "%", "＝", "\r@"])
def test_no_cell_of_the_table_starts_a_formula(start):
    student = f"{start}HYPERLINK(1,2)"
    text = marks_table([record_of([right_verdict("dot_score", 5)], student=student, submitted_at=student)])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    for cell in (row["student"], row["submitted_at"]):
        assert cell.startswith("'") and unguarded(cell) == tidy_line(student)


@pytest.mark.parametrize(
    "text", ["", "Ada", "'t Hooft", 'O\'Neill, "Zoë"', "'", "=", "'=", "''-1", "a=b", "@x"]
)
def test_the_guard_comes_off_again(text):
    assert unguarded(guarded(text)) == text


def test_hostile_names_keep_the_table_in_one_piece():
    students = [HOSTILE, 'a,b;"c"', "x\ny", "\x00", "ada"]
    text = marks_table([record_of([right_verdict("dot_score", 5)], student=name) for name in students])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 6 and {len(row) for row in rows} == {11}
    assert rows[2][0] == 'a,b;"c"' and rows[3][0] == "x y"
    assert not BAD.search(text.replace("\n", ""))


def test_an_exercise_without_a_verdict_has_an_empty_cell():
    records = [record_of([right_verdict(name, 5)], student=name) for name in ("dot_score", "masked_softmax")]
    rows = list(csv.DictReader(io.StringIO(marks_table(records), newline="")))
    assert [(row["dot_score"], row["masked_softmax"]) for row in rows] == [("4", ""), ("", "6")]


# ---- Gradescope

TOP_KEYS = {
    *("score", "execution_time", "output", "output_format", "test_output_format", "test_name_format"),
    *("visibility", "stdout_visibility", "extra_data", "tests"),
}
TEST_KEYS = {"score", "max_score", "status", "name", "output", "output_format", "visibility", "extra_data"}


def test_gradescope_gets_points_that_add_up_and_the_whole_verdict():
    record = rich_record()
    results = json.loads(json.dumps(gradescope_results(record)))
    assert results.keys() <= TOP_KEYS and all(test.keys() <= TEST_KEYS for test in results["tests"])
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 4
    assert sum(test["max_score"] for test in results["tests"]) == record.possible == 24
    assert [test["status"] for test in results["tests"]] == ["passed", "failed", "failed", "failed"]
    assert results["extra_data"]["seed"] == 7 and "after the deadline" in results["output"]
    for test, mark in zip(results["tests"], record.exercises, strict=True):
        verdict = mark.verdict
        assert (test["name"], test["visibility"]) == (verdict.exercise, "visible")
        assert verdict.message in test["output"] and verdict.hint in test["output"]
        assert test["extra_data"] == {"seed": verdict.seed, "diagnosis": verdict.diagnosis}


def test_gradescope_never_gets_a_zero_for_a_fault():
    with pytest.raises(NoMark, match="no space left"):
        gradescope_results(record_of([], status="fault", problem="no space left"))


def test_gradescope_gets_a_zero_and_the_reason_for_what_cannot_be_read():
    results = gradescope_results(record_of([], status="unreadable", problem="Broken JSON."))
    assert results["score"] == 0 and "Broken JSON." in results["output"]


def test_gradescope_shows_findings_to_instructors_only():
    finding = Finding(
        "disallowed_call", "Calls what is disallowed.", "cell 4, line 2", "ops.dpa(q)", "dot_score"
    )
    results = gradescope_results(replace(rich_record(), findings=(finding,)))
    hidden = [test for test in results["tests"] if test["visibility"] == "hidden"]
    assert len(hidden) == 1 and "score" not in hidden[0] and "cell 4, line 2" in hidden[0]["output"]
    shown = {**results, "tests": [test for test in results["tests"] if test["visibility"] == "visible"]}
    assert "disallowed" not in json.dumps(shown) and results["score"] == 4


def test_gradescope_gets_plain_text_of_bounded_length():
    for text in (HOSTILE, "x" * 10**6):
        results = gradescope_results(record_with(text))
        written = json.dumps(results, ensure_ascii=False)
        written.encode("utf-8")
        assert len(written) < 60_000
        outputs = [results["output"], *[test["output"] for test in results["tests"]]]
        assert not [output for output in outputs if BAD.search(output.replace("\n", ""))]
        assert {test["output_format"] for test in results["tests"]} == {results["output_format"]} == {"text"}


def test_every_bad_character_of_the_tests_is_one():
    kinds = {unicodedata.category(character) for character in HOSTILE if BAD.match(character)}
    assert kinds == {"Cc", "Cf", "Cs"}


# ---- the code that was judged, and the instructor's comment

SHEET_TEXT = '''import keras


@keras.saving.register_keras_serializable()
class Layer:
    """A layer.

Its description stands at the margin.
"""

    def call(self, x):
        # one line

        return x


# the next
def double(
    number,
):
    return (
2 * number)
double(3)
def half(x): return x / 2
'''


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Layer", "class Layer:", "        return x"),
        ("double", "def double(", "2 * number)"),
        ("half", "def half(x): return x / 2", "def half(x): return x / 2"),
    ],
)
def test_the_code_is_cut_where_its_block_ends(name, first, last):
    notebook = json.dumps(
        {"cells": [{"cell_type": "code", "source": part} for part in (SHEET_TEXT, "check(double)")]}
    )
    for text, filename in ((SHEET_TEXT, "ada.py"), (notebook, "ada.ipynb")):
        lines = judged_code(text, filename, name).split("\n")
        assert (lines[0], lines[-1]) == (first, last)


def test_the_last_definition_is_the_one_that_was_judged():
    text = "def f(x):\n    return 1\n\n# %%\ndef f(x):\n    return 2\n\ndef f_2(x):\n    return 3\n"
    assert judged_code(text, "ada.py", "f") == "def f(x):\n    return 2"
    assert judged_code(text, "ada.py", "g") == judged_code("no notebook", "ada.ipynb", "f") == ""


@pytest.mark.parametrize("broken", ["    return (", "    x = '''", "\treturn 1\n        y", "    return x !"])
def test_code_that_is_no_python_is_shown_as_far_as_it_is_indented(broken):
    text = f"def f(x):\n{broken}\n    more\nprint(1)\n"
    assert judged_code(text, "ada.py", "f").startswith(f"def f(x):\n{broken}")
    assert "print" not in judged_code(text, "ada.py", "f")


def test_the_student_page_shows_the_code_and_no_code_of_a_blank():
    code = "def masked_softmax(scores, mask):\n    return ops.softmax(scores)  # <b>"
    marks = [replace(mark, code=code) for mark in rich_record().exercises]
    record = replace(rich_record(), exercises=tuple(marks))
    assert Record.from_json(record.to_json()) == record
    page = Page(student_page(record))
    assert page.text.count(" ".join(code.split())) == page.text.count("The code that was judged:") == 3
    assert ("span", [("class", "k")]) in page.elements


@pytest.mark.parametrize("code", [HOSTILE, "'" * 9000, "(1" * 9000, "x\n" * 9000, "\ud800\x00\u202e"])
def test_hostile_code_is_text(code):
    marks = tuple(replace(mark, code=code) for mark in record_with(HARMLESS).exercises)
    text = student_page(replace(record_with(HARMLESS), exercises=marks))
    plain, page = Page(student_page(record_with(HARMLESS))), Page(text)
    tags = Counter(tag for tag, _ in page.elements) - Counter(tag for tag, _ in plain.elements)
    assert set(tags) <= {"span", "pre", "p"}
    added = [attributes for tag, attributes in page.elements if tag == "span"]
    assert all(re.fullmatch(r"[a-z0-9 -]+", value) for names in added for _, value in names)
    assert not BAD.search(text.replace("\n", ""))
    assert len(text) < 200_000


def test_the_comment_of_the_instructor_stands_on_the_page():
    comment = "Good.\n\nLook at `dot_score` <again>.\n"
    page = Page(student_page(rich_record(), comment))
    assert "From your instructor Good. Look at dot_score <again>." in page.text
    assert "comment" in page.values("class") and "comment is-empty" not in page.values("class")
    assert "comment is-empty" in Page(student_page(rich_record())).values("class")


def test_the_page_names_what_gives_the_same_verdicts_and_ends_with_the_last_exercise():
    text = student_page(rich_record())
    assert text.index("course grade-one ada.ipynb") < text.index("<table>")
    assert Page(text).text.rstrip().endswith("in your sheet draws them again")
