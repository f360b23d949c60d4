"""Pairs of sentences that belong together, and such that do not."""

from typing import NamedTuple

import numpy as np

TOGETHER, APART = 0, 1


class SentencePair(NamedTuple):
    """Two sentences by (document, place), and whether they belong together: 0 if they do, else 1.

    Example:
        >>> SentencePair((0, 1), (0, 2), 0).second
        (0, 2)

    Taught in: notebooks/15_smaller
    """

    first: tuple[int, int]
    second: tuple[int, int]
    label: int


def next_sentence_pairs(lengths, generator):
    """For every sentence but a document's last: its next one, or any sentence of another document.

    Args:
        lengths: list of ints, how many sentences each document has.
        generator: a `numpy.random.Generator`.

    Returns:
        list of `SentencePair`, in the documents' order, each label with probability 1/2.

    Raises:
        ValueError: if fewer than two documents have sentences: then no other document is there to draw from,
            and what is drawn from the same one may be the true next.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import next_sentence_pairs
        >>> for pair in next_sentence_pairs([3, 2], np.random.default_rng(0)):
        ...     print(pair)
        SentencePair(first=(0, 0), second=(1, 1), label=1)
        SentencePair(first=(0, 1), second=(0, 2), label=0)
        SentencePair(first=(1, 0), second=(1, 1), label=0)

    Reference: Devlin et al. (2019), section 3.1, https://arxiv.org/abs/1810.04805
    Taught in: notebooks/10_bert_pretraining
    """
    lengths = np.asarray(lengths)
    if (lengths > 0).sum() < 2:
        raise ValueError(
            "Negatives come from another document: two must have sentences at least. "
            f"Received: {int((lengths > 0).sum())}."
        )
    ends = np.cumsum(lengths)
    pairs = []
    for document, length in enumerate(lengths):
        others = int(ends[-1] - length)
        for place in range(length - 1):
            if generator.random() < 0.5:
                pairs.append(SentencePair((document, place), (document, place + 1), TOGETHER))
                continue
            drawn = int(generator.integers(others))  # among all sentences of the other documents
            if drawn >= ends[document] - length:
                drawn += length
            other = int(np.searchsorted(ends, drawn, side="right"))
            second = (other, int(drawn - ends[other] + lengths[other]))
            pairs.append(SentencePair((document, place), second, APART))
    return pairs


def sentence_order_pairs(lengths, generator):
    """For every sentence but a document's last: it and its next one, in their order or turned round.

    Args:
        lengths: list of ints, how many sentences each document has.
        generator: a `numpy.random.Generator`.

    Returns:
        list of `SentencePair`, in the documents' order, each label with probability 1/2.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import sentence_order_pairs
        >>> sentence_order_pairs([2], np.random.default_rng(0))
        [SentencePair(first=(0, 1), second=(0, 0), label=1)]

    Reference: Lan et al. (2020), section 3.1, https://arxiv.org/abs/1909.11942
    Taught in: notebooks/10_bert_pretraining
    """
    pairs = []
    for document, length in enumerate(lengths):
        for place in range(length - 1):
            both = (document, place), (document, place + 1)
            is_turned = generator.random() >= 0.5
            pairs.append(SentencePair(*(both[::-1] if is_turned else both), APART if is_turned else TOGETHER))
    return pairs
