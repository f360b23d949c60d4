import hashlib
import math
import statistics
from collections import Counter
from itertools import islice

import pytest

from course_lib.data import ToyLanguage
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.data.toy.parser import derivations


@pytest.fixture(scope="module")
def toy():
    return ToyLanguage()


@pytest.fixture(scope="module")
def stream(toy):
    return list(islice(toy.stream(seed=11), 20_000))


def test_log_probability_is_that_of_all_derivations_of_the_sentence(toy):
    for pair in toy.sample(500, seed=3):
        (found,) = derivations(TOY_GRAMMAR, pair.source)
        assert pair.source_log_probability == pytest.approx(found.log_probability, rel=1e-12)
        translated = toy.translate(pair.source)
        assert translated[:3] == pair[:3]


def test_entropy_per_token_is_what_sentences_cost(toy, stream):
    # Σ(-log p) - h Σ(length + 1) has mean zero when h is the entropy per token.
    excess = [-p.source_log_probability - toy.entropy_per_token * (len(p.source) + 1) for p in stream]
    standard_error = statistics.stdev(excess) / math.sqrt(len(excess))
    assert abs(statistics.fmean(excess)) < 4 * standard_error
    assert standard_error < 0.002 * toy.entropy_per_token * 13
    assert toy.floor(stream) == pytest.approx(toy.entropy_per_token, rel=0.005)


def test_leaving_out_repetitions_hardly_moves_the_floor(toy, stream):
    assert abs(toy.floor(set(stream)) - toy.floor(stream)) < 1e-4


def test_observed_frequencies_match_probabilities(toy):
    counts = Counter(pair.source[0] for pair in toy.sample(20_000, seed=5))
    # A sentence opens with a determiner; `the` has 2 of 6 weights in either number.
    share = counts["the"] / 20_000
    assert abs(share - 1 / 3) < 4 * math.sqrt(1 / 3 * 2 / 3 / 20_000)
    assert set(counts) == {"the", "a", "this", "my", "one", "some", "these", "two"}


@pytest.mark.parametrize(
    ("source", "target", "links"),
    [
        (
            # The same word twice: first the tool, then the verb; the object is a flower, and roses rise.
            "the saw saw the rose while these roses rose slowly",
            "so zigo so thubo zumek dun til thubon lum lum pobeku",
            "0-0 1-1 2-4 3-2 4-3 5-5 6-6 7-7 8-10 9-8 9-9",
        ),
        (
            # `left` as a side (adjective) and as a verb; two adjectives come mirrored.
            "the left old boat left my house",
            "so wuko tobil hopil nem kufo holek",
            "0-0 1-3 2-2 3-1 4-6 5-4 6-5",
        ),
        (
            # Both verbs agree with `girls`, the main verb from six words away; the time opens the clause.
            "some girls that saw a red cat looked after my dog last night",
            "kesi bal tison shu ba miro karil zumeku nem vado tucheku",
            "0-1 1-2 2-3 3-7 4-4 5-6 6-5 7-10 8-10 9-8 10-9 11-0 12-0",
        ),
        (
            # Two subjects of one are many; both words of a two-word name follow one source word.
            "my grandmother and a bird never picked up these lighthouses",
            "nem nebo vel ul ba pelo til dalon rem ro rimeku ka",
            "0-0 1-1 1-2 2-3 3-4 4-5 5-9 5-11 6-10 7-10 8-6 9-7 9-8",
        ),
    ],
)
def test_translations_written_by_hand(toy, source, target, links):
    pair = toy.translate(source.split())
    assert " ".join(pair.target) == target
    assert pair.alignment == {tuple(map(int, link.split("-"))) for link in links.split()}


def test_every_word_of_either_side_is_aligned(stream):
    for pair in stream[:2000]:
        assert {i for i, _ in pair.alignment} == set(range(len(pair.source)))
        assert {j for _, j in pair.alignment} == set(range(len(pair.target)))


def test_lengths_spread_from_short_to_long(stream):
    lengths = [len(pair.source) for pair in stream]
    assert 11.5 < statistics.fmean(lengths) < 13.5
    assert min(lengths) == 4
    assert max(lengths) <= 35
    assert sum(length >= 19 for length in lengths) > 0.1 * len(lengths)
    assert sum(length <= 7 for length in lengths) > 0.08 * len(lengths)
    assert sum(length > 28 for length in lengths) < 0.001 * len(lengths)


def test_words(toy, stream):
    counts = Counter(word for pair in stream[:8000] for word in pair.source)
    assert set(counts) == set(toy.source_words)
    assert min(counts.values()) > 100
    counts = Counter(word for pair in stream[:8000] for word in pair.target)
    assert set(counts) == set(toy.target_words)
    assert min(counts.values()) > 100
    assert not set(toy.source_words) & set(toy.target_words)
    assert 60 <= len(toy.source_words) <= 110
    assert 60 <= len(toy.target_words) <= 110
    assert all(
        word.isascii() and word.isalpha() and word.islower() for word in toy.source_words + toy.target_words
    )


def test_words_of_two_meanings_have_two_translations(stream):
    meanings = {}
    for pair in stream:
        for i, j in pair.alignment:
            meanings.setdefault(pair.source[i], set()).add(pair.target[j])
    assert meanings["saw"] == {"zigo", "zumek", "zumeku"}
    assert meanings["rose"] == {"thubo", "pobek", "pobeku"}
    assert meanings["left"] == {"hopil", "holek", "holeku"}


def test_splits_share_no_sentence(toy):
    parts = {
        split: {pair.source for pair in toy.sample(1000, seed=7, split=split)}
        for split in ("train", "validation", "test")
    }
    assert len(set.union(*parts.values())) == 3000
    for split, sources in parts.items():
        assert {toy.split_of(source) for source in sources} == {split}


def test_split_shares(toy):
    words = toy.source_words
    made_up = [
        (first, second, third) for first in words[:30] for second in words[:30] for third in words[:10]
    ]
    shares = Counter(map(toy.split_of, made_up))
    for split, share in (("train", 0.9), ("validation", 0.05), ("test", 0.05)):
        error = math.sqrt(share * (1 - share) / len(made_up))
        assert abs(shares[split] / len(made_up) - share) < 4 * error


def test_sample_is_distinct_and_a_prefix_of_larger_samples(toy):
    many = toy.sample(3000, seed=2)
    assert len({pair.source for pair in many}) == 3000
    assert toy.sample(50, seed=2) == many[:50]
    assert toy.sample(50, seed=3) != many[:50]
    assert toy.sample(0) == []


def test_sample_is_the_same_on_every_machine(toy):
    text = "\n".join(" ".join(pair.source + pair.target) for pair in toy.sample(1000, seed=42, split="test"))
    assert (
        hashlib.sha256(text.encode()).hexdigest()
        == "5e3500a55c3a169ef8d01746a5a6563d94c46b821e7bd4548b749501c07e7a9e"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"count": -1}, "`count` must be a non-negative integer. Received: count=-1"),
        ({"count": 2.5}, "count=2.5"),
        ({"count": 1, "seed": -1}, "`seed` must be a non-negative integer. Received: seed=-1"),
        ({"count": 1, "seed": True}, "seed=True"),
        (
            {"count": 1, "split": "dev"},
            "`split` must be one of train, validation, test. Received: split='dev'",
        ),
    ],
)
def test_wrong_arguments_are_named(toy, arguments, message):
    with pytest.raises(ValueError, match=message):
        toy.sample(**arguments)


def test_stream_checks_its_arguments_at_once(toy):
    with pytest.raises(ValueError, match="split='all'"):
        toy.stream(split="all")


@pytest.mark.parametrize(
    "source", ["", "the cat", "the cat rose", "the cats slept gladly the", "the katze slept gladly"]
)
def test_translate_refuses_what_is_not_a_sentence(toy, source):
    with pytest.raises(ValueError, match="must be a sentence of the toy language"):
        toy.translate(source.split())


def test_translate_refuses_a_string(toy):
    with pytest.raises(ValueError, match="sequence of words"):
        toy.translate("the cat slept gladly")


def test_floor_needs_a_pair(toy):
    with pytest.raises(ValueError, match="at least one pair"):
        toy.floor([])
    pair = toy.translate(["the", "cat", "slept", "gladly"])
    # one clause, one subject and no time, plain, no adjective, the, cat, verb with manner, slept, gladly
    assert toy.floor([pair]) == pytest.approx(
        -math.log(0.56 * 0.36 * 0.5 * 0.6 / 3 / 16 * 0.12 / 6 / 4) / 5, rel=1e-12
    )
