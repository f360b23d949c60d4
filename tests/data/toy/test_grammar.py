import math
from itertools import combinations, product

import pytest

from course_lib.data.toy.grammar import (
    START_SYMBOL,
    TOY_GRAMMAR,
    count_derivations,
    derivation_entropy,
    expected_length,
    is_symbol,
    read_grammar,
    symbol_of,
)
from course_lib.data.toy.parser import derivations

SMALL = read_grammar("""
Sentence
    3  Name Verb           =>  Name Verb
    1  Name Verb Time      =>  Time Name Verb
Name
    5  the Noun            =>  so Noun
    2  Noun.1 and Noun.2   =>  Noun.1 ul Noun.2
Noun
    1  cat                 =>  miro
    4  saw                 =>  zigo
Verb
    2  rose                =>  pobek
    3  woke up             =>  thamek
Time
    1  last night          =>  kesi
""")

# "the saw with the saw with the saw": the second `with` belongs to the first or to the second saw.
AMBIGUOUS = read_grammar("""
Sentence
    1  Noun With.1           =>  Noun With.1
    1  Noun With.1 With.2    =>  Noun With.1 With.2
Noun
    1  saw                   =>  zigo
With
    1  with Noun             =>  gi Noun
    1  with Noun with saw    =>  gi gi zigo Noun
""")


def expand_all(grammar, items):
    """Every (words, probability) below a sequence of items, by brute force."""
    if not items:
        return [((), 1.0)]
    head, rest = items[0], expand_all(grammar, items[1:])
    if is_symbol(head):
        heads = [
            (words, rule.probability * probability)
            for rule in grammar[symbol_of(head)]
            for words, probability in expand_all(grammar, rule.source)
        ]
    else:
        heads = [((head,), 1.0)]
    return [(a + b, p * q) for (a, p), (b, q) in product(heads, rest)]


def first_words(grammar, items):
    """Each way of rewriting the leftmost symbols until a word comes first: (word, what follows it)."""
    if not items:
        return [(None, ())]
    head, rest = items[0], items[1:]
    if not is_symbol(head):
        return [(head, rest)]
    return [step for rule in grammar[symbol_of(head)] for step in first_words(grammar, (*rule.source, *rest))]


def same_words_twice(grammar):
    """Whether two different derivations write the same words: a search over pairs that have read the same.

    What is still to be written after a prefix is a sequence of items. Two derivations part where two
    different ways to come to the next word agree on that word; from there on the pair is followed over every
    common word.
    """
    steps = {}

    def steps_of(items):
        items = tuple(symbol_of(item) if is_symbol(item) else item for item in items)
        if items not in steps:
            steps[items] = first_words(grammar, items)
        return steps[items]

    united, parted = [(START_SYMBOL,)], []
    seen = set(united)
    while united:
        ways = steps_of(united.pop())
        parted += [(after, other) for (word, after), (same, other) in combinations(ways, 2) if word == same]
        for word, after in ways:
            if word is not None and after not in seen:
                seen.add(after)
                united.append(after)
    seen_pairs = set(parted)
    while parted:
        one, two = parted.pop()
        if one == two:
            return True
        for (word, after), (same, other) in product(steps_of(one), steps_of(two)):
            if word == same is None:
                return True
            if word == same and (after, other) not in seen_pairs:
                seen_pairs.add((after, other))
                parted.append((after, other))
    return False


def test_no_source_sentence_has_two_derivations():
    assert not same_words_twice(TOY_GRAMMAR)


def test_the_ambiguity_search_agrees_with_enumeration():
    for grammar, expected in ((SMALL, False), (AMBIGUOUS, True)):
        sentences = [words for words, _ in expand_all(grammar, (START_SYMBOL,))]
        assert (len(set(sentences)) < len(sentences)) is expected
        assert same_words_twice(grammar) is expected


def test_parser_sums_over_every_derivation_of_an_ambiguous_sentence():
    by_words = {}
    for words, probability in expand_all(AMBIGUOUS, (START_SYMBOL,)):
        by_words.setdefault(words, []).append(probability)
    assert max(map(len, by_words.values())) > 1
    for words, probabilities in by_words.items():
        found = [math.exp(derivation.log_probability) for derivation in derivations(AMBIGUOUS, words)]
        assert sorted(found) == pytest.approx(sorted(probabilities), rel=1e-12)


def test_closed_forms_agree_with_enumeration():
    sentences = expand_all(SMALL, (START_SYMBOL,))
    probabilities = [probability for _, probability in sentences]
    assert math.fsum(probabilities) == pytest.approx(1, abs=1e-12)
    assert count_derivations(SMALL) == len(sentences) == 2 * 2 * (2 + 4)
    entropy = -math.fsum(p * math.log(p) for p in probabilities)
    assert derivation_entropy(SMALL) == pytest.approx(entropy, rel=1e-12)
    length = math.fsum(p * len(words) for words, p in sentences)
    assert expected_length(SMALL) == pytest.approx(length, rel=1e-12)


@pytest.mark.parametrize("symbol", ["Relative[one]", "Simple[many]", "Place", "Link"])
def test_entropy_of_parts_of_the_toy_grammar(symbol):
    # Determiners and nouns carry most of the count: two of each keep the enumeration small.
    cut = {
        name: rules[:2] if all(not rule.symbols for rule in rules) else rules
        for name, rules in TOY_GRAMMAR.items()
    }
    cut = {
        name: tuple(
            type(rule)(rule.probability / sum(r.probability for r in rules), rule.source, rule.target)
            for rule in rules
        )
        for name, rules in cut.items()
    }
    probabilities = [probability for _, probability in expand_all(cut, (symbol,))]
    assert math.fsum(probabilities) == pytest.approx(1, abs=1e-12)
    entropy = -math.fsum(p * math.log(p) for p in probabilities)
    assert derivation_entropy(cut, symbol) == pytest.approx(entropy, rel=1e-10)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A\n  1 B => B", "must have a block"),
        ("A\n  1 B B => B B\nB\n  1 b => c", "once on each side"),
        ("A\n  1 B => d\nB\n  1 b => c", "once on each side"),
        ("A\n  1 a B => B\nB\n  1 b => c", "words on both sides"),
    ],
)
def test_wrong_rules_are_refused(text, message):
    with pytest.raises(ValueError, match=message):
        read_grammar(text)


def test_probabilities_of_every_symbol_sum_to_one():
    for rules in TOY_GRAMMAR.values():
        assert math.fsum(rule.probability for rule in rules) == pytest.approx(1, abs=1e-12)
