"""The floor of masked words: against written-out sentences, and as the expectation that it claims to be."""

import numpy as np
import pytest
from support.toy_texts import TOY, TOY_VOCABULARY, toy_ids
from support.written_out import written_out

from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import masked_word_floor
from course_lib.objectives import MaskedSpans, MaskedWords
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

KINDS = [(0.8, 0.1), (1.0, 0.0), (0.0, 1.0), (0.3, 0.4)]


def hidden_sample(count, seed, **settings):
    objective = MaskedWords(TOY_VOCABULARY, **{"most": 40, **settings})
    token_ids = toy_ids([pair.source for pair in TOY.sample(count, seed=seed)])
    return objective, *objective.hide(token_ids, np.random.default_rng(seed))


@pytest.mark.parametrize(("mask_share", "random_share"), KINDS)
def test_short_sentences_against_a_sum_over_all_of_them(mask_share, random_share):
    sentences = written_out(TOY_GRAMMAR, 4)
    share, kept, number = 0.4, 1 - mask_share - random_share, len(TOY.source_words)

    def shows(seen, word, is_chosen):
        """The probability that a place of this word shows this."""
        if seen == "[MASK]":
            return mask_share * (1 if is_chosen else share)
        tampered = random_share / number + kept * (seen == word)
        return tampered if is_chosen else (1 - share) * (seen == word) + share * tampered

    objective = MaskedWords(TOY_VOCABULARY, share, mask_share, random_share, most=6)
    token_ids = toy_ids([sentence for sentence, _ in sentences[:: len(sentences) // 4]])
    inputs, labels = objective.hide(token_ids, np.random.default_rng(3))
    losses, hits = masked_word_floor(TOY, TOY_VOCABULARY, objective, inputs, labels)
    expected_losses, expected_hits = [], []
    for row, slot in zip(*np.nonzero(labels), strict=True):
        seen = [TOY_VOCABULARY.token_of(i) for i in inputs["token_ids"][row, 1:5]]
        place = inputs["masked_positions"][row, slot] - 1
        sums = dict.fromkeys(TOY.source_words, 0.0)
        for words, probability in sentences:
            for index, word in enumerate(words):
                probability *= shows(seen[index], word, index == place)
            sums[words[place]] += probability
        right = TOY_VOCABULARY.token_of(labels[row, slot])
        expected_losses.append(-np.log(sums[right] / sum(sums.values())))
        expected_hits.append(sums[right] > 0.999 * max(sums.values()))  # ties are broken either way
    assert len(losses) > 2
    np.testing.assert_allclose(losses, expected_losses, rtol=1e-9, atol=1e-12)
    assert (hits <= np.array(expected_hits)).all()


# With 80 % masks so little of what is seen is false that a wrong belief costs less than chance moves.
@pytest.mark.parametrize(("mask_share", "random_share"), [(1.0, 0.0), (0.0, 1.0), (0.3, 0.4)])
def test_knowing_the_tampering_wrongly_costs(mask_share, random_share):
    """Over many draws the floor is below what a reader pays who believes in another share."""
    settings = {"mask_share": mask_share, "random_share": random_share}
    objective, inputs, labels = hidden_sample(401, seed=2, share=0.3, **settings)
    floor, _ = masked_word_floor(TOY, TOY_VOCABULARY, objective, inputs, labels)
    for share in (0.1, 0.6):
        believed = MaskedWords(TOY_VOCABULARY, share=share, **settings)
        losses, _ = masked_word_floor(TOY, TOY_VOCABULARY, believed, inputs, labels)
        if mask_share == 1.0:  # masks show themselves: their share is of no use
            np.testing.assert_allclose(losses, floor, atol=1e-9)
        else:
            assert losses.mean() > floor.mean()


def test_one_mask_alone_is_easier_than_many():
    means = []
    for share in (0.05, 0.3, 0.8):
        objective, inputs, labels = hidden_sample(151, seed=4, share=share, mask_share=1.0, random_share=0.0)
        losses, hits = masked_word_floor(TOY, TOY_VOCABULARY, objective, inputs, labels)
        means.append((losses.mean(), -hits.mean()))
    assert sorted(means) == means
    assert 1.7 < means[0][0] < 2.1


def test_another_vocabulary_is_refused():
    objective, inputs, labels = hidden_sample(3, seed=5)
    with pytest.raises(ValueError, match="the words of the toy language"):
        masked_word_floor(TOY, Vocabulary([*BERT_SPECIAL_TOKENS, "cat"]), objective, inputs, labels)


def test_words_chosen_together_have_a_floor_where_all_are_masked():
    token_ids = toy_ids([pair.source for pair in TOY.sample(11, seed=6)])

    def floor(objective, inputs, labels):
        return masked_word_floor(TOY, TOY_VOCABULARY, objective, inputs, labels)[0]

    spans = MaskedSpans(TOY_VOCABULARY, 0.4, mask_share=1.0, random_share=0.0)
    inputs, labels = spans.hide(token_ids, np.random.default_rng(1))
    losses = floor(spans, inputs, labels)
    singly = MaskedWords(TOY_VOCABULARY, 0.4, mask_share=1.0, random_share=0.0)
    np.testing.assert_array_equal(losses, floor(singly, inputs, labels))  # how they were chosen says nothing
    with pytest.raises(ValueError, match="a MaskedSpans with mask_share=0.8"):
        floor(MaskedSpans(TOY_VOCABULARY, 0.4), inputs, labels)
