import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.text import join_pieces, join_words, split_words


@pytest.mark.parametrize(
    "text",
    [
        "a man's t-shirt.",
        "a 10-year-old boy, who can't swim!",
        'the sign says "stop", he said.',
        "they're 3.5 metres (11 feet) high; it's 10:30.",
        "1,000 people in 2010, 12 of them here?",
        "l'homme et l'eau aujourd'hui, qu'il n'a pas.",
        "wie geht's?",
        "我爱你。keras 很好!",
        "東京タワー、高い。",
        "wait...",
    ],
)
def test_captions_come_back_as_written(text):
    assert join_words(split_words(text)) == text


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("the boys' shirts", "the boys ' shirts"),
        ("a 'stop' sign", "a ' stop ' sign"),
        ("costumes - 3 couples", "costumes-3 couples"),
        ("5 % off , wow !", "5% off, wow!"),
    ],
)
def test_documented_losses(text, joined):
    assert join_words(split_words(text)) == joined


def test_pieces_join_even_where_a_model_wrote_them_out_of_place():
    assert join_pieces(["##ed", "want", "##ed", "[UNK]", "##s", "#"]) == ["ed", "wanted", "[UNK]s", "#"]


@given(
    st.text(alphabet="ab1sd '’\"-.,:;!?%()[]$#猫ねこ。、，é\u0301", max_size=40) | st.text(), st.booleans()
)
def test_splitting_again_gives_the_same_words(text, lower_case):
    words = split_words(text, lower_case)
    assert split_words(join_words(words), lower_case) == words
