"""Loaders of the translation corpora: Multi30k and Tatoeba."""

import gzip
import zipfile

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import SPLITS, check_split, split_by_text

MULTI30K_LANGUAGES = ("de", "en", "fr")
_MULTI30K_STEMS = {"train": "train", "validation": "val", "test": "test_2016_flickr"}


def load_multi30k(split, languages=("de", "en")):
    """Captions of Multi30k in several languages, line by line.

    The raw text as published: not tokenized, with case. 29,000 captions in "train", 1,014 in "validation" and
    1,000 in "test", which is `test_2016_flickr`, the split that most papers report.

    Args:
        split: "train", "validation" or "test".
        languages: any of "de", "en", "fr", in the order wanted.

    Returns:
        list of tuples, one string for each language.

    Raises:
        ValueError: unknown split or language.

    Example:
        >>> load_multi30k("test")[0]  # doctest: +SKIP
        ('Ein Mann mit einem orangefarbenen Hut, der etwas anstarrt.',
         'A man in an orange hat starring at something.')

    Reference: Elliott et al. (2016), Multi30K: Multilingual English-German Image Descriptions.
    Taught in: notebooks/03_attention
    """
    check_split(split)
    languages = tuple(languages)
    if not languages or not set(languages) <= set(MULTI30K_LANGUAGES):
        raise ValueError(
            f"`languages` must be some of {MULTI30K_LANGUAGES}. Received: languages={languages}."
        )
    columns = []
    for language in languages:
        path = corpus_file("multi30k", f"{_MULTI30K_STEMS[split]}.{language}.gz")
        # Not splitlines(): it would also break at rare Unicode separators inside a caption.
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").rstrip("\n").split("\n")
        columns.append([line.strip() for line in lines])
    return list(zip(*columns, strict=True))


def read_tab_separated_pairs(text):
    """Distinct pairs in the first two columns of tab-separated lines, in order of first appearance.

    Example:
        >>> read_tab_separated_pairs("Go.\\tVa !\\tCC-BY\\nGo.\\tVa !\\nRun!\\tCours !\\n")
        [('Go.', 'Va !'), ('Run!', 'Cours !')]
    """
    rows = (line.split("\t") for line in text.removeprefix("\ufeff").split("\n") if line.strip())
    return list(dict.fromkeys((row[0].strip(), row[1].strip()) for row in rows))


def split_by_english(pairs):
    """Pairs divided so that no English sentence crosses splits, whatever its case or punctuation.

    Args:
        pairs: list of (english, other).

    Returns:
        dictionary from "train", "validation" and "test" to lists of pairs, in the given order.

    Example:
        >>> divided = split_by_english([("Run!", "Cours !"), ("Run.", "Courez !")])
        >>> sorted(len(part) for part in divided.values())
        [0, 0, 2]
    """
    divided = {split: [] for split in SPLITS}
    for pair in pairs:
        divided[split_by_text(pair[0])].append(pair)
    return divided


def load_tatoeba(language):
    """English sentences of Tatoeba with French or Mandarin translations, split by English sentence.

    One English sentence often has many translations; all of them are in one split, or a model from English
    would be tested on sentences that it has seen. Repeated pairs are dropped.

    ======= ======= ========== ===== ======================================
    pairs   train   validation test  test translations also found in train
    ======= ======= ========== ===== ======================================
    fra     128,604 6,914      7,264 8.6 %
    cmn     26,187  1,450      1,418 20.6 %
    ======= ======= ========== ===== ======================================

    The last column counts translations shared by different English sentences. It is why these splits do not
    serve to test translation *into* English.

    Args:
        language: "fra" or "cmn".

    Returns:
        dictionary from split to list of (english, other).

    Raises:
        ValueError: unknown language.

    Example:
        >>> len(load_tatoeba("fra")["test"])  # doctest: +SKIP
        7264
        >>> load_tatoeba("nld")
        Traceback (most recent call last):
        ...
        ValueError: `language` must be ... Received: language='nld'.

    Reference: tatoeba.org; pairs selected by Charles Kelly, manythings.org/anki.
    Taught in: notebooks/02_sequence_to_sequence
    """
    if language == "fra":
        with zipfile.ZipFile(corpus_file("tatoeba_fra_eng", "fra-eng.zip")) as archive:
            text = archive.read("fra.txt").decode("utf-8")
    elif language == "cmn":
        text = corpus_file("tatoeba_cmn_eng", "cmn.txt").read_bytes().decode("utf-8")
    else:
        raise ValueError(f"`language` must be 'fra' or 'cmn'. Received: language={language!r}.")
    return split_by_english(read_tab_separated_pairs(text))
