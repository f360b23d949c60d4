import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.models.ngram import NGramModel, absolute_discount, continuation_counts, count_ngrams

START, END, A, B, C = 2, 3, 5, 6, 7
SENTENCES = [[A, B], [A, C], [B, A, B]]
corpora = st.lists(st.lists(st.integers(4, 10), max_size=7), min_size=1, max_size=11)


def model(order, smoothing="kneser_ney", sentences=SENTENCES, vocabulary_size=11, **kwargs):
    return NGramModel(order, vocabulary_size, start_id=START, end_id=END, smoothing=smoothing, **kwargs).fit(
        sentences
    )


def test_counts_of_a_tiny_corpus():
    unigrams, bigrams, trigrams = count_ngrams(SENTENCES, 3, START, END)
    assert unigrams == {(): {A: 3, B: 3, C: 1, END: 3}}
    assert bigrams == {(START,): {A: 2, B: 1}, (A,): {B: 2, C: 1}, (B,): {END: 2, A: 1}, (C,): {END: 1}}
    assert trigrams == {
        (START, A): {B: 1, C: 1},
        (START, B): {A: 1},
        (A, B): {END: 2},
        (A, C): {END: 1},
        (B, A): {B: 1},
    }


def test_continuation_counts_forget_how_often_and_keep_how_widely():
    assert continuation_counts({(A,): {B: 99}, (C,): {B: 1, A: 4}}) == {(): {B: 2, A: 1}}
    assert continuation_counts({(START, A): {B: 5}, (C, A): {B: 1}}) == {(A,): {B: 2}}


def test_discount_by_hand_and_without_estimate():
    assert absolute_discount({(A,): {A: 1, B: 1, C: 1}, (B,): {A: 2, B: 7}}) == pytest.approx(3 / 5)
    assert absolute_discount({(A,): {A: 2, B: 3}}) == 0.5
    assert absolute_discount({(A,): {A: 1, B: 3}}) == 0.5


def test_bigram_kneser_ney_by_hand():
    bigram = model(2)
    # Seven bigrams, counts 2 1 | 2 1 | 2 1 | 1: n1 = 4, n2 = 3.
    assert bigram.discounts[1] == pytest.approx(4 / 10)
    # Left contexts: A after START, B; B after START, A; C after A; END after B, C: n1 = 1, n2 = 3, total 7.
    assert bigram.counts[0] == {(): {A: 2, B: 2, C: 1, END: 2}}
    assert bigram.discounts[0] == pytest.approx(1 / 7)
    unigram_b = (2 - 1 / 7) / 7 + (1 / 7) * 4 / 7 * (1 / 11)
    assert bigram.probability(B, [A]) == pytest.approx((2 - 0.4) / 3 + 0.4 * 2 / 3 * unigram_b, rel=1e-12)
    unigram_unseen = (1 / 7) * 4 / 7 * (1 / 11)
    assert bigram.probability(8, [A]) == pytest.approx(0.4 * 2 / 3 * unigram_unseen, rel=1e-12)
    assert bigram.probability(B, [9]) == pytest.approx(unigram_b, rel=1e-12)  # a context never seen


def test_trigram_kneser_ney_recurses_and_keeps_raw_counts_at_the_start():
    trigram = model(3)
    assert trigram.counts[1][(START,)] == {A: 2, B: 1}  # raw
    assert trigram.counts[1][(A,)] == {B: 2, C: 1}  # B after (START A) and (B A); C after (START A)
    assert trigram.counts[1][(B,)] == {END: 1, A: 1}  # END after (A B) alone, though seen twice
    discount = trigram.discounts[2]
    expected = (2 - discount) / 2 + discount * 1 / 2 * trigram.probability(END, [B])
    assert trigram.probability(END, [A, B]) == pytest.approx(expected, rel=1e-12)
    assert trigram.probability(END, [C, A, B]) == trigram.probability(END, [A, B])


def test_add_k_and_maximum_likelihood_by_hand():
    add_one = model(2, "add_k", pseudo_count=1.0)
    assert add_one.probability(B, [A]) == pytest.approx(3 / 14)
    assert add_one.probability(8, [A]) == pytest.approx(1 / 14)
    assert add_one.probability(8, [9]) == pytest.approx(1 / 11)
    likelihood = model(2, "maximum_likelihood")
    assert likelihood.probability(B, [A]) == pytest.approx(2 / 3)
    assert likelihood.probability(8, [A]) == 0.0
    assert likelihood.log_probability([A, 8]) == -np.inf


@settings(max_examples=60, deadline=None)
@given(
    corpora,
    st.integers(1, 4),
    st.sampled_from(["kneser_ney", "add_k", "maximum_likelihood"]),
    st.lists(st.integers(0, 10), max_size=5),
)
def test_every_distribution_sums_to_one(sentences, order, smoothing, context):
    distribution = model(order, smoothing, sentences).distribution(context)
    assert distribution.min() >= 0
    assert distribution.sum() == pytest.approx(1, abs=1e-12)
    if smoothing != "maximum_likelihood":
        assert distribution.min() > 0


@settings(max_examples=30, deadline=None)
@given(corpora, st.integers(1, 4))
def test_sentence_log_probability_is_the_chain_rule(sentences, order):
    fitted = model(order, sentences=sentences)
    sentence = [4, 5, 4]
    tokens = [START, *sentence, END]
    chain = [np.log(fitted.distribution(tokens[:i])[tokens[i]]) for i in range(1, len(tokens))]
    assert fitted.token_log_probabilities(sentence) == pytest.approx(np.array(chain), rel=1e-12)
    assert fitted.log_probability(sentence) == pytest.approx(sum(chain), rel=1e-12)


def test_all_sentences_together_have_probability_one():
    fitted = model(2, sentences=[[0], [], [0, 1]], vocabulary_size=4)
    words = [0, 1, 2]  # everything but END; START as an event included
    total = sum(
        np.exp(fitted.log_probability(sentence))
        for length in range(7)
        for sentence in itertools.product(words, repeat=length)
    )
    assert 0.97 < total < 1.0  # the rest is longer than six tokens


def test_the_end_of_a_sentence_is_an_event_and_its_start_is_not():
    fitted = model(1, "maximum_likelihood")
    assert fitted.distribution([])[END] == pytest.approx(3 / 10)
    assert fitted.distribution([])[START] == 0.0
    assert len(fitted.token_log_probabilities([A, B, C])) == 4


def test_samples_follow_the_distribution_and_the_seed():
    fitted = model(2)
    assert fitted.sample(seed=7) == fitted.sample(seed=7)
    samples = [fitted.sample(seed) for seed in range(2003)]
    starts_with_a = np.mean([sample[:1] == [A] for sample in samples])
    expected = fitted.probability(A, [START])
    assert abs(starts_with_a - expected) < 4 * np.sqrt(expected * (1 - expected) / 2003)
    assert len(model(1).sample(seed=0, max_length=3)) <= 3
    assert all(END not in sample for sample in samples)


def test_what_cannot_work_says_so():
    with pytest.raises(ValueError, match="`order` must be positive. Received: order=0"):
        NGramModel(0, 11, start_id=START, end_id=END)
    with pytest.raises(ValueError, match="Received: smoothing='laplace'"):
        NGramModel(2, 11, start_id=START, end_id=END, smoothing="laplace")
    with pytest.raises(ValueError, match="`pseudo_count` must be positive"):
        NGramModel(2, 11, start_id=START, end_id=END, smoothing="add_k", pseudo_count=0.0)
    with pytest.raises(ValueError, match="below `vocabulary_size`. Received: 7"):
        NGramModel(2, 7, start_id=START, end_id=END).fit(SENTENCES)
    with pytest.raises(ValueError, match="call `fit` first"):
        NGramModel(2, 7, start_id=START, end_id=END).probability(A, [B])
    with pytest.raises(ValueError, match="at least one sentence"):
        NGramModel(2, 7, start_id=START, end_id=END).fit([])


@pytest.mark.parametrize("outside", [-4, 11, 5.5])
@pytest.mark.parametrize("smoothing", ["kneser_ney", "add_k", "maximum_likelihood"])
def test_ids_outside_the_vocabulary_are_refused(smoothing, outside):
    bigram = model(2, smoothing)
    for call in (
        lambda: bigram.probability(outside, [A]),
        lambda: bigram.probability(A, [outside]),
        lambda: bigram.distribution([outside]),
        lambda: bigram.distribution([outside, A]),
        lambda: bigram.log_probability([A, outside]),
        lambda: bigram.token_log_probabilities([outside]),
        lambda: model(2, smoothing, sentences=[[A, outside]]),
        lambda: NGramModel(2, 11, start_id=outside, end_id=END),
        lambda: NGramModel(2, 11, start_id=START, end_id=outside),
    ):
        with pytest.raises(
            ValueError, match=f"below `vocabulary_size`. Received: {outside}, vocabulary_size=11"
        ):
            call()
