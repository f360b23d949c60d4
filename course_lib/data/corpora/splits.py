"""Splits: their names, and the split of a text decided by its content alone."""

import hashlib
import re
import unicodedata

SPLITS = ("train", "validation", "test")


def check_split(split):
    """Raises ValueError unless `split` is "train", "validation" or "test"."""
    if split not in SPLITS:
        names = ", ".join(map(repr, SPLITS))
        raise ValueError(f"`split` must be one of {names}. Received: split={split!r}.")


def normalized_words(text):
    """Words of a text without case, punctuation and compatibility forms, joined by single spaces.

    Example:
        >>> normalized_words("  Don't  RUN!")
        'don t run'
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def split_by_text(text):
    """Split of a text by the SHA-256 of its normalized words: 90 % train, 5 % validation, 5 % test.

    Texts that differ in case, spaces or punctuation alone fall into one split. The answer depends on nothing
    else, so it stays the same when a corpus grows.

    Example:
        >>> split_by_text("Run!") == split_by_text("run.")
        True
    """
    digest = hashlib.sha256(normalized_words(text).encode("utf-8")).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64
    return "test" if share < 0.05 else "validation" if share < 0.10 else "train"
