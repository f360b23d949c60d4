"""Loaders of pairs of sentences: MRPC, STS-B, SICK and OCNLI."""

import csv
import io
import json
from typing import NamedTuple

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import check_split, split_by_text

ENTAILMENT_LABELS = ("contradiction", "neutral", "entailment")
_SICK_FILES = {"train": "SICK_train.txt", "validation": "SICK_trial.txt", "test": "SICK_test_annotated.txt"}
_STSB_FILES = {"train": "train", "validation": "dev", "test": "test"}
STSB_LANGUAGES = ("en", "zh")


class LabelledPair(NamedTuple):
    """Two sentences and what was judged of them: a class, or a number."""

    first: str
    second: str
    label: int | float


def load_mrpc(split):
    """Pairs of sentences from the news: 1 where both say the same, two of three.

    The published test has 1,725 pairs. Of the published 4,076 for training a hash of the first sentence sets
    a tenth apart as "validation".

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of `LabelledPair`.

    Raises:
        ValueError: unknown split.

    Example:
        >>> len(load_mrpc("test"))  # doctest: +SKIP
        1725

    Reference: Dolan and Brockett (2005), https://aclanthology.org/I05-5002
    Taught in: notebooks/11_fine_tuning_sentences
    """
    check_split(split)
    file = "msr_paraphrase_test.txt" if split == "test" else "msr_paraphrase_train.txt"
    lines = corpus_file("mrpc", file).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    rows = (line.split("\t") for line in lines[1:] if line.strip())
    pairs = [LabelledPair(row[3].strip(), row[4].strip(), int(row[0])) for row in rows]
    return pairs if split == "test" else _part_of_train(pairs, split)


def load_stsb(split, language="en"):
    """Pairs of sentences and how alike they are in meaning, from 0 to 5, the mean of several judges.

    5,749 pairs in "train", 1,500 in "validation" and 1,379 in "test", as published; in Chinese by machine.

    Args:
        split: "train", "validation" or "test".
        language: "en" or "zh".

    Returns:
        list of `LabelledPair`.

    Raises:
        ValueError: unknown split or language.

    Example:
        >>> load_stsb("train")[0]  # doctest: +SKIP
        LabelledPair(first='A plane is taking off.', second='An air plane is taking off.', label=5.0)

    Reference: Cer et al. (2017), https://aclanthology.org/S17-2001
    Taught in: notebooks/11_fine_tuning_sentences
    """
    check_split(split)
    if language not in STSB_LANGUAGES:
        raise ValueError(f"`language` must be one of {STSB_LANGUAGES}. Received: language={language!r}.")
    path = corpus_file("stsb_multi_mt", f"stsb-{language}-{_STSB_FILES[split]}.csv")
    rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""))
    return [LabelledPair(first, second, float(score)) for first, second, score in rows]


def load_sick(split):
    """Pairs of plain sentences, from captions: does the first imply the second (2), or its contrary (0)?

    4,500 pairs in "train", 500 in "validation" and 4,927 in "test", as published. Classes are numbered as in
    `ENTAILMENT_LABELS`.

    Args, Returns, Raises: as `load_mrpc`.

    Example:
        >>> len(load_sick("test"))  # doctest: +SKIP
        4927

    Reference: Marelli et al. (2014), https://aclanthology.org/L14-1314
    """
    check_split(split)
    lines = corpus_file("sick", _SICK_FILES[split]).read_bytes().decode("utf-8").replace("\r\n", "\n")
    rows = (line.split("\t") for line in lines.split("\n")[1:] if line.strip())
    return [LabelledPair(row[1], row[2], ENTAILMENT_LABELS.index(row[4].strip().lower())) for row in rows]


def load_ocnli(split):
    """Chinese pairs: does the first sentence imply the second (2), its contrary (0), or neither (1)?

    The labels of the published test are not public: "test" is the published development set, 2,950 pairs,
    those left out that its judges did not agree on; a hash of the first sentence sets a tenth of the 10,000
    for training apart as "validation".

    Args, Returns, Raises: as `load_mrpc`.

    Example:
        >>> len(load_ocnli("test"))  # doctest: +SKIP
        2950

    Reference: Hu et al. (2020), https://aclanthology.org/2020.findings-emnlp.314
    """
    check_split(split)
    file = "dev.json" if split == "test" else "train.10k.json"
    lines = corpus_file("ocnli", file).read_bytes().decode("utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    pairs = [
        LabelledPair(row["sentence1"], row["sentence2"], ENTAILMENT_LABELS.index(row["label"]))
        for row in rows
        if row["label"] in ENTAILMENT_LABELS
    ]
    return pairs if split == "test" else _part_of_train(pairs, split)


def _part_of_train(pairs, split):
    """The pairs for training, or the tenth that is set apart: no first sentence is in both."""
    return [pair for pair in pairs if (split_by_text(pair.first) == "train") is (split == "train")]
