"""Short questions: judged as declared, given away by nothing, and quoting only what was measured."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import mean

import pytest

from course_lib.authoring.exercises import titles_of_chapter
from course_lib.grading.judging.exercise import load_exercises, load_sheets
from course_lib.grading.questions import find_question, judge, load_questions

ROOT = Path(__file__).parents[3]
QUESTIONS = load_questions()
SHEETS = [sheet.name for sheet in load_sheets()]
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
NUMBER = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+)?(?:e[-−]?\d+)?")


def shown_in(sheet):
    """All that the executed chapter says and shows, as text with plain numbers."""
    cells = json.loads((ROOT / f"notebooks/{sheet}.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for cell in cells:
        for output in cell.get("outputs", ()):
            texts.append("".join(output.get("text", "")))
            data = output.get("data", {})
            texts += ["".join(data.get(kind, "")) for kind in ("text/markdown", "text/plain")]
    return "\n".join(texts)


def plain(number):
    return number.replace("−", "-").replace(",", "").lstrip("+")


def quoted(text):
    """The numbers of a text that somebody must have measured: those of two digits and more."""
    found = (number for number in NUMBER.findall(text) if sum(map(str.isdigit, number)) > 1)
    return {plain(number).lstrip("-") for number in found}


def is_measured(number, known):
    """Whether a number stands in the chapter, perhaps with more digits."""
    decimals = len(number.partition("e")[0].partition(".")[2])
    return any(value == float(number) or round(value, decimals) == float(number) for value in known)


@pytest.fixture(scope="module")
def numbers_of():
    found = {}

    def of(sheet):
        if sheet not in found:
            found[sheet] = {abs(float(plain(number))) for number in NUMBER.findall(shown_in(sheet))}
        return found[sheet]

    return of


def test_every_chapter_has_three():
    assert Counter(question.sheet for question in QUESTIONS) == dict.fromkeys(SHEETS, 3)
    assert not load_exercises().keys() & {question.name for question in QUESTIONS}


@every_question
def test_a_question_is_complete_and_of_a_fitting_length(question):
    assert re.fullmatch(r"[a-z][a-z_]{5,40}", question.name)
    assert 40 <= len(question.text) <= 320 and question.text.rstrip().endswith("?")
    assert question.letters == "abcd"
    assert (
        len({answer.text for answer in question.answers})
        == len({answer.reason for answer in question.answers})
        == 4
    )
    for answer in question.answers:
        assert 40 <= len(answer.text) <= 120 and answer.text.endswith("."), answer.text
        assert 40 <= len(answer.reason) <= 220 and answer.reason.endswith((".", "?")), answer.reason
        assert answer.reason not in answer.text


@every_question
def test_exactly_the_declared_answers_are_right(question):
    for size in range(len(question.letters) + 1):
        for letters in combinations(question.letters, size):
            judgement = judge(question, letters)
            assert judgement.passed == ("".join(letters) == question.right)
            assert {remark.letter for remark in judgement.remarks} == set(letters)
    for answer in question.answers:
        (remark,) = judge(question, answer.letter).remarks
        assert remark.reason == answer.reason and remark.is_right == (answer.letter in question.right)


@every_question
def test_the_sections_named_exist(question):
    titles = titles_of_chapter(ROOT, question.sheet)
    for section in {question.section, *(answer.section for answer in question.answers)}:
        assert section in titles, section
    chapter = json.loads((ROOT / f"notebooks/{question.sheet}.ipynb").read_text(encoding="utf-8"))
    identity = question.link().partition("cell-id=")[2]
    assert identity in {cell["id"] for cell in chapter["cells"]}


@every_question
def test_what_is_quoted_stands_in_the_chapter(question, numbers_of):
    said = [question.text, *(text for answer in question.answers for text in (answer.text, answer.reason))]
    known = numbers_of(question.sheet)
    assert not {number for text in said for number in quoted(text) if not is_measured(number, known)}


def test_no_letter_is_right_too_often():
    counts = Counter(question.right for question in QUESTIONS)
    assert set(counts) == set("abcd") and max(counts.values()) - min(counts.values()) <= 4
    for sheet in SHEETS:
        assert len({question.right for question in load_questions(sheet)}) > 1, sheet


def test_the_length_of_an_answer_is_no_clue():
    ranks, ratios = Counter(), []
    for question in QUESTIONS:
        lengths = {answer.letter: len(answer.text) for answer in question.answers}
        right = lengths.pop(question.right)
        ranks[sum(right > length for length in lengths.values())] += 1  # 0 the shortest, 3 the longest
        ratios.append(right / mean(lengths.values()))
        assert 0.6 < ratios[-1] < 1.5, question.name
    assert max(ranks[0], ranks[3]) <= 0.4 * len(QUESTIONS), ranks
    assert 0.93 < mean(ratios) < 1.07


def test_words_are_no_clue():
    """*Always* and *never* stand in right answers as often as in wrong ones, or nearly."""
    strong = re.compile(r"\b(always|never|all|any|every|nothing|only|cannot|no)\b", re.IGNORECASE)
    shares = {}
    for is_right in (True, False):
        texts = [one.text for question in QUESTIONS for one in question.answers if one.is_right == is_right]
        shares[is_right] = mean(bool(strong.search(text)) for text in texts)
    assert abs(shares[True] - shares[False]) < 0.25, shares


def test_numbers_are_found_as_they_are_written():
    assert quoted("from −5.88 to 0.5, 2,048 bits, 78 %, k = 3") == {"5.88", "0.5", "2048", "78"}
    assert (
        is_measured("0.33", {0.332}) and not is_measured("0.34", {0.332}) and is_measured("0.00002", {1.9e-5})
    )
    assert find_question("too_good_perplexity").section == "1.1"
