"""Loaders of single sentences with a class: SST-2, MR and Waimai."""

import csv
import io
import zipfile
from typing import NamedTuple

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import check_split, split_by_text

_SST2_FILES = {"train": "train_full.tsv", "validation": "dev.tsv", "test": "test-labeled.tsv"}


class LabelledSentence(NamedTuple):
    """A text and the number of its class."""

    text: str
    label: int


def load_sst2(split):
    """Sentences of film reviews, and for training also phrases of them: 1 for praise, 0 for blame.

    67,349 in "train", 872 in "validation" (which papers report, as GLUE keeps the labels of its test) and
    1,821 in "test", those of the original treebank. The text is in lower case and tokenized by spaces.

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of `LabelledSentence`.

    Raises:
        ValueError: unknown split.

    Example:
        >>> load_sst2("validation")[0]  # doctest: +SKIP
        LabelledSentence(text="it 's a charming and often affecting journey .", label=1)

    Reference: Socher et al. (2013), https://aclanthology.org/D13-1170
    Taught in: notebooks/11_fine_tuning_sentences
    """
    check_split(split)
    lines = corpus_file("sst2_glue", _SST2_FILES[split]).read_bytes().decode("utf-8").split("\n")[1:]
    rows = (line.rsplit("\t", 1) for line in lines if line.strip())
    return [LabelledSentence(text.strip(), int(label)) for text, label in rows]


def load_movie_snippets(split):
    """Single sentences of film reviews, half of them praise: MR, 10,662 before sentences seen twice go.

    There is no published split: a hash of the words decides, 90 : 5 : 5, so that a sentence is in one split
    only. Most of the sentences of SST-2 are from here, too.

    Args, Returns, Raises: as `load_sst2`.

    Example:
        >>> load_movie_snippets("test")[0].label  # doctest: +SKIP
        0

    Reference: Pang and Lee (2005), https://aclanthology.org/P05-1015
    """
    check_split(split)
    found = {}
    with zipfile.ZipFile(corpus_file("mr_polarity", "sentence_polarity.zip")) as archive:
        for label, ending in enumerate(("neg", "pos")):
            text = archive.read(f"sentence_polarity/rt-polarity.{ending}").decode("latin-1")
            for line in text.split("\n"):
                if line.strip():
                    found.setdefault(line.strip(), label)
    return [LabelledSentence(text, label) for text, label in found.items() if split_by_text(text) == split]


def load_waimai(split):
    """Chinese reviews of delivered meals: 1 for praise (a third of them), 0 for blame.

    There is no published split: a hash of the characters decides, 90 : 5 : 5; repeated reviews are dropped.

    Args, Returns, Raises: as `load_sst2`.

    Example:
        >>> load_waimai("train")[0]  # doctest: +SKIP
        LabelledSentence(text='很快，好吃，味道足，量大', label=1)
    """
    check_split(split)
    text = corpus_file("waimai_10k", "waimai_10k.csv").read_bytes().decode("utf-8-sig")
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["review"].strip(), int(row["label"]))
    return [LabelledSentence(text, label) for text, label in found.items() if split_by_text(text) == split]
