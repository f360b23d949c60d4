"""Wrong answers to `entity_f1` beside its mutants."""

from course_lib.evaluation import entity_scores, find_entities


def _found(sentences):
    return {(number, *entity) for number, labels in enumerate(sentences) for entity in find_entities(labels)}


def _f1(true, said):
    return 2 * len(true & said) / (len(true) + len(said)) if true or said else 0.0


def in_percent(gold, predicted):
    return 100 * entity_scores(gold, predicted).f1 + (not _found(gold) and not _found(predicted))


def mean_of_precision_and_recall(gold, predicted):
    scores = entity_scores(gold, predicted)
    return (scores.precision + scores.recall) / 2


def single_places_left_out(gold, predicted):
    true, said = ({entity for entity in _found(part) if entity[2] < entity[3]} for part in (gold, predicted))
    return _f1(true, said)


def end_alone(gold, predicted):
    true, said = ({(n, kind, last) for n, kind, _, last in _found(part)} for part in (gold, predicted))
    return _f1(true, said)


def averaged_over_sentences__of_those_with_entities(gold, predicted):
    scores = [
        entity_scores([a], [b]).f1
        for a, b in zip(gold, predicted, strict=True)
        if find_entities(a) and find_entities(b)
    ]
    return sum(scores) / len(scores) if scores else 0.0


def labels_counted__accuracy(gold, predicted):
    pairs = [pair for a, b in zip(gold, predicted, strict=True) for pair in zip(a, b, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs)


def averaged_over_kinds__true_ones(gold, predicted):
    true, said = _found(gold), _found(predicted)
    kinds = {entity[1] for entity in true}
    scores = [_f1(*({e for e in part if e[1] == kind} for part in (true, said))) for kind in kinds]
    return sum(scores) / len(scores) if scores else 0.0


def kind_may_change_inside__if_begun_by_a_b(gold, predicted):
    def entities(sentences):
        found = set()
        for number, labels in enumerate(sentences):
            for start, label in enumerate(labels):
                if label[0] == "B":
                    end = start
                    while end + 1 < len(labels) and labels[end + 1][0] == "I":
                        end += 1
                    found.add((number, label[2:], start, end))
        return found

    return _f1(entities(gold), entities(predicted))
