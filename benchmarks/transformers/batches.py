"""What is trained on: one full batch again and again, or the sentences of Multi30k."""

import itertools

import numpy as np

START, END = 2, 3
NAMES = ("source_token_ids", "source_padding_mask", "target_token_ids", "target_padding_mask")
LONGEST = 40  # tokens of a corpus sentence, its end among them; the fixed width where there is one
WIDTH_STEP = 8  # every width of batches is compiled once


def inputs_of(source, target):
    """The dict that `Transformer` and the peers read."""
    return {
        "source_token_ids": source,
        "source_padding_mask": source != 0,
        "target_token_ids": target,
        "target_padding_mask": target != 0,
    }


def full_batch(size, seed=0):
    """Inputs and labels without padding, drawn at random."""
    generator = np.random.default_rng(seed)
    shape = (size.batch_size, size.length)
    source = generator.integers(5, size.vocabulary_size, shape, dtype="int32")
    labels = generator.integers(5, size.vocabulary_size, shape, dtype="int32")
    target = np.concatenate([np.full_like(labels[:, :1], START), labels[:, :-1]], axis=1)
    return inputs_of(source, target), labels


def corpus_sentences(size):
    """Sentence pairs of Multi30k as ids of words, folded into the vocabulary: lengths are what counts."""
    from course_lib.data import load_multi30k

    ids, known = size.vocabulary_size - 5, {}

    def read(sentence):
        words = sentence.split()[: LONGEST - 1]
        return [known.setdefault(word, len(known)) % ids + 5 for word in words]

    return tuple(map(list, zip(*((read(s), read(t)) for s, t in load_multi30k("train")), strict=True)))


def padded_batches(size, sentences):
    """As recipes with one width have it: batches in random order, each `LONGEST` wide. Without end."""
    generator = np.random.default_rng(0)
    while True:
        order = generator.permutation(len(sentences[0]))
        for first in range(0, len(order) - size.batch_size + 1, size.batch_size):
            source, target, labels = np.zeros((3, size.batch_size, LONGEST), dtype="int32")
            for row, index in enumerate(order[first : first + size.batch_size]):
                s, t = sentences[0][index], sentences[1][index]
                source[row, : len(s) + 1] = [*s, END]
                target[row, : len(t) + 1] = [START, *t]
                labels[row, : len(t) + 1] = [*t, END]
            yield inputs_of(source, target), labels


def bucketed_batches(size, sentences):
    """As the course has it: sentences of like length together, in few widths. Without end."""
    from course_lib.data import TranslationBatches

    batches = TranslationBatches(
        *sentences, start_id=START, end_id=END, batch_size=size.batch_size, shuffle_seed=0
    )
    for epoch in itertools.count():
        batches.epoch = epoch
        for index in range(len(batches)):
            inputs, labels = batches[index]
            source, target = inputs["source_token_ids"], inputs["target_token_ids"]
            if len(source) == size.batch_size:
                width = -(-max(source.shape[1], target.shape[1]) // WIDTH_STEP) * WIDTH_STEP
                source, target, labels = (widen(ids, width) for ids in (source, target, labels))
                yield inputs_of(source, target), labels


def widen(ids, width):
    """Puts padding behind rows."""
    return np.pad(ids, ((0, 0), (0, width - ids.shape[1])))
