"""Phrases of the toy language against its grammar."""

import pytest

from course_lib.chapters import toy_phrases
from course_lib.data import ToyLanguage
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.data.toy.parser import derivations

PHRASES = ("Simple[one]", "Simple[many]", "Transitive[one]", "Intransitive[one]", "Time")


def test_every_phrase_is_one_of_the_grammar_and_none_is_missed():
    for pair in ToyLanguage().sample(80, seed=3):
        sentence = pair.source
        found = toy_phrases(sentence)
        for start, stop in found:
            assert any(derivations(TOY_GRAMMAR, sentence[start:stop], symbol) for symbol in PHRASES)
        inside = [place for start, stop in found for place in range(start, stop)]
        assert len(inside) == len(set(inside))
        left = {word for place, word in enumerate(sentence) if place not in inside}
        assert not left & {"the", "a", "some", "cat", "cats", "red", "happy", "for", "after", "up", "night"}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("the left saw left the saw", ["the left saw", "the saw"]),
        ("the rose rose gladly", ["the rose"]),
        ("one old left rose looked for my saw", ["one old left rose", "looked for", "my saw"]),
        ("slept gladly", []),
    ],
)
def test_words_of_two_meanings(text, phrases):
    words = text.split()
    assert [" ".join(words[start:stop]) for start, stop in toy_phrases(words)] == phrases
