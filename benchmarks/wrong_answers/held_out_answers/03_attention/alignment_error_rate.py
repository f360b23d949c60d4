from fractions import Fraction

import numpy as np


def wrong_1(predicted, sure, possible):
    """The mean of the rates of the sentences; wrong when these differ in their numbers of links."""
    rates = []
    for a, s, p in zip(predicted, sure, possible):
        if len(a) + len(s) > 0:
            rates.append(1 - (len(a & s) + len(a & p)) / (len(a) + len(s)))
    return sum(rates) / max(len(rates), 1)


def wrong_2(predicted, sure, possible):
    """Divides by |A| + |P|; wrong on almost any input."""
    hits = sum(len(a & s) + len(a & p) for a, s, p in zip(predicted, sure, possible))
    return 1 - hits / sum(len(a) + len(p) for a, p in zip(predicted, possible))


def wrong_3(predicted, sure, possible):
    """Returns the rate of hits, without 1 minus; wrong on almost any input."""
    hits = sum(len(a & s) + len(a & p) for a, s, p in zip(predicted, sure, possible))
    return hits / sum(len(a) + len(s) for a, s in zip(predicted, sure))


def wrong_4(predicted, sure, possible):
    """Counts only the sure links, twice: a possible link is an error; wrong on almost any input."""
    hits = sum(2 * len(a & s) for a, s in zip(predicted, sure))
    return 1 - hits / sum(len(a) + len(s) for a, s in zip(predicted, sure))


def wrong_5(predicted, sure, possible):
    """Pours the links of all sentences into one set, so equal pairs of different sentences become one. Wrong on: a pair that occurs in two sentences."""
    a, s, p = set().union(*predicted), set().union(*sure), set().union(*possible)
    return 1 - (len(a & s) + len(a & p)) / (len(a) + len(s))


def wrong_6(predicted, sure, possible):
    """Takes P without S for the possible links, so sure hits count once only; wrong on almost any input."""
    hits = sum(len(a & s) + len(a & (p - s)) for a, s, p in zip(predicted, sure, possible))
    return 1 - hits / sum(len(a) + len(s) for a, s in zip(predicted, sure))


def wrong_7(predicted, sure, possible):
    """One minus the mean of precision and recall (or of what exists of them), not the given fraction; wrong on almost any input."""
    precise = sum(len(a & p) for a, p in zip(predicted, possible)) / max(sum(map(len, predicted)), 1)
    recalled = sum(len(a & s) for a, s in zip(predicted, sure)) / max(sum(map(len, sure)), 1)
    return 1 - (precise + recalled) / 2


def wrong_8(predicted, sure, possible):
    """Divides in every sentence; fails on a sentence without links predicted or sure."""
    shares, weights = [], []
    for a, s, p in zip(predicted, sure, possible):
        shares.append((len(a & s) + len(a & p)) / (len(a) + len(s)))
        weights.append(len(a) + len(s))
    return 1 - sum(x * w for x, w in zip(shares, weights)) / sum(weights)


def wrong_9(predicted, sure, possible):
    """Turns the predicted pairs round, (target, source); wrong on almost any input."""
    predicted = [{(t, s) for s, t in links} for links in predicted]
    hits = sum(len(a & s) + len(a & p) for a, s, p in zip(predicted, sure, possible))
    return 1 - hits / sum(len(a) + len(s) for a, s in zip(predicted, sure))


def right_1(predicted, sure, possible):
    """Sentences numbered and all links in one set."""

    def number(corpus):
        return {(i, *pair) for i, links in enumerate(corpus) for pair in links}

    a, s, p = number(predicted), number(sure), number(possible)
    return 1.0 - (len(a & s) + len(a & p)) / (len(a) + len(s))


def right_2(predicted, sure, possible):
    """Plain loops and whole numbers; errors counted, not hits."""
    errors = everything = 0
    for a, s, p in zip(predicted, sure, possible):
        for link in a:
            errors += (link not in s) + (link not in p)
        errors += len(s) - len(a)
        everything += len(a) + len(s)
    # |A| + |S| - |A & S| - |A & P| = 2 |A| - hits + |S| - |A|
    return float(Fraction(errors, everything))


def right_3(predicted, sure, possible):
    """Counts of each sentence in a NumPy array, summed; a float of NumPy back."""
    counts = np.array(
        [(len(a & s), len(a & p), len(a), len(s)) for a, s, p in zip(predicted, sure, possible)]
    )
    in_sure, in_possible, links, sure_links = counts.sum(axis=0)
    return np.float64(1 - (in_sure + in_possible) / (links + sure_links))
