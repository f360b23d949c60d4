"""Sentences of the toy language as token ids."""

import numpy as np

from course_lib.data import ToyLanguage
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

TOY = ToyLanguage()
TOY_VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *reversed(TOY.source_words)])


def toy_ids(sentences):
    """[CLS] words [SEP], padded, from lists of words."""
    token_ids = np.zeros((len(sentences), max(map(len, sentences)) + 2), int)
    for row, sentence in zip(token_ids, sentences, strict=True):
        ids = [TOY_VOCABULARY.id_of(word) for word in sentence]
        row[: len(ids) + 2] = [TOY_VOCABULARY.classification_id, *ids, TOY_VOCABULARY.separator_id]
    return token_ids
