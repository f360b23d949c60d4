"""Entities in sequences of labels, and how many of them were found whole."""

from collections import Counter
from typing import NamedTuple


class Entity(NamedTuple):
    """A part of a sentence: its kind, its first place and its last."""

    kind: str
    start: int
    end: int


class EntityScores(NamedTuple):
    """Of what was said to be an entity the share that is one, of all entities the share found, and both."""

    precision: float
    recall: float
    f1: float


def find_entities(labels):
    """The entities that a sequence of BIO labels marks, as `seqeval` and the CoNLL script read it.

    `B-X` begins an entity of kind X and `I-X` goes on with it. An `I-X` behind anything that is not of kind
    X begins one, too: what a model writes need not be well formed.

    Args:
        labels: list of strings, "O" or "B-kind" or "I-kind".

    Returns:
        list of `Entity`, in their order.

    Raises:
        ValueError: for a label of another form.

    Example:
        >>> find_entities(["B-PER", "I-PER", "O", "I-LOC", "B-LOC"])
        [Entity(kind='PER', start=0, end=1), Entity(kind='LOC', start=3, end=3), Entity(kind='LOC', ...)]

    Reference: Tjong Kim Sang and De Meulder (2003), https://aclanthology.org/W03-0419
    Taught in: notebooks/13_what_to_mask
    """
    entities, start, kind = [], None, None
    for place, label in enumerate([*labels, "O"]):
        prefix, _, label_kind = label.partition("-")
        if prefix not in ("B", "I", "O") or bool(label_kind) == (prefix == "O"):
            raise ValueError(f'A label must be "O", "B-kind" or "I-kind". Received: {label!r}.')
        goes_on = prefix == "I" and label_kind == kind
        if start is not None and not goes_on:
            entities.append(Entity(kind, start, place - 1))
            start, kind = None, None
        if prefix != "O" and not goes_on:
            start, kind = place, label_kind
    return entities


def entity_counts(gold, predicted):
    """Right, said and true entities of each sentence: what sums over sentences are made of.

    Args:
        gold, predicted: lists of sequences of labels, sentence by sentence of one length.

    Returns:
        list of dicts from a kind to `(right, said, true)`.

    Raises:
        ValueError: if sentences differ in number or length.

    Example:
        >>> entity_counts([["B-PER", "O"]], [["B-PER", "B-LOC"]])
        [{'LOC': (0, 1, 0), 'PER': (1, 1, 1)}]
    """
    if len(gold) != len(predicted):
        raise ValueError(f"Expected as many sentences. Received: {len(gold)} and {len(predicted)}.")
    counts = []
    for number, (true, said) in enumerate(zip(gold, predicted, strict=True)):
        if len(true) != len(said):
            raise ValueError(f"Sentence {number} has {len(true)} labels. Received: {len(said)}.")
        true, said = find_entities(true), find_entities(said)
        by_kind = [Counter(entity.kind for entity in part) for part in (set(true) & set(said), said, true)]
        kinds = sorted({entity.kind for entity in (*true, *said)})
        counts.append({kind: tuple(counter[kind] for counter in by_kind) for kind in kinds})
    return counts


def entity_scores(gold, predicted):
    """Precision, recall and F1 of whole entities: kind, first and last place must be right.

    `precision = right / said`, `recall = right / true`, `F1 = 2 right / (said + true)`, over all sentences
    ("micro")

    Args:
        gold, predicted: lists of sequences of labels, sentence by sentence of one length.

    Returns:
        `EntityScores`, each from 0 to 1; 0 where it would divide by nothing.

    Raises:
        ValueError: if sentences differ in number or length, or a label has another form.

    Example:
        >>> entity_scores([["B-PER", "I-PER", "O", "B-LOC"]], [["B-PER", "O", "O", "B-LOC"]])
        EntityScores(precision=0.5, recall=0.5, f1=0.5)

    Taught in: notebooks/12_fine_tuning_tokens
    """
    totals = [
        sum(counts[position] for sentence in entity_counts(gold, predicted) for counts in sentence.values())
        for position in range(3)
    ]
    return scores_from_counts(*totals)


def scores_from_counts(right, said, true):
    """`EntityScores` from the three sums.

    Example:
        >>> scores_from_counts(1, 2, 4)
        EntityScores(precision=0.5, recall=0.25, f1=0.3333333333333333)
    """
    return EntityScores(
        right / said if said else 0.0,
        right / true if true else 0.0,
        2 * right / (said + true) if said + true else 0.0,
    )


def illegal_transitions(labels):
    """How many places of a sequence go on with an entity that was never begun.

    Args:
        labels: list of strings, as `find_entities` takes them.

    Returns:
        int.

    Example:
        >>> illegal_transitions(["I-PER", "I-PER", "B-LOC", "I-PER"])
        2

    Taught in: notebooks/12_fine_tuning_tokens
    """
    before = ["O", *labels[:-1]]
    return sum(
        label.startswith("I-") and previous.partition("-")[2] != label[2:]
        for previous, label in zip(before, labels, strict=True)
    )


def allowed_labels(label_names):
    """Which BIO labels may follow which, and which may come first: what a `Crf` takes.

    Args:
        label_names: list of strings, as `find_entities` takes them.

    Returns:
        `(allowed_transitions, allowed_starts)`, nested lists of bools.

    Example:
        >>> allowed_labels(["O", "B-X", "I-X"])
        ([[True, True, False], [True, True, True], [True, True, True]], [True, True, False])

    Taught in: notebooks/12_fine_tuning_tokens
    """
    transitions = [
        [not after.startswith("I-") or before[2:] == after[2:] for after in label_names]
        for before in label_names
    ]
    return transitions, [not label.startswith("I-") for label in label_names]
