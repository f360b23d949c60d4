import re
from collections import Counter


def _entities(labels):
    """Set of (kind, first, last)."""
    found, kind, first = set(), None, None
    for place, label in enumerate(list(labels) + ["O"]):
        mark, _, this = label.partition("-")
        if kind is not None and not (mark == "I" and this == kind):
            found.add((kind, first, place - 1))
            kind = None
        if kind is None and mark in ("B", "I"):
            kind, first = this, place
    return found


def _f1(gold, predicted, entities=_entities):
    right = guessed = true = 0
    for g, p in zip(gold, predicted):
        g, p = entities(g), entities(p)
        right += len(g & p)
        guessed += len(p)
        true += len(g)
    return 2 * right / (guessed + true) if guessed + true else 0.0


def right_1(gold, predicted):
    """One pass with the open entity at hand."""
    return _f1(gold, predicted)


def right_2(gold, predicted):
    """Where an entity begins and where one ends is asked of every pair of neighbours."""

    def spans(corpus):
        result = Counter()
        for number, labels in enumerate(corpus):
            padded = ["O"] + list(labels) + ["O"]
            begins = []
            for i in range(1, len(padded)):
                before, now = padded[i - 1], padded[i]
                goes_on = now[0] == "I" and before[0] in "BI" and before[2:] == now[2:]
                if before[0] != "O" and not goes_on:
                    result[number, begins[-1], i, before[2:]] += 1
                if now[0] != "O" and not goes_on:
                    begins.append(i)
        return result

    true, guessed = spans(gold), spans(predicted)
    total = sum(true.values()) + sum(guessed.values())
    return 2.0 * sum((true & guessed).values()) / total if total else 0.0


def right_3(gold, predicted):
    """From a beginning, as far as the entity goes."""

    def spans(corpus):
        for number, labels in enumerate(corpus):
            i = 0
            while i < len(labels):
                if labels[i] == "O":
                    i += 1
                    continue
                kind, j = labels[i][2:], i + 1
                while j < len(labels) and labels[j] == "I-" + kind:
                    j += 1
                yield number, i, j, kind
                i = j

    true, guessed = set(spans(gold)), set(spans(predicted))
    if not true and not guessed:
        return 0.0
    return 2 * len(true & guessed) / (len(true) + len(guessed))


def wrong_1(gold, predicted):
    """F1 of labels, not of entities. Wrong on: an entity found in part."""
    right = guessed = true = 0
    for g, p in zip(gold, predicted):
        right += sum(x == y != "O" for x, y in zip(g, p))
        guessed += sum(x != "O" for x in p)
        true += sum(x != "O" for x in g)
    return 2 * right / (guessed + true) if guessed + true else 0.0


def wrong_2(gold, predicted):
    """An I without its B is no entity. Wrong on: I behind O, behind another kind, or at the beginning."""

    def entities(labels):
        found, kind, first = set(), None, None
        for place, label in enumerate(list(labels) + ["O"]):
            if kind is not None and label != "I-" + kind:
                found.add((kind, first, place - 1))
                kind = None
            if label.startswith("B-"):
                kind, first = label[2:], place
        return found

    return _f1(gold, predicted, entities)


def wrong_3(gold, predicted):
    """An I of any kind goes on with the entity before. Wrong on: B-X I-Y."""

    def entities(labels):
        found, first = set(), None
        for place, label in enumerate(list(labels) + ["O"]):
            if first is not None and label[0] != "I":
                found.add((labels[first][2:], first, place - 1))
                first = None
            if first is None and label != "O":
                first = place
        return found

    return _f1(gold, predicted, entities)


def wrong_4(gold, predicted):
    """A B goes on with an entity of its kind. Wrong on: two entities of a kind side by side."""

    def entities(labels):
        found, first = set(), 0
        kinds = [label[2:] for label in labels]
        for place in range(1, len(kinds) + 1):
            if place == len(kinds) or kinds[place] != kinds[first]:
                if kinds[first]:
                    found.add((kinds[first], first, place - 1))
                first = place
        return found

    return _f1(gold, predicted, entities)


def wrong_5(gold, predicted):
    """An entity at the end of a sentence is never closed. Wrong on: sentences that end inside an entity."""

    def entities(labels):
        return {e for e in _entities(labels) if e[2] < len(labels) - 1}

    return _f1(gold, predicted, entities)


def wrong_6(gold, predicted):
    """All sentences are strung together. Wrong on: a sentence that begins with I of the kind that ended."""
    return _f1([[x for s in gold for x in s]], [[x for s in predicted for x in s]])


def wrong_7(gold, predicted):
    """The mean of the F1 of sentences. Wrong on: sentences with different numbers of entities."""
    scores = [_f1([g], [p]) for g, p in zip(gold, predicted)]
    return sum(scores) / len(scores) if scores else 0.0


def wrong_8(gold, predicted):
    """The mean of the F1 of kinds ("macro"). Wrong on: kinds with different scores and numbers."""
    kinds = {x[2:] for s in list(gold) + list(predicted) for x in s if x != "O"}

    def only(kind):
        return lambda labels: {e for e in _entities(labels) if e[0] == kind}

    scores = [_f1(gold, predicted, only(kind)) for kind in sorted(kinds)]
    return sum(scores) / len(scores) if scores else 0.0


def wrong_9(gold, predicted):
    """Kinds are not compared. Wrong on: right places with a wrong kind."""
    return _f1(gold, predicted, lambda labels: {e[1:] for e in _entities(labels)})


def wrong_10(gold, predicted):
    """The last place is not compared. Wrong on: an entity that ends too early or too late."""
    return _f1(gold, predicted, lambda labels: {e[:2] for e in _entities(labels)})


def wrong_11(gold, predicted):
    """1 where there is nothing to be found and nothing was. Wrong on: no entities at all."""
    if not any(_entities(s) for s in list(gold) + list(predicted)):
        return 1.0
    return _f1(gold, predicted)


def wrong_12(gold, predicted):
    """An overlap of the same kind is enough. Wrong on: entities found in part."""
    right = guessed = true = 0
    for g, p in zip(gold, predicted):
        g, p = _entities(g), _entities(p)
        right += sum(any(k == x and i <= z and y <= j for x, y, z in g) for k, i, j in p)
        guessed, true = guessed + len(p), true + len(g)
    return min(1.0, 2 * right / (guessed + true)) if guessed + true else 0.0


def wrong_13(gold, predicted):
    """Entities of all sentences in one set without their sentence. Wrong on: equal spans in two sentences."""
    true = set().union(*map(_entities, gold))
    guessed = set().union(*map(_entities, predicted))
    return 2 * len(true & guessed) / (len(true) + len(guessed)) if true or guessed else 0.0


def wrong_14(gold, predicted):
    """By precision and recall, divided by their sum. Wrong on: nothing right (a division by zero)."""
    pairs = [(_entities(g), _entities(p)) for g, p in zip(gold, predicted)]
    right = sum(len(g & p) for g, p in pairs)
    precision = right / max(1, sum(len(p) for _, p in pairs))
    recall = right / max(1, sum(len(g) for g, _ in pairs))
    return 2 * precision * recall / (precision + recall)


def wrong_15(gold, predicted):
    """The kind is cut at its first hyphen. Wrong on: kinds such as creative-work and creative-name."""

    def entities(labels):
        return _entities(["-".join(label.split("-")[:2]) for label in labels])

    return _f1(gold, predicted, entities)


def wrong_16(gold, predicted):
    """Recall in place of F1. Wrong on: more or fewer entities predicted than true."""
    right = sum(len(_entities(g) & _entities(p)) for g, p in zip(gold, predicted))
    true = sum(len(_entities(g)) for g in gold)
    return right / true if true else 0.0


def wrong_17(gold, predicted):
    """Precision in place of F1. Wrong on: more or fewer entities predicted than true."""
    right = sum(len(_entities(g) & _entities(p)) for g, p in zip(gold, predicted))
    guessed = sum(len(_entities(p)) for p in predicted)
    return right / guessed if guessed else 0.0


def wrong_18(gold, predicted):
    """In per cent. Wrong on: any score above 0."""
    return 100.0 * _f1(gold, predicted)


def wrong_19(gold, predicted):
    """Right over all that is predicted or true (Jaccard). Wrong on: scores between 0 and 1."""
    right = total = 0
    for g, p in zip(gold, predicted):
        right += len(_entities(g) & _entities(p))
        total += len(_entities(g) | _entities(p))
    return right / total if total else 0.0


def wrong_20(gold, predicted):
    """An I of another kind is skipped; it ends an entity but begins none. Wrong on: B-X I-Y."""

    def entities(labels):
        found, kind, first = set(), None, None
        for place, label in enumerate(list(labels) + ["O"]):
            before = labels[place - 1] if place else "O"
            if kind is not None and label != "I-" + kind:
                found.add((kind, first, place - 1))
                kind = None
            if label[0] == "B" or (label[0] == "I" and before == "O"):
                kind, first = label[2:], place
        return found

    return _f1(gold, predicted, entities)


def wrong_21(gold, predicted):
    """Labels as letters for a regular expression, kinds by their first. Wrong on: LOC and LAW."""

    def entities(labels):
        text = "".join("O." if x == "O" else x[0] + x[2] for x in labels)
        found = set()
        for hit in re.finditer(r"[BI](?P<k>[^.])(?:I(?P=k))*", text):
            found.add((hit["k"], hit.start() // 2, hit.end() // 2))
        return found

    return _f1(gold, predicted, entities)


def wrong_22(gold, predicted):
    """An I at the beginning of a sentence is passed over. Wrong on: sentences that begin with I."""

    def entities(labels):
        labels = list(labels)
        if labels and labels[0].startswith("I"):
            labels[0] = "O"
        return _entities(labels)

    return _f1(gold, predicted, entities)
