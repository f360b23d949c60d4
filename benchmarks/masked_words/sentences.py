"""Sentences of the toy language as arrays, with the role of each word."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from course_lib.chapters import WORD_ROLES, word_roles
from course_lib.data import ToyLanguage
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, pack

MOST_WORDS = 16  # seven of eight sentences are no longer; a floor that knows the length knows this, too
LENGTH = MOST_WORDS + 2


@dataclass(frozen=True)
class Sentences:
    """Packed sentences and their roles.

    Attributes:
        token_ids: ints `(R, T)`, with [CLS] and [SEP].
        roles: ints `(R, T)`, 1 for the first of `WORD_ROLES`, 0 where there is no word; or None.
    """

    token_ids: np.ndarray
    roles: np.ndarray | None


@cache
def language():
    """The toy language and a vocabulary of all its words."""
    toy = ToyLanguage()
    return toy, Vocabulary([*BERT_SPECIAL_TOKENS, *toy.source_words])


@cache
def sentences(count, seed, split, has_roles=False):
    """The first so many sentences of a stream that have at most `MOST_WORDS` words."""
    toy, vocabulary = language()
    found = []
    for pair in toy.stream(seed, split):
        if len(found) == count:
            break
        if len(pair.source) <= MOST_WORDS:
            found.append(pair.source)
    token_ids = pack(
        vocabulary, [[vocabulary.id_of(word) for word in words] for words in found], length=LENGTH
    ).token_ids
    return Sentences(token_ids, role_ids(found) if has_roles else None)


def role_ids(found):
    """The roles of the words as numbers `(R, T)`, in the places that the words have when packed."""
    number = {role: index for index, role in enumerate(WORD_ROLES, start=1)}
    ids = np.zeros((len(found), LENGTH), "int32")
    for row, words in zip(ids, found, strict=True):
        row[1 : len(words) + 1] = [number[role] for role in word_roles(words)]
    return ids
