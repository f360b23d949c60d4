"""Questions as windows, and answers back."""

import numpy as np
import pytest

from course_lib.chapters import (
    best_answers,
    best_spans,
    question_windows,
    token_span,
    window_bounds,
    window_inputs,
)
from course_lib.data.corpora.question_corpora import Answer, Question
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer

WORDS = ["who", "sees", "?", *"abcdefghijk"]
TOKENIZER = WordPieceTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *WORDS]))
PASSAGE = "a b c d e f g h i j k"
QUESTIONS = [
    Question("1", "T", "Who sees?", PASSAGE, (Answer("g h", 12), Answer("f g h", 10))),
    Question("2", "T", "Who?", PASSAGE, (Answer("a", 0),)),
]


@pytest.mark.parametrize("num_tokens, window, stride", [(3, 5, 2), (5, 5, 2), (23, 7, 3), (23, 7, 0)])
def test_windows_cover_every_token_and_neighbours_share_the_stride(num_tokens, window, stride):
    bounds = window_bounds(num_tokens, window, stride)
    covered = {token for low, high in bounds for token in range(low, high)}
    assert covered == set(range(num_tokens)) and bounds[-1][1] == num_tokens
    assert all(high - low <= window for low, high in bounds)
    shared = {before - low for (_, before), (low, _) in zip(bounds[:-1], bounds[1:], strict=True)}
    assert shared <= {stride}


def test_a_stride_of_a_whole_window_is_refused():
    with pytest.raises(ValueError, match="below `window`"):
        window_bounds(11, 5, 5)


def test_a_span_holds_every_token_that_it_touches():
    offsets = [(0, 3), (3, 5), (6, 6), (7, 9)]
    assert token_span(offsets, 2, 4) == (0, 1)
    assert token_span(offsets, 7, 8) == (3, 3)
    assert token_span(offsets, 5, 6) is None


def test_the_answer_stands_where_the_window_says():
    windows = question_windows(QUESTIONS, TOKENIZER, max_length=11, stride=2)
    inputs = window_inputs(windows, TOKENIZER.vocabulary)
    found = set()
    for window, ids, mask in zip(windows, inputs["token_ids"], inputs["answer_mask"], strict=True):
        first, last = window.span
        if last:
            found.add((window.question, TOKENIZER.decode(ids[first : last + 1])))
            assert mask[first : last + 1].all()
        assert mask.sum() == len(window.passage_ids)
    assert found == {(0, "g h"), (1, "a")}


def test_spans_are_the_best_of_all_allowed_ones():
    generator = np.random.default_rng(0)
    scores, mask = generator.normal(size=(5, 2, 7)), generator.random((5, 7)) < 0.7
    mask[:, 3] = True
    spans, totals = best_spans(scores, mask, max_length=3)
    for (starts, ends), real, span, total in zip(scores, mask, spans, totals, strict=True):
        allowed = [(i, j) for i in range(7) for j in range(i, min(7, i + 3)) if real[i] and real[j]]
        best = max(allowed, key=lambda pair: starts[pair[0]] + ends[pair[1]])
        assert tuple(span) == best and total == starts[best[0]] + ends[best[1]]


def test_the_best_window_answers():
    windows = question_windows(QUESTIONS, TOKENIZER, max_length=11, stride=2)
    inputs = window_inputs(windows, TOKENIZER.vocabulary)
    scores = np.zeros((len(windows), 2, inputs["token_ids"].shape[1]))
    for window, row in zip(windows, scores, strict=True):
        if window.span != (0, 0):
            row[[0, 1], list(window.span)] = 1.0
    assert best_answers(QUESTIONS, windows, scores, inputs["answer_mask"], 5) == ["g h", "a"]
