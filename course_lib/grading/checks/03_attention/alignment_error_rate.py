"""Verdict of `alignment_error_rate`: one minus the share of links that are right, over a corpus."""

import numpy as np


def draw(generator):
    """Link sets of 2 to 7 sentences; sure links are a part of the possible ones."""
    cases = []
    for num_sentences, num_words in ((2, 2), (3, 5), (5, 7), (7, 11), (2, 13)):
        predicted, sure, possible = [], [], []
        for sentence in range(num_sentences):
            length = num_words + 3 * sentence  # sentences of different length: averages differ from totals
            true = [(int(generator.integers(length)), j) for j in range(length)]
            others = [(int(generator.integers(length)), j) for j in range(length)]
            certain = {true[j] for j in range(length) if generator.random() < 0.6} | {true[0]}
            # A link that is possible and not sure, found by the model; one that is not even possible.
            maybe = {link for link in others if generator.random() < 0.5} | {(length, 1)}
            found = {link for link in true if generator.random() < 0.7}
            found |= {link for link in others if generator.random() < 0.4} | {(length, 1), (length, 0)}
            predicted.append(found)
            sure.append(certain)
            possible.append(certain | maybe)
        cases.append({"predicted": predicted, "sure": sure, "possible": possible})
    cases.append(
        {
            "predicted": [{(0, 0), (1, 2)}, set(), {(0, 0), (1, 1), (2, 1)}, set()],
            "sure": [{(0, 0)}, {(0, 0), (1, 1)}, set(), set()],
            "possible": [{(0, 0), (2, 1)}, {(0, 0), (1, 1)}, {(1, 1), (2, 2)}, {(0, 0)}],
        }
    )
    perfect = [set(links) for links in cases[0]["sure"]]
    cases.append({"predicted": perfect, "sure": cases[0]["sure"], "possible": cases[0]["possible"]})
    cases.append(
        {"predicted": [{(0, 1), (1, 0)}], "sure": [{(0, 0), (1, 1)}], "possible": [{(0, 0), (1, 1)}]}
    )
    return cases


CONDITIONS = {
    "a sentence without predicted links": lambda case: set() in case["predicted"],
    "a sentence without sure links": lambda case: set() in case["sure"],
    "a sentence without predicted and sure links": lambda case: any(
        not a and not s for a, s in zip(case["predicted"], case["sure"], strict=True)
    ),
    "one pair predicted in two sentences": lambda case: (
        len(set.union(*case["predicted"])) < sum(map(len, case["predicted"]))
    ),
    "links that are possible, and not sure": lambda case: case["sure"] != case["possible"],
    "a predicted link that is possible, and not sure": lambda case: any(
        a & p - s for a, s, p in zip(case["predicted"], case["sure"], case["possible"], strict=True)
    ),
    "a predicted link that is not even possible": lambda case: any(
        a - p for a, p in zip(case["predicted"], case["possible"], strict=True)
    ),
    "a sure link that was not found": lambda case: any(
        s - a for a, s in zip(case["predicted"], case["sure"], strict=True)
    ),
    "a perfect answer": lambda case: reference(**case) == 0,
    "an answer without a right link": lambda case: reference(**case) == 1,
    "one sentence": lambda case: len(case["sure"]) == 1,
    "sentences of different length": lambda case: len(set(map(len, case["sure"]))) > 1,
}


def _counts(predicted, sure, possible):
    """|A ∩ S|, |A ∩ P|, |A|, |S|, |P|, one row a sentence."""
    rows = [
        (len(a & s), len(a & p), len(a), len(s), len(p))
        for a, s, p in zip(predicted, sure, possible, strict=True)
    ]
    return np.array(rows, dtype=float)


def _of_totals(formula):
    return lambda predicted, sure, possible: formula(*_counts(predicted, sure, possible).sum(axis=0))


def _error_rate(sure_hits, hits, num_predicted, num_sure, num_possible=None):
    return 1 - (sure_hits + hits) / (num_predicted + num_sure)


def reference(predicted, sure, possible):
    return float(_error_rate(*_counts(predicted, sure, possible).sum(axis=0)))


def _sentence_average(predicted, sure, possible):
    return float(np.mean(_error_rate(*_counts(predicted, sure, possible).T)))


def _sentence_average_of_nothing(predicted, sure, possible):
    """The same in Python, which refuses to divide by nothing."""
    if any(not a and not s for a, s in zip(predicted, sure, strict=True)):
        raise ZeroDivisionError
    return _sentence_average(predicted, sure, possible)


def _sentence_average_of_some(predicted, sure, possible):
    """The same, over the sentences with predicted or sure links."""
    rates = _error_rate(*_counts(predicted, sure, possible).T)
    return float(np.nanmean(rates))


def _pooled(predicted, sure, possible):
    """Links of all sentences thrown together."""
    return reference(*([set.union(*links)] for links in (predicted, sure, possible)))


def _reversed_links(predicted, sure, possible):
    return reference([{(j, i) for i, j in links} for links in predicted], sure, possible)


MISTAKES = {
    "sentence_average": (_sentence_average, _sentence_average_of_nothing, _sentence_average_of_some),
    "sentences_pooled": _pooled,
    "possible_ignored": _of_totals(lambda sure_hits, hits, a, s, p: 1 - 2 * sure_hits / (a + s)),
    "sure_ignored": _of_totals(lambda sure_hits, hits, a, s, p: 1 - 2 * hits / (a + p)),
    "possible_in_denominator": _of_totals(lambda sure_hits, hits, a, s, p: 1 - (sure_hits + hits) / (a + p)),
    "accuracy_returned": _of_totals(lambda sure_hits, hits, a, s, p: (sure_hits + hits) / (a + s)),
    "precision_only": _of_totals(lambda sure_hits, hits, a, s, p: 1 - hits / a),
    "recall_only": _of_totals(lambda sure_hits, hits, a, s, p: 1 - sure_hits / s),
    "intersections_halved": _of_totals(lambda sure_hits, hits, a, s, p: 1 - (sure_hits + hits) / 2 / (a + s)),
    "links_reversed": _reversed_links,
}
