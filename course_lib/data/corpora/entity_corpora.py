"""Loaders of sentences with named entities: WNUT-17 and CLUENER."""

import json
from typing import NamedTuple

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import check_split, split_by_text

_WNUT17_FILES = {
    "train": "wnut17train.conll",
    "validation": "emerging.dev.conll",
    "test": "emerging.test.annotated",
}


class TaggedSentence(NamedTuple):
    """The words of a sentence, in Chinese its characters, and a BIO label for each."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def load_wnut17(split):
    """English posts and comments with names that were new to everybody: persons, places, groups, products …

    3,394 sentences in "train", 1,009 in "validation" and 1,287 in "test", as published; six kinds.

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of `TaggedSentence`.

    Raises:
        ValueError: unknown split.

    Example:
        >>> load_wnut17("train")[0].words[:3]  # doctest: +SKIP
        ('@paulwalk', 'It', "'s")

    Reference: Derczynski et al. (2017), https://aclanthology.org/W17-4418
    Taught in: notebooks/12_fine_tuning_tokens
    """
    check_split(split)
    text = corpus_file("wnut17", _WNUT17_FILES[split]).read_bytes().decode("utf-8").replace("\r\n", "\n")
    sentences, rows = [], []
    for line in [*text.split("\n"), ""]:
        word, _, label = line.partition("\t")
        if word.strip():
            rows.append((word, label.split(",")[0].strip()))
        elif rows:
            sentences.append(TaggedSentence(*zip(*rows, strict=True)))
            rows = []
    return sentences


def load_cluener(split):
    """Chinese sentences of the news with names of ten kinds.

    The labels of the published test are not public: "test" is the published development set, 1,343
    sentences; a hash of the text sets a tenth of the 10,748 for training apart as "validation".

    Args, Returns, Raises: as `load_wnut17`.

    Example:
        >>> load_cluener("test")[0].labels[:3]  # doctest: +SKIP
        ('B-name', 'I-name', 'I-name')

    Reference: Xu et al. (2020), https://arxiv.org/abs/2001.04351
    Taught in: notebooks/13_what_to_mask
    """
    check_split(split)
    file = "test.json" if split == "test" else "train.json"
    lines = corpus_file("cluener", file).read_bytes().decode("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    if split != "test":
        rows = [row for row in rows if (split_by_text(row["text"]) == "train") is (split == "train")]
    return [tagged_characters(row["text"], row["label"]) for row in rows]


def tagged_characters(text, spans_by_kind):
    """A text as characters with BIO labels.

    Args:
        text: a string.
        spans_by_kind: dict from a kind to a dict from a name to a list of `[first, last]`, the last included.

    Returns:
        a `TaggedSentence`. Where two names overlap, the longer one is kept, of equally long ones the first.

    Example:
        >>> tagged_characters("去北京", {"address": {"北京": [[1, 2]]}}).labels
        ('O', 'B-address', 'I-address')
    """
    spans = [
        (first, last, kind)
        for kind, names in spans_by_kind.items()
        for places in names.values()
        for first, last in places
    ]
    labels = ["O"] * len(text)
    for first, last, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if set(labels[first : last + 1]) == {"O"}:
            labels[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
    return TaggedSentence(tuple(text), tuple(labels))
