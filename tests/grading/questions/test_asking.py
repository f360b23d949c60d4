"""A question is asked and judged alike in the terminal, in the sheet and by whoever calls the functions."""

import builtins
from pathlib import Path

import nbformat
import pytest

from course_lib.authoring.exercises import question_cells
from course_lib.authoring.links import link_to_exercise, links_in, section_of
from course_lib.cli import main
from course_lib.grading import answer
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.progress import Progress
from course_lib.grading.questions import UnknownQuestion, judge, load_questions
from course_lib.grading.questions.question import parse_questions

ROOT = Path(__file__).parents[3]
NAME = "too_good_perplexity"  # b is right
SEVERAL = """
[[question]]
name = "two_of_three"
section = "3.4"
right = "ac"
text = "Which?"
[[question.answer]]
text = "One & `a < b`."
reason = "Because <b>so</b>."
[[question.answer]]
text = "Two."
reason = "Not *so*."
see = "3.7"
[[question.answer]]
text = "Three."
reason = "And so."
"""
(TWO_OF_THREE,) = parse_questions("03_attention", SEVERAL)


@pytest.fixture
def typed(monkeypatch):
    """Lets the test type lines; after the last one the input ends."""

    def type_lines(*lines):
        waiting = iter(lines)

        def read(prompt):
            print(prompt, end="")
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(builtins, "input", read)

    return type_lines


def test_the_terminal_asks_until_it_is_right(typed, capsys):
    typed("d", "x", "B", "", "a")
    assert main(["ask", "1"]) == 1
    said = capsys.readouterr().out
    assert "✗ too_good_perplexity: not yet" in said and "14.08" in said
    assert "expected a, b, c, d. Received: x" in said and "✓ too_good_perplexity: right" in said
    assert "2 of 3 right." in said
    typed("b", "d", "a")
    assert main(["ask", "01_language_models"]) == 0
    assert "3 of 3 right." in capsys.readouterr().out
    typed()
    assert main(["ask", NAME]) == 1, "an input that ends is no answer"


def test_what_is_answered_is_kept_and_shown_as_progress(typed, capsys, tmp_path, monkeypatch):
    (tmp_path / "exercises").mkdir()
    monkeypatch.chdir(tmp_path)
    typed("b", "", "a", "d")
    main(["ask", "1"])
    main(["ask", "eighteen_per_cent", "--answer", "d"])
    answer("scaled_and_behind", "c")
    kept = Progress().of_question
    assert kept(NAME) == {"chosen": "b", "passed": True}
    assert kept("scaled_and_behind") == {"chosen": "c", "passed": False}
    for exercise in load_exercises().values():
        points = 0.25 if exercise.points < 5 else exercise.points
        Progress().record(Verdict(exercise.name, points > 1, points, exercise.points, None, "", "", 0, 5))
    capsys.readouterr()
    assert main(["progress"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines[:-1])) <= 80 and "…" not in "".join(lines)
    assert [line.split()[-2] for line in lines if " questions" in line][:3] == ["2/3", "0/3", "1/3"]
    assert "3 of 51 questions right." in lines[-2]


def test_one_answer_is_judged_without_asking(capsys):
    assert main(["ask", NAME, "--answer", "b"]) == 0
    assert main(["ask", NAME, "--answer", "a"]) == 1
    capsys.readouterr()
    for arguments, words in (
        (["01", "--answer", "b"], "01 has 3"),
        ([NAME, "--answer", "z"], "Received: z"),
        (["too_good_perplexty"], f"Did you mean {NAME}"),
        (["99"], "No question is called '99'"),
    ):
        assert main(["ask", *arguments]) == 2
        assert words in capsys.readouterr().err


def test_a_sheet_says_what_the_terminal_says():
    assert repr(answer(NAME, "d")) == str(judge(NAME, "d"))
    assert answer(NAME).outcome == "blank" and not answer(NAME).passed
    shown = answer(NAME, "d")._repr_html_()
    assert 'href="../notebooks/01_language_models.ipynb#cell-id=section-1-1"' in shown and "11.67" in shown
    with pytest.raises(UnknownQuestion, match=f"Did you mean {NAME}"):
        answer("too_good_perplexit", "a")


def test_a_question_may_have_several_right_answers():
    assert judge(TWO_OF_THREE, "c, a").passed and judge(TWO_OF_THREE, ["a", "c"]).passed
    part, wrong = judge(TWO_OF_THREE, "a"), judge(TWO_OF_THREE, "ab")
    assert not part.passed and part.advice == "There is more that is right." and "There is more" in str(part)
    assert not wrong.passed and not wrong.advice
    assert [(remark.letter, remark.section) for remark in wrong.remarks] == [("b", "3.7"), ("a", "3.4")]
    assert "(More than one answer is right.)" in str(TWO_OF_THREE)
    assert "*More than one answer is right.*" in question_cells([TWO_OF_THREE], {})[2]["source"]


def test_of_letters_that_were_not_chosen_nothing_is_said():
    judged = judge(NAME, "a")
    assert judged.outcome == "not yet" and [remark.letter for remark in judged.remarks] == ["a"]
    question = next(one for one in load_questions() if one.name == NAME)
    assert not [one.reason for one in question.answers if one.letter != "a" and one.reason in str(judged)]


def test_what_is_shown_is_escaped():
    shown = judge(TWO_OF_THREE, "ab")._repr_html_()
    assert "&lt;b&gt;so&lt;/b&gt;" in shown and "<b>so" not in shown and "<em>so</em>" in shown


@pytest.mark.parametrize("sheet", [sheet.name for sheet in load_sheets()])
def test_the_sheet_has_its_questions_at_the_end(sheet):
    cells = nbformat.read(ROOT / f"exercises/{sheet}.ipynb", as_version=4).cells
    start = next(index for index, cell in enumerate(cells) if cell.id == "questions")
    assert [cell.cell_type for cell in cells[start:]] == ["markdown", "code"] + ["markdown", "code"] * 3
    for number, question in enumerate(load_questions(sheet)):
        text, code = cells[start + 2 + 2 * number : start + 4 + 2 * number]
        assert question.link() in links_in(text.source) and question.text in text.source
        assert all(f"- **{one.letter})** {one.text}" in text.source for one in question.answers)
        assert code.source == f'answer("{question.name}", "")'
        assert not [one.reason for one in question.answers if one.reason in text.source]


@pytest.mark.parametrize("sheet", [sheet.name for sheet in load_sheets()])
def test_the_chapter_leads_to_each_question_at_the_end_of_its_section(sheet):
    questions = {f"question-{question.name}": question.section for question in load_questions(sheet)}
    section, found = None, {}
    for cell in nbformat.read(ROOT / f"notebooks/{sheet}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            section = section_of(cell.source) or section
            for link in links_in(cell.source):
                name = link.removeprefix(link_to_exercise(sheet, ""))
                if name in questions:
                    found[name] = section[1].split()[0]
    assert found == questions


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('right = "ac"', 'right = "ad"'), "`right` must name some of the letters abc"),
        (('right = "ac"', 'right = "abc"'), "not all"),
        (('right = "ac"', 'right = ""'), "`right` must be text"),
        (('name = "two_of_three"\n', ""), "`name` is missing"),
        (('reason = "And so."\n', ""), "answer c: `reason` is missing"),
        (('see = "3.7"', 'sea = "3.7"'), "sea: not a known key"),
        (('text = "Which?"', "text = 7"), "`text` must be text"),
        (("[[question]]", "[[questions]]"), "expected \\[\\[question\\]\\] tables"),
        (('right = "ac"', "right = ac"), "not valid TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(change, words):
    with pytest.raises(ValueError, match=words):
        parse_questions("03_attention", SEVERAL.replace(*change))
