"""What is read, and what is asked afterwards."""

import random
from dataclasses import dataclass

import numpy as np

from course_lib.data import ToyLanguage
from course_lib.data.toy.grammar import TOY_GRAMMAR
from course_lib.data.toy.language import draw_tables, expand, split_of
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, pack


@dataclass
class Material:
    """A text in rows of tokens, and sentences with classes.

    Attributes:
        name: such as "toy".
        vocabulary: a `Vocabulary`.
        rows: int32 (R, T), what is read for pre-training, 0 for padding.
        splits: dict of "train", "validation" and "test", each a pair: `Packed` sentences and classes (n,).
        label_counts: with how many labels, drawn of those, the question is trained.
    """

    name: str
    vocabulary: Vocabulary
    rows: np.ndarray
    splits: dict
    label_counts: tuple


def toy(num_sentences=60_000, length=24, most_labels=1_000):
    """Toy sentences, and plain ones with one actor and many it acts on, or the other way round.

    Each sentence is there with its mirror, "the cat saw two dogs" and "two dogs saw the cat", in the same
    split and of the other class: whoever sees only which words there are is right half the time.
    """
    language = ToyLanguage()
    vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, *language.source_words])

    def encode(words):
        return [vocabulary.id_of(word) for word in words]

    pairs = language.sample(num_sentences, seed=11, split="train")
    sentences = [encode(pair.source)[: length - 2] for pair in pairs]
    rows = pack(vocabulary, sentences, length=length).token_ids
    wanted = {"train": most_labels, "validation": 400, "test": 1_000}
    found = {split: [] for split in wanted}
    tables, generator = draw_tables(TOY_GRAMMAR), random.Random(13)
    while any(len(found[split]) < number for split, number in wanted.items()):
        one, verb, many = ([] for _ in range(3))
        for words, symbol in ((one, "Simple[one]"), (verb, "Transitive[one]"), (many, "Simple[many]")):
            expand(tables, symbol, generator.random, words)
        mirrored = [(one + verb + many, 0), (many + verb + one, 1)]
        split = split_of(one + verb + many)
        if len(found[split]) < wanted[split]:
            found[split] += [(encode(words), label) for words, label in mirrored]
    splits = {
        split: (pack(vocabulary, [ids for ids, _ in rows]), np.array([label for _, label in rows], "int32"))
        for split, rows in found.items()
    }
    return Material("toy", vocabulary, rows, splits, (20, 100, most_labels))
