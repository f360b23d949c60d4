"""Verdict of `entity_f1`: F1 of whole entities over all sentences."""

from collections import Counter

import numpy as np

KINDS = ("PER", "LOC", "ORG")


def draw(generator):
    """Sentences whose predictions damage the entities in every way; then what must be met, by hand."""
    cases = []
    for sentences, length in ((3, 7), (5, 11), (7, 5), (2, 13)):
        gold = [_sentence(generator, length + int(extra)) for extra in generator.integers(0, 4, sentences)]
        cases.append({"gold": gold, "predicted": [_damaged(generator, labels) for labels in gold]})
    by_hand = [
        ["B-PER", "I-PER", "O", "B-LOC", "O", "B-ORG", "B-ORG", "I-ORG"],
        ["O", "B-LOC", "I-LOC", "B-LOC", "O", "B-PER", "I-PER"],
        ["B-ORG", "I-ORG", "I-ORG", "O", "B-PER", "I-PER", "B-LOC"],
        ["O", "O", "B-PER"],
    ]
    said = [
        ["I-PER", "I-PER", "O", "B-PER", "O", "B-ORG", "B-ORG", "I-ORG"],  # begins with I-; another kind
        ["O", "B-LOC", "I-LOC", "I-LOC", "O", "B-PER", "I-LOC"],  # two run together; the kind changes
        ["B-ORG", "I-ORG", "O", "O", "B-PER", "I-PER", "I-LOC"],  # too short; I- behind another kind
        ["O", "O", "B-PER"],
    ]
    order = generator.permutation(4)
    cases.append({"gold": [by_hand[i] for i in order], "predicted": [said[i] for i in order]})
    across = [["O", "B-PER"], ["B-PER", "O"], ["O", "B-LOC", "I-LOC"]]
    ran_on = [["O", "B-PER"], ["I-PER", "O"], ["O", "B-LOC", "O"]]  # the second begins with an I-
    cases.append({"gold": across, "predicted": ran_on})
    cases.append({"gold": [["B-PER", "I-PER", "O"]], "predicted": [["B-PER", "I-LOC", "O"]]})
    alike = ["B-LOC", "O", "B-work-of-art", "I-work-of-art", "O", "B-PER"]
    said = [label.replace("LOC", "LAW").replace("of-art", "of-fiction") for label in alike]
    cases.append({"gold": [alike], "predicted": [said]})
    cases.append({"gold": [["O", "B-LOC"]], "predicted": [["O", "O"]]})
    cases.append({"gold": [["O", "O", "O"], ["O"]], "predicted": [["O", "O", "O"], ["O"]]})
    cases.append({"gold": [["O", "O"], ["O"]], "predicted": [["O", "I-ORG"], ["O"]]})
    return cases


def _sentence(generator, length):
    labels = []
    while len(labels) < length:
        kind, size = KINDS[generator.integers(3)], int(generator.integers(1, 4))
        labels += ["O"] * int(generator.integers(0, 3)) + [f"B-{kind}"] + [f"I-{kind}"] * (size - 1)
    return labels[:length]


def _damaged(generator, labels):
    changed = list(labels)
    for place in range(len(labels)):
        if generator.random() < 0.2:
            prefix = "OBI"[generator.integers(3)]
            changed[place] = "O" if prefix == "O" else f"{prefix}-{KINDS[generator.integers(3)]}"
    return changed


def _labels(case):
    return [label for sentence in case["predicted"] for label in sentence]


def _is_followed_by(labels, holds):
    return any(holds(*pair) for pair in zip(labels[:-1], labels[1:], strict=True))


CONDITIONS = {
    "a predicted I- at the beginning of a sentence": lambda case: any(
        labels[0].startswith("I-") for labels in case["predicted"]
    ),
    "a predicted I- behind another kind": lambda case: any(
        _is_followed_by(labels, lambda a, b: a != "O" and b[0] == "I" and a[2:] != b[2:])
        for labels in case["predicted"]
    ),
    "two entities of a kind side by side": lambda case: any(
        _is_followed_by(labels, lambda a, b: a != "O" and b == f"B-{a[2:]}") for labels in case["gold"]
    ),
    "an entity up to the end of a sentence": lambda case: any(labels[-1] != "O" for labels in case["gold"]),
    "a sentence that ends and one that begins with the same kind": lambda case: any(
        a[-1] != "O" and b[0] == f"I-{a[-1][2:]}"
        for a, b in zip(case["predicted"][:-1], case["predicted"][1:], strict=True)
    ),
    "the right places, another kind": lambda case: reference(**case) < _kind_ignored(**case),
    "kinds that begin alike": lambda case: "B-LAW" in _labels(case),
    "kinds of several words": lambda case: "B-work-of-fiction" in _labels(case),
    "nothing is predicted": lambda case: set(_labels(case)) == {"O"} and reference(**case) == 0,
    "there is no entity, and none is predicted": lambda case: (
        {label for part in case.values() for labels in part for label in labels} == {"O"}
    ),
    "there is no entity, and one is predicted": lambda case: (
        {label for labels in case["gold"] for label in labels} == {"O"} and set(_labels(case)) != {"O"}
    ),
    "one sentence": lambda case: len(case["gold"]) == 1,
}


def _entities(labels, begins=None, loses_last=False):
    """The entities of a sentence as (kind, first, last); `begins` says where one begins and where it goes on.

    It is given the kind that is open, or None, and the label, and returns "begins", "goes on" or "none".
    """
    found, kind, start = [], None, None
    for place, label in enumerate([*labels, "O"]):
        what = "none" if label == "O" else (begins or _seqeval)(kind, label)
        if kind is not None and what != "goes on" and not (loses_last and place == len(labels)):
            found.append((kind, start, place - 1))
        if what == "begins":
            kind, start = label[2:], place
        elif what == "none":
            kind = None
    return found


def _seqeval(kind, label):
    return "goes on" if label[0] == "I" and label[2:] == kind else "begins"


def _strict(kind, label):
    """An I- that nothing begins is no entity."""
    if label[0] == "B":
        return "begins"
    return "goes on" if label[2:] == kind else "none"


def _runs_together(kind, label):
    """A B- behind its own kind does not begin anew."""
    return "goes on" if label[2:] == kind else "begins"


def _any_kind_goes_on(kind, label):
    return "goes on" if label[0] == "I" and kind is not None else "begins"


def _any_kind_goes_on_if_begun(kind, label):
    """The same, and what nothing begins is no entity."""
    if label[0] == "B":
        return "begins"
    return "goes on" if kind is not None else "none"


def _sets(gold, predicted, **reading):
    """All entities with the number of their sentence, (gold, predicted)."""
    return tuple(
        {(number, *entity) for number, labels in enumerate(part) for entity in _entities(labels, **reading)}
        for part in (gold, predicted)
    )


def _f1(right, said, true):
    return 2 * right / (said + true) if said + true else 0.0


def _scored(score=_f1, **reading):
    def answer(gold, predicted):
        true, said = _sets(gold, predicted, **reading)
        return float(score(len(true & said), len(said), len(true)))

    return answer


reference = _scored()


def _kind_ignored(gold, predicted):
    true, said = ({(n, *span) for n, _, *span in part} for part in _sets(gold, predicted))
    return _f1(len(true & said), len(said), len(true))


def _begin_alone(keep):
    """Only some of (sentence, kind, first, last) must be right."""

    def answer(gold, predicted):
        true, said = (Counter(tuple(e[k] for k in keep) for e in part) for part in _sets(gold, predicted))
        return _f1(sum((true & said).values()), sum(said.values()), sum(true.values()))

    return answer


def _overlapping(gold, predicted):
    true, said = _sets(gold, predicted)
    right = sum(any(_touch(one, other) for other in true) for one in said)
    return _f1(right, len(said), len(true))


def _touch(one, other):
    return one[:2] == other[:2] and one[2] <= other[3] and other[2] <= one[3]


def _sentences_pooled(gold, predicted):
    """Entities of all sentences in one set, without the number of the sentence."""
    true, said = ({entity[1:] for entity in part} for part in _sets(gold, predicted))
    return _f1(len(true & said), len(said), len(true))


def _joined(gold, predicted):
    """All sentences as one long one."""
    return reference([sum(gold, [])], [sum(predicted, [])])


def _averaged_over(key):
    """F1 of each kind, or of each sentence, and their mean."""

    def answer(gold, predicted):
        true, said = _sets(gold, predicted)
        keys = sorted({entity[key] for entity in true | said}) if key else range(len(gold))
        scores = []
        for one in keys:
            mine = [{entity for entity in part if entity[key] == one} for part in (true, said)]
            scores.append(_f1(len(mine[0] & mine[1]), len(mine[1]), len(mine[0])))
        return float(np.mean(scores)) if scores else 0.0

    return answer


def _sentences_with_both_averaged(gold, predicted):
    pairs = [(a, b) for a, b in zip(gold, predicted, strict=True) if _entities(a) and _entities(b)]
    return float(np.mean([reference([a], [b]) for a, b in pairs])) if pairs else 0.0


def _true_kinds_averaged(gold, predicted):
    true, said = _sets(gold, predicted)
    scores = []
    for kind in sorted({entity[1] for entity in true}):
        mine = [{entity for entity in part if entity[1] == kind} for part in (true, said)]
        scores.append(_f1(len(mine[0] & mine[1]), len(mine[1]), len(mine[0])))
    return float(np.mean(scores)) if scores else 0.0


def _of_tokens(is_right, counts=lambda label: label != "O"):
    def answer(gold, predicted):
        pairs = [pair for a, b in zip(gold, predicted, strict=True) for pair in zip(a, b, strict=True)]
        right = sum(counts(a) and counts(b) and is_right(a, b) for a, b in pairs)
        return _f1(right, sum(counts(b) for _, b in pairs), sum(counts(a) for a, _ in pairs))

    return answer


def _accuracy(gold, predicted):
    pairs = [pair for a, b in zip(gold, predicted, strict=True) for pair in zip(a, b, strict=True)]
    return float(np.mean([a == b for a, b in pairs]))


def _nothing_is(value):
    def answer(gold, predicted):
        true, said = _sets(gold, predicted)
        return reference(gold, predicted) if true or said else value

    return answer


MISTAKES = {
    "nothing_is_perfect": _nothing_is(1.0),
    "labels_counted": (
        _of_tokens(lambda a, b: a == b),
        _of_tokens(lambda a, b: a[2:] == b[2:]),
        _of_tokens(lambda a, b: a == b, counts=lambda label: True),
        _accuracy,
    ),
    "averaged_over_kinds": (_averaged_over(1), _true_kinds_averaged),
    "averaged_over_sentences": (_averaged_over(0), _sentences_with_both_averaged),
    "kind_ignored": _kind_ignored,
    "begin_alone": (_begin_alone((0, 1, 2)), _begin_alone((0, 2))),
    "overlap_counts": _overlapping,
    "entity_needs_a_b": _scored(begins=_strict),
    "neighbours_run_together": _scored(begins=_runs_together),
    "kind_may_change_inside": (
        _scored(begins=_any_kind_goes_on),
        _scored(begins=_any_kind_goes_on_if_begun),
    ),
    "last_entity_lost": _scored(loses_last=True),
    "sentences_pooled": _sentences_pooled,
    "sentences_joined": _joined,
    "precision_alone": _scored(lambda right, said, true: right / said if said else 0.0),
    "recall_alone": _scored(lambda right, said, true: right / true if true else 0.0),
    "share_of_all_entities": _scored(
        lambda right, said, true: right / (said + true - right) if said + true else 0.0
    ),
    "two_forgotten": _scored(lambda right, said, true: right / (said + true) if said + true else 0.0),
}
