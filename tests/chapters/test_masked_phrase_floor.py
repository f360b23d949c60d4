"""The floor of whole phrases: against written-out sentences, weighed by the probability of what is hidden."""

import numpy as np
import pytest
from support.toy_texts import TOY, TOY_VOCABULARY, toy_ids
from support.written_out import written_out

from course_lib.chapters import masked_phrase_floor, toy_phrases
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.evaluation import masked_word_floor
from course_lib.objectives import MaskedUnits, MaskedWords, span_units, word_units

OBJECTIVE = MaskedUnits(TOY_VOCABULARY, 0.3, mask_share=1.0, random_share=0.0, most=40)
# Nouns and adjectives that are verbs as well, gaps over two units, gaps that begin or end a sentence.
CASES = [
    ("the saw rose quickly", "01"),
    ("the saw rose quickly", "2"),
    ("the saw rose quickly", "23"),
    ("my cat woke up near the left dog", "23"),
    ("my cat woke up near the left dog", "234"),
    ("the left saw left the rose", "012"),
    ("the left saw left the rose", "0123"),
    ("one bird looked for my lamp last night", "23 67"),
]


def units_of(words):
    """The places of each unit."""
    phrases = toy_phrases(words)
    inside = {place for start, stop in phrases for place in range(start, stop)}
    return [set(range(*phrase)) for phrase in phrases] + [{i} for i in range(len(words)) if i not in inside]


def by_itself(words, hidden, share):
    """P(hidden | words), every unit by itself."""
    kinds = [len(unit & hidden) / len(unit) for unit in units_of(words)]
    return np.prod([{0.0: 1 - share, 1.0: share}.get(kind, 0.0) for kind in kinds])


def one_phrase(words, hidden, _):
    """P(hidden | words), one phrase of several words, each alike."""
    phrases = [set(range(*phrase)) for phrase in toy_phrases(words)]
    return (hidden in phrases) / len(phrases)


def masked(sentence, places):
    """The sentence in ids without its hidden words, and the ids of these."""
    token_ids = toy_ids([sentence])
    where = 1 + np.array(sorted(places))
    inputs = {"token_ids": token_ids.copy(), "masked_positions": where[None]}
    inputs["token_ids"][0, where] = TOY_VOCABULARY.mask_id
    return inputs, token_ids[:, where]


def losses_by_a_list(sentence, hidden, share, chance):
    seen = [None if place in hidden else word for place, word in enumerate(sentence)]
    found = written_out(TOY_GRAMMAR, len(sentence), seen=seen)
    weights = [p * chance(words, hidden, share) for words, p in found]
    assert len(found) > 1
    return [
        -np.log(
            sum(w for w, (words, _) in zip(weights, found, strict=True) if words[place] == sentence[place])
            / sum(weights)
        )
        for place in sorted(hidden)
    ]


@pytest.mark.parametrize(("text", "places"), CASES)
def test_units_by_themselves_against_a_sum_over_all_sentences(text, places):
    sentence, hidden = tuple(text.split()), {int(place) for place in places if place != " "}
    inputs, labels = masked(sentence, hidden)
    for share in (0.1, 0.7):
        losses, hits = masked_phrase_floor(TOY, TOY_VOCABULARY, inputs, labels, share)
        np.testing.assert_allclose(
            losses, losses_by_a_list(sentence, hidden, share, by_itself), rtol=1e-9, atol=1e-9
        )
        assert hits.shape == losses.shape and hits.dtype == bool


@pytest.mark.parametrize(("text", "places"), [CASES[0], CASES[3], CASES[5]])
def test_one_phrase_against_a_sum_over_all_sentences(text, places):
    sentence, hidden = tuple(text.split()), set(map(int, places))
    inputs, labels = masked(sentence, hidden)
    losses, _ = masked_phrase_floor(TOY, TOY_VOCABULARY, inputs, labels)
    np.testing.assert_allclose(
        losses, losses_by_a_list(sentence, hidden, None, one_phrase), rtol=1e-9, atol=1e-9
    )


def test_a_gap_that_only_single_words_fit_tells_nothing():
    inputs, labels = masked(["the", "cat", "slept", "near", "my", "dog"], {2})
    told, _ = masked_phrase_floor(TOY, TOY_VOCABULARY, inputs, labels, 0.15)
    words = MaskedWords(TOY_VOCABULARY, mask_share=1.0, random_share=0.0)
    untold, _ = masked_word_floor(TOY, TOY_VOCABULARY, words, inputs, labels)
    np.testing.assert_allclose(told, untold, atol=1e-9)


def test_knowing_how_phrases_are_chosen_is_worth_something_and_another_share_costs():
    sentences = [pair.source for pair in TOY.sample(401, seed=2)]
    token_ids = toy_ids(sentences)
    phrases = [[(start + 1, stop + 1) for start, stop in toy_phrases(words)] for words in sentences]
    units = span_units(word_units(token_ids, TOY_VOCABULARY), phrases)
    inputs, labels = OBJECTIVE.hide(token_ids, np.random.default_rng(2), units)
    untold, _ = masked_word_floor(TOY, TOY_VOCABULARY, OBJECTIVE, inputs, labels)
    means = {
        share: masked_phrase_floor(TOY, TOY_VOCABULARY, inputs, labels, share)[0].mean()
        for share in (0.02, 0.3, 0.95)
    }
    assert means[0.3] < min(means[0.02], means[0.95], untold.mean())


@pytest.mark.parametrize(("text", "places"), [("the cat slept gladly", {1}), ("the cat saw my dog", {1, 2})])
def test_a_phrase_in_part_is_refused(text, places):
    inputs, labels = masked(text.split(), places)
    with pytest.raises(ValueError, match="hidden in part"):
        masked_phrase_floor(TOY, TOY_VOCABULARY, inputs, labels, 0.15)
