"""Questions and their passages as windows that a model can read, and answers back from its scores."""

from typing import NamedTuple

import numpy as np

from course_lib.text import pack


class Window(NamedTuple):
    """A question beside a part of its passage.

    Attributes:
        question: int, the number of the question.
        question_ids, passage_ids: token ids, the passage's those of the window.
        offsets: for each of the window's tokens its characters in the passage, `(start, end)`.
        span: first and last token of the answer in the sequence, (0, 0) where it is not whole in the window.
    """

    question: int
    question_ids: list[int]
    passage_ids: list[int]
    offsets: list[tuple[int, int]]
    span: tuple[int, int]

    @property
    def first_place(self) -> int:
        """Where the passage begins in `[CLS] question [SEP] passage [SEP]`."""
        return len(self.question_ids) + 2


def window_bounds(num_tokens, window, stride):
    """Windows over a passage: pairs of first token and end.

    Args:
        num_tokens: int.
        window: int, the most tokens of a window.
        stride: int, the tokens that two neighbours share.

    Returns:
        list of pairs; the last window is the one that reaches the end.

    Raises:
        ValueError: if the stride is not below the window.

    Example:
        >>> window_bounds(11, window=5, stride=2)
        [(0, 5), (3, 8), (6, 11)]

    Taught in: notebooks/12_fine_tuning_tokens
    """
    if not 0 <= stride < window:
        raise ValueError(
            f"`stride` must be from 0 to below `window`. Received: stride={stride}, window={window}."
        )
    bounds = [(0, min(window, num_tokens))]
    while bounds[-1][1] < num_tokens:
        start = bounds[-1][0] + window - stride
        bounds.append((start, min(start + window, num_tokens)))
    return bounds


def token_span(offsets, start, end):
    """The first and the last token that hold some of the characters from `start` to below `end`.

    Args:
        offsets: list of pairs of characters, a token each.
        start, end: ints.

    Returns:
        two ints; None where no token holds any.

    Example:
        >>> token_span([(0, 2), (2, 5), (6, 9)], 3, 7), token_span([(0, 2)], 2, 4)
        ((1, 2), None)

    Taught in: notebooks/12_fine_tuning_tokens
    """
    held = [number for number, (low, high) in enumerate(offsets) if low < end and start < high]
    return (held[0], held[-1]) if held else None


def question_windows(questions, tokenizer, max_length, stride, most_question_tokens=24):
    """Questions as windows. Of several answers the shortest is looked for.

    Args:
        questions: list of `Question`.
        tokenizer: a `WordPieceTokenizer`.
        max_length: int, the most tokens of a sequence.
        stride: int, the tokens of the passage that two neighbouring windows share.
        most_question_tokens: int, where a question is cut.

    Returns:
        list of `Window`, question by question.

    Example:
        >>> from course_lib.data import Answer, Question
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer
        >>> words = ["who", "sees", "a", "cat", "?", "the", "dog", "."]
        >>> tokenizer = WordPieceTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *words]))
        >>> asked = Question("1", "T", "who sees?", "the dog sees a cat.", (Answer("dog", 4),))
        >>> [(window.offsets[0], window.span) for window in question_windows([asked], tokenizer, 9, stride=1)]
        [((0, 3), (6, 6)), ((8, 12), (0, 0)), ((15, 18), (0, 0))]

    Taught in: notebooks/12_fine_tuning_tokens
    """
    passages, windows = {}, []
    for number, question in enumerate(questions):
        if question.passage not in passages:
            passages[question.passage] = tokenizer.encode_with_offsets(question.passage)
        ids, offsets = passages[question.passage]
        asked = tokenizer.encode(question.question)[:most_question_tokens]
        answer = min(question.answers, key=lambda answer: len(answer.text))
        span = token_span(offsets, answer.start, answer.start + len(answer.text))
        for low, high in window_bounds(len(ids), max_length - len(asked) - 3, stride):
            first = len(asked) + 2 - low  # from places of the passage to places of the sequence
            is_whole = span is not None and low <= span[0] and span[1] < high
            places = (span[0] + first, span[1] + first) if is_whole else (0, 0)
            windows.append(Window(number, asked, ids[low:high], offsets[low:high], places))
    return windows


def window_inputs(windows, vocabulary, length=None):
    """What a `SpanPredictor` takes: an answer may stand in the passage alone.

    Args:
        windows: list of `Window`.
        vocabulary: with `[CLS]` and `[SEP]`.
        length: int, the length that all are padded to.

    Returns:
        dict of arrays.

    Example:
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "who", "?", "a", "cat"])
        >>> inputs = window_inputs([Window(0, [5, 6], [7, 8], [(0, 1), (2, 5)], (5, 5))], vocabulary)
        >>> inputs["token_ids"].tolist(), inputs["answer_mask"].astype(int).tolist()
        ([[2, 5, 6, 3, 7, 8, 3]], [[0, 0, 0, 0, 1, 1, 0]])

    Taught in: notebooks/12_fine_tuning_tokens
    """
    first = [window.question_ids for window in windows]
    second = [window.passage_ids for window in windows]
    packed = pack(vocabulary, first, second, length=length)
    answer_mask = (packed.segment_ids == 1) & ~packed.special_mask
    return {**packed.inputs, "answer_mask": answer_mask}


def best_spans(scores, answer_mask, max_length):
    """The best span of each sequence, its first token not behind its last.

    `(i, j) = argmax S_i + E_j` over `i ≤ j < i + max_length`, both in the passage

    Args:
        scores: `(B, 2, T)`, of starts and ends.
        answer_mask: bool `(B, T)`.
        max_length: int.

    Returns:
        `(spans, scores)`: ints `(B, 2)`, and floats `(B,)`.

    Example:
        >>> scores = np.array([[[9.0, 1.0, 5.0], [0.0, 4.0, 2.0]]])
        >>> best_spans(scores, np.array([[False, True, True]]), max_length=2)
        (array([[2, 2]]), array([7.]))

    Taught in: notebooks/12_fine_tuning_tokens
    """
    starts, ends = (np.where(answer_mask, part, -np.inf) for part in np.moveaxis(scores, 1, 0))
    further = np.arange(starts.shape[1])[None, :] - np.arange(starts.shape[1])[:, None]
    allowed = (further >= 0) & (further < max_length)
    sums = np.where(allowed, starts[:, :, None] + ends[:, None, :], -np.inf).reshape(len(starts), -1)
    best = sums.argmax(axis=1)
    return np.stack(np.divmod(best, starts.shape[1]), axis=1), sums.max(axis=1)


def best_answers(questions, windows, scores, answer_mask, max_length):
    """For each question the text of the best span of all its windows.

    Args:
        questions: list of `Question`, as `question_windows` was given them.
        windows: list of `Window`.
        scores: `(B, 2, T)`, a row for each window.
        answer_mask: bool `(B, T)`.
        max_length: int, the most tokens of an answer.

    Returns:
        list of strings, cut from the passages as they were written.

    Example:
        >>> from course_lib.data import Answer, Question
        >>> asked = Question("1", "T", "who?", "a Cat", (Answer("Cat", 2),))
        >>> window = Window(0, [5, 6], [7, 8], [(0, 1), (2, 5)], (5, 5))
        >>> scores = np.zeros((1, 2, 7))
        >>> scores[0, :, 5] = 9.0  # of the second word of the passage, as first and as last
        >>> mask = np.array([[False, False, False, False, True, True, False]])
        >>> best_answers([asked], [window], scores, mask, max_length=2)
        ['Cat']

    Taught in: notebooks/12_fine_tuning_tokens
    """
    answers, best = [""] * len(questions), np.full(len(questions), -np.inf)
    spans, totals = best_spans(scores, answer_mask, max_length)
    for window, (first, last), total in zip(windows, spans, totals, strict=True):
        if total > best[window.question]:
            start = window.offsets[first - window.first_place][0]
            end = window.offsets[last - window.first_place][1]
            best[window.question] = total
            answers[window.question] = questions[window.question].passage[start:end]
    return answers
