"""Whole sentences, one after another, until a sequence is full."""

import numpy as np

from course_lib.text import Packed


def pack_full_sentences(vocabulary, documents, max_length=512, crosses_documents=True):
    """Fills sequences with whole sentences that follow each other, with no pairs and one segment.

    A row is `[CLS] sentence … sentence [SEP]`. Where a document ends inside it, the next one goes on behind a
    separator of its own: `[CLS] … [SEP] … [SEP]`. A sentence that no row could hold is cut into rows; any
    other stays whole, and is in one row only.

    Args:
        vocabulary: a `Vocabulary` with `[CLS]` and `[SEP]`.
        documents: list of documents, each a list of sentences, each a list of token ids without special ones.
        max_length: int, the most tokens of a row, special ones counted.
        crosses_documents: whether a row may go on with the next document; if not, it stays short.

    Returns:
        a `Packed` whose segments are all 0, with rows in the order of the text; `source_places` counts the
        tokens of a document through.

    Raises:
        ValueError: if there is no token, or no room beside the special tokens.

    Example:
        >>> from course_lib.objectives import pack_full_sentences
        >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefg"])
        >>> documents = [[[5, 6], [7]], [[8, 9, 10], [11, 11]]]
        >>> pack_full_sentences(vocabulary, documents, max_length=9).token_ids.tolist()
        [[2, 5, 6, 7, 3, 8, 9, 10, 3], [2, 11, 11, 3, 0, 0, 0, 0, 0]]
        >>> pack_full_sentences(vocabulary, documents, 9, crosses_documents=False).token_ids.tolist()
        [[2, 5, 6, 7, 3, 0, 0], [2, 8, 9, 10, 11, 11, 3]]

    In the paper: FULL-SENTENCES; without crossing, DOC-SENTENCES.
    Reference: Liu et al. (2019), section 4.2, https://arxiv.org/abs/1907.11692
    Taught in: notebooks/13_what_to_mask
    """
    if max_length < 3:
        raise ValueError(
            f"`max_length` must be at least 3, for a token and the special ones. Received: {max_length}."
        )
    rows = list(_rows(vocabulary, documents, max_length, crosses_documents))
    if not rows:
        raise ValueError("`documents` must hold a token at least. Received: none.")
    array = np.zeros((len(rows), max(map(len, rows)), 2), "int32")
    array[..., 1] = -1
    for place, row in zip(array, rows, strict=True):
        place[: len(row)] = row
    token_ids, source_places = np.moveaxis(array, -1, 0)
    return Packed(token_ids, np.zeros_like(token_ids), token_ids != 0, source_places < 0, source_places)


def _rows(vocabulary, documents, max_length, crosses_documents):
    """Rows of pairs: the id of a token, and its place in its document, -1 for special ones."""
    begin, end = (vocabulary.classification_id, -1), (vocabulary.separator_id, -1)
    row = [begin]
    for document in documents:
        place = 0
        is_new = len(row) > 1  # a separator stands before its first sentence
        for sentence in document:
            tokens = [(token_id, place + offset) for offset, token_id in enumerate(sentence)]
            place += len(tokens)
            while tokens:
                if len(row) + is_new + len(tokens) + 1 <= max_length:
                    row += [end] * is_new + tokens
                    tokens = []
                elif len(row) > 1:
                    yield [*row, end]
                    row = [begin]
                else:  # longer than any row
                    yield [begin, *tokens[: max_length - 2], end]
                    tokens = tokens[max_length - 2 :]
                is_new = False
        if not crosses_documents and len(row) > 1:
            yield [*row, end]
            row = [begin]
    if len(row) > 1:
        yield [*row, end]
