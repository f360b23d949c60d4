"""Spans of characters as spans of tokens."""

from itertools import accumulate, pairwise


def token_spans(offsets, character_spans, first=1):
    """Finds the tokens that spans of the original text were read into.

    A token is in a span if they share a character.

    Args:
        offsets: list of pairs `(start, end)`, one for each token, as of `encode_with_offsets`; where a text
            was cut, those of the tokens that stayed.
        character_spans: list of pairs `(start, end)`, places in the text; `end` not included.
        first: int, the position of the first token in its row: 1 behind `[CLS]`.

    Returns:
        list of pairs `(start, stop)`, positions in the row, in the order of the spans; a span that no token
        is in is left out.

    Example:
        >>> from course_lib.objectives import character_spans, token_spans
        >>> words = ["哈尔滨", "是", "黑龙江", "的", "省会"]
        >>> offsets = [(place, place + 1) for place in range(11)]  # a token for each character
        >>> token_spans(offsets, character_spans(words))
        [(1, 4), (4, 5), (5, 8), (8, 9), (9, 11)]
        >>> token_spans([(0, 3), (3, 5), (6, 9)], [(3, 9)], first=0)
        [(1, 3)]
    """
    found = []
    for start, end in character_spans:
        inside = [
            index for index, (begin, close) in enumerate(offsets) if max(begin, start) < min(close, end)
        ]
        if inside:
            found.append((first + inside[0], first + inside[-1] + 1))
    return found


def character_spans(words):
    """The places of words that together are a text, with nothing between them, as in Chinese.

    Args:
        words: list of strings.

    Returns:
        list of pairs `(start, end)`.

    Example:
        >>> from course_lib.objectives import character_spans
        >>> character_spans(["使用", "语言", "模型"])
        [(0, 2), (2, 4), (4, 6)]
    """
    return list(pairwise(accumulate(map(len, words), initial=0)))
