import pytest

from course_lib.evaluation.labels.answers import answer_f1, answer_units, exact_match, normalise_answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Cat", "cat"),
        ("a cat, an owl & the ox", "cat owl ox"),
        ("theatre  a.m.", "theatre am"),
        ("U.S.", "us"),
        ("the", ""),
        ("“quoted”", "“quoted”"),  # SQuAD's script knows ASCII punctuation alone
    ],
)
def test_answers_are_normalised_as_by_squad(text, expected):
    assert normalise_answer(text) == expected


@pytest.mark.parametrize(
    ("said", "answers", "match", "f1"),
    [
        ("Denver Broncos", ["the Denver Broncos"], 1, 1),
        ("Denver", ["Denver Broncos"], 0, 2 / 3),
        ("the the cat cat", ["cat dog"], 0, 0.5),
        ("Broncos Denver", ["Denver Broncos"], 0, 1),
        ("", ["x"], 0, 0),
        ("the", ["a"], 1, 1),
        ("x", ["y", "x y", "z"], 0, 2 / 3),
    ],
)
def test_english_by_hand(said, answers, match, f1):
    assert exact_match(said, answers) == match
    assert answer_f1(said, answers) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("said", "answers", "match", "f1"),
    [
        ("光荣和ω-force", ["光荣和ω-force。"], 1, 1),
        ("光荣", ["光荣和omega"], 0, 2 * 2 / (2 + 4)),
        ("荣光", ["光荣"], 0, 0.5),  # two in another order share a run of one
        ("2009年", ["2009 年"], 1, 1),
    ],
)
def test_chinese_by_hand(said, answers, match, f1):
    assert exact_match(said, answers, answer_units) == match
    assert answer_f1(said, answers, answer_units) == pytest.approx(f1)


def test_no_answers():
    with pytest.raises(ValueError, match="one right answer at least"):
        exact_match("x", [])
    with pytest.raises(ValueError, match="one right answer at least"):
        answer_f1("x", [])
