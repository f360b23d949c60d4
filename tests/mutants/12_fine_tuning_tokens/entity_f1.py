"""Wrong answers to `entity_f1`, each named after the mistake it makes."""


def _entities(labels, begins_at_i=True, joins=False, any_kind=False, loses_last=False):
    """A right reading, with parts exchanged: a set of (kind, first, last)."""
    found, kind, start = set(), None, None
    for place, label in enumerate(labels):
        same = kind is not None and (any_kind or label[2:] == kind)
        if label != "O" and same and (label[0] == "I" or (joins and label[2:] == kind)):
            continue
        if kind is not None:
            found.add((kind, start, place - 1))
        kind = None
        if label[0] == "B" or (label[0] == "I" and begins_at_i):
            kind, start = label[2:], place
    if kind is not None and not loses_last:
        found.add((kind, start, len(labels) - 1))
    return found


def _all(sentences, keep=lambda entity: entity, **reading):
    return {
        (number, *keep(entity))
        for number, labels in enumerate(sentences)
        for entity in _entities(labels, **reading)
    }


def _counts(gold, predicted, **reading):
    true, said = _all(gold, **reading), _all(predicted, **reading)
    return len(true & said), len(said), len(true)


def _f1(right, said, true):
    return 2 * right / (said + true) if said + true else 0.0


def nothing_is_perfect(gold, predicted):
    right, said, true = _counts(gold, predicted)
    return _f1(right, said, true) if said + true else 1.0


def labels_counted(gold, predicted):
    pairs = [pair for a, b in zip(gold, predicted, strict=True) for pair in zip(a, b, strict=True)]
    right = sum(a == b != "O" for a, b in pairs)
    return _f1(right, sum(b != "O" for _, b in pairs), sum(a != "O" for a, _ in pairs))


def averaged_over_kinds(gold, predicted):
    true, said = _all(gold), _all(predicted)
    scores = []
    for kind in {entity[1] for entity in true | said}:
        mine, theirs = ({entity for entity in part if entity[1] == kind} for part in (true, said))
        scores.append(_f1(len(mine & theirs), len(theirs), len(mine)))
    return sum(scores) / len(scores) if scores else 0.0


def averaged_over_sentences(gold, predicted):
    scores = [_f1(*_counts([a], [b])) for a, b in zip(gold, predicted, strict=True)]
    return sum(scores) / len(scores)


def kind_ignored(gold, predicted):
    return _f1(*_counts(gold, predicted, keep=lambda entity: entity[1:]))


def begin_alone(gold, predicted):
    return _f1(*_counts(gold, predicted, keep=lambda entity: entity[:2]))


def overlap_counts(gold, predicted):
    true, said = _all(gold), _all(predicted)
    right = sum(any(a[:2] == b[:2] and a[2] <= b[3] and b[2] <= a[3] for b in true) for a in said)
    return _f1(right, len(said), len(true))


def entity_needs_a_b(gold, predicted):
    return _f1(*_counts(gold, predicted, begins_at_i=False))


def neighbours_run_together(gold, predicted):
    return _f1(*_counts(gold, predicted, joins=True))


def kind_may_change_inside(gold, predicted):
    return _f1(*_counts(gold, predicted, any_kind=True))


def last_entity_lost(gold, predicted):
    return _f1(*_counts(gold, predicted, loses_last=True))


def sentences_pooled(gold, predicted):
    true, said = ({entity[1:] for entity in _all(part)} for part in (gold, predicted))
    return _f1(len(true & said), len(said), len(true))


def sentences_joined(gold, predicted):
    return _f1(*_counts(*([[label for labels in part for label in labels]] for part in (gold, predicted))))


def precision_alone(gold, predicted):
    right, said, _ = _counts(gold, predicted)
    return right / said if said else 0.0


def recall_alone(gold, predicted):
    right, _, true = _counts(gold, predicted)
    return right / true if true else 0.0


def share_of_all_entities(gold, predicted):
    right, said, true = _counts(gold, predicted)
    return right / (said + true - right) if said + true else 0.0


def two_forgotten(gold, predicted):
    return _f1(*_counts(gold, predicted)) / 2
