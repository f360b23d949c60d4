"""Text of the toy language for every rung: sentences, or pairs of sentences of a story."""

from functools import cache

import numpy as np

from benchmarks.masked_words.sentences import LENGTH, MOST_WORDS, language, sentences
from course_lib.data import DocumentLanguage
from course_lib.objectives import TOGETHER, next_sentence_pairs, ordinary_tokens, sentence_order_pairs
from course_lib.text import pack

PAIR_LENGTH = 2 * MOST_WORDS + 3
NUM_TRAIN, NUM_STORIES, NUM_TEST_STORIES = 100_000, 16_000, 600


@cache
def draws_of_words():
    """Which tokens a generator may draw, and how frequent each is, arrays `(V,)`."""
    _, vocabulary = language()
    token_ids = sentences(5_000, 0, "train").token_ids
    counts = np.bincount(token_ids[ordinary_tokens(token_ids, vocabulary)], minlength=len(vocabulary)).astype(
        "float64"
    )
    allowed = ordinary_tokens(np.arange(len(vocabulary)), vocabulary)
    return allowed, (counts / counts.sum()).astype("float32")


@cache
def stories(count, split):
    """So many stories, each a list of toy pairs."""
    stream = DocumentLanguage().stream(0, split)
    return [next(stream).sentences for _ in range(count)]


@cache
def pair_rows(kind, count, split):
    """Pairs of sentences that have at most `MOST_WORDS` words each.

    Args:
        kind: "next", "order", or "unasked": then each sentence with the one behind it.
        count: int, of stories.
        split: "train" or "test".

    Returns:
        `(packed, labels, best)`: a `Packed`, ints `(R,)`, and what the best possible reader says, of the test
        split alone, ints `(R,)`.
    """
    told, (_, vocabulary) = stories(count, split), language()
    draw = next_sentence_pairs if kind == "next" else sentence_order_pairs
    pairs = draw([len(story) for story in told], np.random.default_rng(0))
    if kind == "unasked":
        pairs = [pair._replace(first=min(pair[:2]), second=max(pair[:2]), label=TOGETHER) for pair in pairs]
    found = [(told[a][i], told[b][j], label) for (a, i), (b, j), label in pairs]
    found = [row for row in found if max(len(side.source) for side in row[:2]) <= MOST_WORDS]
    ids = [[[vocabulary.id_of(word) for word in row[side].source] for row in found] for side in (0, 1)]
    packed = pack(vocabulary, *ids, length=PAIR_LENGTH)
    documents = DocumentLanguage()
    odds = {"next": documents.next_sentence_odds, "order": documents.sentence_order_odds}.get(kind)
    best = None
    if odds is not None and split == "test":
        best = np.array([int(odds(*row[:2]) < 0) for row in found])
    return packed, np.array([row[2] for row in found]), best


def rows_of(rung):
    """What a rung reads: token ids `(R, T)`, and segments and labels of pairs or none."""
    if not rung.pairs:
        return sentences(NUM_TRAIN, 0, "train").token_ids, None
    packed, labels, _ = pair_rows(rung.pairs, NUM_STORIES, "train")
    return packed.token_ids, (packed.segment_ids, labels)


def length_of(rung):
    """Tokens of a row."""
    return PAIR_LENGTH if rung.pairs else LENGTH
