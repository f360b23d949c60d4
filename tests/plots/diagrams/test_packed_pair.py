"""The picture of a packed pair."""

import pytest

from course_lib.plots import packed_pair

TOKENS = ["[CLS]", "the", "grandmother", "[SEP]", "slept", "[SEP]", "[PAD]"]
SEGMENTS = [0, 0, 0, 0, 1, 1, 0]
MASK = [True] * 6 + [False]


def test_each_place_has_its_token_its_segment_and_its_position():
    texts = [text.get_text() for text in packed_pair(TOKENS, SEGMENTS, MASK).axes[0].texts]
    assert texts[:8] == [*TOKENS, "token"]
    assert texts[8:16] == [*map(str, SEGMENTS), "segment"] or texts[8:15] == [*map(str, SEGMENTS)]
    assert [text for text in texts if text in ("token", "segment", "position")] == [
        "token",
        "segment",
        "position",
    ]
    assert texts[-9:-2] == [str(position) for position in range(7)]


def test_segments_differ_in_colour_and_padding_is_pale():
    patches = packed_pair(TOKENS, SEGMENTS, MASK).axes[0].patches
    colours = [patch.get_facecolor() for patch in patches]
    of_segments = colours[7:14]
    assert len(set(of_segments)) == 3 and of_segments[3] != of_segments[4]
    assert colours[6] == colours[13] == colours[20]


def test_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="equally many.*Received: 7, 6 and 7"):
        packed_pair(TOKENS, SEGMENTS[:-1], MASK)
