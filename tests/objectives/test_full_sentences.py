"""Whole sentences in full rows: nothing lost, nothing cut that fits, separators where documents meet."""

import numpy as np
import pytest

from course_lib.objectives import pack_full_sentences
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *(f"w{number}" for number in range(5000))])
FIRST = len(BERT_SPECIAL_TOKENS)
CLS, SEP = VOCABULARY.classification_id, VOCABULARY.separator_id


def random_documents(seed, longest=11):
    """Documents of sentences in which every token has an id of its own."""
    generator = np.random.default_rng(seed)
    number, documents = FIRST, []
    for _ in range(23):
        sentences = []
        for length in generator.integers(0, longest + 1, generator.integers(0, 7)):
            sentences.append(list(range(number, number + length)))
            number += length
        documents.append(sentences)
    return documents


@pytest.mark.parametrize("crosses", [True, False])
@pytest.mark.parametrize("max_length", [3, 7, 13, 31, 503])
def test_every_token_comes_once_and_in_order(crosses, max_length):
    documents = random_documents(max_length)
    packed = pack_full_sentences(VOCABULARY, documents, max_length, crosses)
    expected = [token for document in documents for sentence in document for token in sentence]
    assert packed.token_ids[~packed.special_mask].tolist() == expected
    assert packed.token_ids.shape[1] <= max_length
    assert not packed.segment_ids.any()
    np.testing.assert_array_equal(packed.padding_mask, packed.token_ids != 0)
    places = [place for document in documents for place in range(sum(len(sentence) for sentence in document))]
    assert packed.source_places[~packed.special_mask].tolist() == places
    for row in packed.token_ids:
        real = row[row != 0]
        assert real[0] == CLS and real[-1] == SEP and (row[len(real) :] == 0).all()
        assert not ((real[1:] == SEP) & (real[:-1] <= SEP)).any()  # no separator of nothing


@pytest.mark.parametrize("crosses", [True, False])
def test_sentences_that_fit_stay_whole_and_separators_stand_between_documents(crosses):
    documents = random_documents(1)
    packed = pack_full_sentences(VOCABULARY, documents, 17, crosses)
    document_of = {
        token: number
        for number, document in enumerate(documents)
        for sentence in document
        for token in sentence
    }
    row_of = {token: number for number, row in enumerate(packed.token_ids) for token in row}
    for document in documents:
        for sentence in document:
            assert len({row_of[token] for token in sentence}) <= 1
    met = 0
    for row in packed.token_ids:
        for before, token, after in zip(row, row[1:], row[2:], strict=False):
            if token >= FIRST and after >= FIRST:
                assert document_of[token] == document_of[after]
            if token == SEP and after != 0:
                assert document_of[before] < document_of[after]
                met += 1
    assert (met > 3) is crosses


def test_a_row_ends_only_where_the_next_sentence_would_not_fit():
    documents, max_length = random_documents(2), 19
    packed = pack_full_sentences(VOCABULARY, documents, max_length)
    sentence_of = {sentence[0]: len(sentence) for document in documents for sentence in document if sentence}
    document_of = {
        token: number for number, document in enumerate(documents) for part in document for token in part
    }
    for row, following in zip(packed.token_ids, packed.token_ids[1:], strict=False):
        real, first = row[row != 0], following[1]
        extra = document_of[real[-2]] != document_of[first]
        assert len(real) + extra + sentence_of[first] > max_length


def test_a_sentence_longer_than_a_row_is_cut_into_rows():
    packed = pack_full_sentences(VOCABULARY, [[[5, 6], [7, 8, 9, 10, 11], [12]]], max_length=5)
    assert packed.token_ids.tolist() == [[CLS, 5, 6, SEP, 0], [CLS, 7, 8, 9, SEP], [CLS, 10, 11, 12, SEP]]


@pytest.mark.parametrize(
    ("documents", "length", "words"), [([[[5]]], 2, "at least 3"), ([[], [[]]], 9, "a token")]
)
def test_what_cannot_be_packed(documents, length, words):
    with pytest.raises(ValueError, match=words):
        pack_full_sentences(VOCABULARY, documents, length)
