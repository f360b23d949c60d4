"""Verdict of `beam_step`: the best continuations of several unfinished hypotheses together."""

import numpy as np


def draw(generator):
    """Scores (K,) in any order and log probabilities (K, V); in the last case one hypothesis takes all.

    No two candidates are equal: which of them comes first is up to the backend. No matrix is square: Keras's
    `ops.add` on TensorFlow takes a column beside a square matrix for a row.
    """
    cases = []
    sizes = ((2, 3, 1.0, 0.5), (3, 7, 2.0, 1.0), (5, 11, 3.0, 4.0), (7, 13, 1.0, 0.2), (1, 5, 1.0, 1.0))
    for beams, words, scale, spread in sizes:
        scores = -generator.exponential(spread, beams) - 3.0
        cases.append(_case(scores, generator.normal(0, scale, (beams, words))))
    spreads = generator.uniform(0.1, 0.3, 3)
    likely = 3 * np.eye(5)[[2, 1, 2]] + generator.uniform(0.0, 0.1, (3, 5))
    in_turn = _case(-3.0 - np.array([spreads[0], 0.0, spreads[1]]), likely)
    takes_all = _case(np.array([-9.0, -1.0, -8.0]), generator.normal(0, 0.5, (3, 5)))
    return [*cases, in_turn, takes_all]


def _case(scores, logits):
    return {
        "scores": scores,
        "log_probabilities": logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)),
    }


def _parents(case):
    return reference(**case)[1]


CONDITIONS = {
    "one hypothesis takes all places": lambda case: (
        len(case["scores"]) > 2 and len(set(_parents(case))) == 1 and _parents(case)[0] > 0
    ),
    "every hypothesis goes on": lambda case: len(set(_parents(case))) == len(case["scores"]) > 2,
    "the first hypothesis is not the best": lambda case: case["scores"].argmax() > 0,
    "one hypothesis": lambda case: len(case["scores"]) == 1,
    "a hypothesis has several places, another none": lambda case: (
        1 < len(set(_parents(case))) < len(case["scores"])
    ),
    "the last hypothesis goes on": lambda case: (
        len(case["scores"]) - 1 in _parents(case) and len(case["scores"]) > 1
    ),
    "a token that is added twice": lambda case: len(set(reference(**case)[2])) < len(case["scores"]),
}


def _best(candidates, count, worst=False):
    """The largest entries of a matrix: values, rows, columns."""
    order = np.argsort(candidates if worst else -candidates, axis=None, kind="stable")[:count]
    return candidates.reshape(-1)[order], order // candidates.shape[1], order % candidates.shape[1]


def reference(scores, log_probabilities):
    return _best(scores[:, None] + log_probabilities, len(scores))


def _one_per_beam(scores, log_probabilities):
    """Each beam continues with its own best token, in the order of the beams."""
    tokens = log_probabilities.argmax(axis=1)
    return scores + log_probabilities.max(axis=1), np.arange(len(scores)), tokens


def _one_per_beam_sorted(scores, log_probabilities):
    new, parents, tokens = _one_per_beam(scores, log_probabilities)
    order = np.argsort(-new, kind="stable")
    return new[order], parents[order], tokens[order]


def _scores_forgotten(scores, log_probabilities):
    return _best(log_probabilities, len(scores))


def _scores_forgotten_in_the_ranking(scores, log_probabilities):
    step, parents, tokens = _best(log_probabilities, len(scores))
    return scores[parents] + step, parents, tokens


def _each_token_once(scores, log_probabilities):
    """The best parent of every token, and of these the best tokens."""
    candidates = scores[:, None] + log_probabilities
    order = np.argsort(-candidates.max(axis=0), kind="stable")[: len(scores)]
    parents = candidates.argmax(axis=0)[order]
    return candidates[parents, order], parents, order


def _only_best_beam(scores, log_probabilities):
    """All continuations taken from the first beam; unavailable tokens rank last."""
    candidates = np.full_like(log_probabilities, -np.inf)
    candidates[0] = scores[0] + log_probabilities[0]
    return _best(candidates, len(scores))


def _parent_and_token_swapped(scores, log_probabilities):
    new, parents, tokens = reference(scores, log_probabilities)
    return new, tokens, parents


def _divided_by_beams(scores, log_probabilities):
    """The flat index is taken apart with K where V belongs."""
    candidates = scores[:, None] + log_probabilities
    order = np.argsort(-candidates, axis=None, kind="stable")[: len(scores)]
    return candidates.reshape(-1)[order], order // len(scores), order % len(scores)


def _flat_index_as_token(scores, log_probabilities):
    new, parents, tokens = reference(scores, log_probabilities)
    return new, parents, parents * log_probabilities.shape[1] + tokens


def _worst_first(scores, log_probabilities):
    return _best(scores[:, None] + log_probabilities, len(scores), worst=True)


def _best_last(scores, log_probabilities):
    return tuple(part[::-1] for part in reference(scores, log_probabilities))


def _multiplied(scores, log_probabilities):
    return _best(scores[:, None] * log_probabilities, len(scores))


def _probabilities_added(scores, log_probabilities):
    return _best(scores[:, None] + np.exp(log_probabilities), len(scores))


def _step_score_returned(scores, log_probabilities):
    _, parents, tokens = reference(scores, log_probabilities)
    return log_probabilities[parents, tokens], parents, tokens


def _added_along_the_wrong_axis(scores, log_probabilities):
    """Scores of the new hypotheses with the parents' scores of other rows: position k adds score k."""
    _, parents, tokens = reference(scores, log_probabilities)
    return scores + log_probabilities[parents, tokens], parents, tokens


def unordered(arguments, received, expected):
    """The right continuations, each with its score, in another order."""
    received, expected = (np.stack([np.asarray(part) for part in triple]) for triple in (received, expected))
    orders = [np.lexsort(triple[1:]) for triple in (received, expected)]
    are_the_same = np.allclose(received[:, orders[0]], expected[:, orders[1]], rtol=1e-4)
    return are_the_same and (np.diff(received[0]) > 0).any()


MISTAKES = {
    "one_per_beam": (_one_per_beam, _one_per_beam_sorted),
    "scores_forgotten": (_scores_forgotten, _scores_forgotten_in_the_ranking),
    "only_best_beam": _only_best_beam,
    "each_token_once": _each_token_once,
    "parent_and_token_swapped": _parent_and_token_swapped,
    "divided_by_beams": _divided_by_beams,
    "flat_index_as_token": _flat_index_as_token,
    "worst_first": (_worst_first, _best_last),
    "multiplied": (_multiplied, _probabilities_added),
    "step_score_returned": (_step_score_returned, _added_along_the_wrong_axis),
}
SYMPTOMS = {"unordered": unordered}
