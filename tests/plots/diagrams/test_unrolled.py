"""The drawing of an encoder-decoder: what is read below, what is written above."""

import pytest
from matplotlib.patches import FancyBboxPatch

from course_lib.plots import unrolled_translator
from course_lib.plots.diagrams.unrolled import VECTOR_COLOUR


def test_the_decoder_reads_one_step_late():
    texts = {
        (round(text.get_position()[0]), text.get_position()[1]): text.get_text()
        for text in unrolled_translator(["the", "old", "cat"], ["so", "miro"], "<s>", "</s>").axes[0].texts
        if text.get_text()
    }
    assert [texts[position, -0.95] for position in (0, 1, 2)] == ["the", "old", "cat"]
    assert [texts[position, -0.95] for position in (4, 5, 6)] == ["<s>", "so", "miro"]
    assert [texts[position, 0.95] for position in (4, 5, 6)] == ["so", "miro", "</s>"]
    assert texts[3, 0] == "vector"


def test_one_box_for_each_step_and_one_for_the_vector():
    axes = unrolled_translator(list("abcde"), list("xyz")).axes[0]
    assert sum(isinstance(patch, FancyBboxPatch) for patch in axes.patches) == 5 + 1 + 4


def test_the_vector_goes_to_every_step_of_the_decoder_and_to_none_of_the_encoder():
    axes = unrolled_translator(list("abcde"), list("xyz")).axes[0]
    from_below = [
        text for text in axes.texts if getattr(text, "arrowprops", {}).get("color") == VECTOR_COLOUR
    ]
    assert [text.xy[0] + 0.2 for text in from_below] == pytest.approx([6, 7, 8, 9])
    assert all(text.xy[1] > text.xyann[1] for text in from_below)


def test_an_empty_sentence_is_refused():
    with pytest.raises(ValueError, match="Received: 0 and 1"):
        unrolled_translator([], ["so"])
