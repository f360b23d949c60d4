"""Loaders of the running texts: WikiText-2, Tiny Shakespeare, War and Peace, and the list of names."""

import re

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import check_split

_WIKITEXT2_FILES = {"train": "train.txt", "validation": "valid.txt", "test": "test.txt"}


def load_wikitext2(split):
    """Paragraphs and headings of WikiText-2, blank lines dropped.

    The text is tokenized by spaces and rare words are already `<unk>`; headings look like `= = Title = =`.
    The published splits: "validation" has 2,461 lines, "test" 2,891.

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of strings.

    Raises:
        ValueError: unknown split.

    Example:
        >>> len(load_wikitext2("validation"))  # doctest: +SKIP
        2461
        >>> load_wikitext2("dev")
        Traceback (most recent call last):
        ...
        ValueError: `split` must be one of ... Received: split='dev'.

    Reference: Merity et al. (2017), Pointer Sentinel Mixture Models.
    Taught in: notebooks/09_word_pieces
    """
    check_split(split)
    text = corpus_file("wikitext2", _WIKITEXT2_FILES[split]).read_bytes().decode("utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]


def cut_at_blank_lines(text, shares):
    """Consecutive parts of a text, each cut moved to the end of the paragraph that it falls into.

    Args:
        text: paragraphs separated by blank lines.
        shares: share of the characters of each part but the last, which takes the rest.

    Returns:
        list of `len(shares) + 1` strings that join to `text`.

    Example:
        >>> cut_at_blank_lines("one\\n\\ntwo\\n\\nthree", shares=[0.5])
        ['one\\n\\ntwo\\n\\n', 'three']
    """
    parts, start, share = [], 0, 0.0
    for step in shares:
        share += step
        found = text.find("\n\n", max(start, round(share * len(text))))
        end = len(text) if found < 0 else found + 2
        parts.append(text[start:end])
        start = end
    return [*parts, text[start:]]


def load_tiny_shakespeare():
    """Tiny Shakespeare in three consecutive parts: the first 90 % of the characters, then 5 % and 5 %.

    Cuts fall between speeches: 1,003,857, 55,825 and 55,712 characters.

    Returns:
        dictionary from "train", "validation" and "test" to strings.

    Example:
        >>> {split: len(text) for split, text in load_tiny_shakespeare().items()}  # doctest: +SKIP
        {'train': 1003857, 'validation': 55825, 'test': 55712}

    Reference: Karpathy (2015), The Unreasonable Effectiveness of Recurrent Neural Networks.
    """
    text = corpus_file("tinyshakespeare", "input.txt").read_bytes().decode("utf-8")
    train, validation, test = cut_at_blank_lines(text, shares=[0.90, 0.05])
    return {"train": train, "validation": validation, "test": test}


def strip_gutenberg(text):
    """A Project Gutenberg text without its header and footer, with plain line ends.

    Args:
        text: the file's content.

    Returns:
        what stands between the START and END markers.

    Raises:
        ValueError: a marker is missing.

    Example:
        >>> strip_gutenberg("Licence\\r\\n*** START OF THIS PROJECT GUTENBERG EBOOK X ***\\r\\nA book.\\r\\n"
        ...                 "End of the Project Gutenberg EBook of X\\r\\n*** END OF THIS PROJECT ***\\r\\n")
        'A book.'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    body = re.search(r"^\*\*\* ?START OF TH.*\n([\s\S]*?)^\*\*\* ?END OF TH", text, flags=re.MULTILINE)
    if body is None:
        raise ValueError("`text` must hold the START and END markers of Project Gutenberg. Received: none.")
    return re.sub(r"\nEnd of (the )?Project Gutenberg.*\s*\Z", "", "\n" + body[1]).strip()


def load_war_and_peace():
    """War and Peace in the translation by Louise and Aylmer Maude, from "BOOK ONE: 1805" to its end.

    The Project Gutenberg header and footer, the title page and the table of contents are removed.

    Returns:
        one string; paragraphs are separated by blank lines.

    Example:
        >>> load_war_and_peace()[:14]  # doctest: +SKIP
        'BOOK ONE: 1805'

    Reference: Leo Tolstoy (1869), Project Gutenberg eBook 2600.
    Taught in: notebooks/09_word_pieces
    """
    text = strip_gutenberg(corpus_file("war_and_peace", "2600-0.txt").read_bytes().decode("utf-8"))
    # The table of contents indents its lines.
    return text[text.index("\nBOOK ONE: 1805\n") + 1 :]


def load_names():
    """First names in lower case, 32,033 of them, in the order of the file.

    Returns:
        list of strings of the letters a to z.

    Example:
        >>> load_names()[:3]  # doctest: +SKIP
        ['emma', 'olivia', 'ava']

    Reference: Karpathy (2022), makemore; United States Social Security Administration.
    Taught in: notebooks/01_language_models
    """
    return corpus_file("names", "names.txt").read_bytes().decode("ascii").split()
