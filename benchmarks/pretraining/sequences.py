"""Text as rows of one length, made once and kept."""

import numpy as np

from benchmarks.pretraining.texts import SOURCES, CharacterTokenizer, learn_tokenizer
from course_lib.text import Vocabulary, WordPieceTokenizer
from course_lib.training.resumable_checkpoint import read_whole, write_atomically


def load_sequences(language, recipe, folder):
    """Tokenizer, rows and what is known of the text.

    Args:
        language: "english" or "chinese".
        recipe: a `Recipe`.
        folder: where they are kept.

    Returns:
        `(tokenizer, rows, facts)`: rows is a dict of "train" and "validation", int32 `(R, length)`, without
        padding: what does not fill the last row is left out.
    """
    path = folder / f"{language}_rows_{recipe.length}.npz"
    vocabulary_path = folder / f"{language}_vocabulary.txt"
    if not path.exists() or not vocabulary_path.exists():
        make_sequences(language, recipe, path, vocabulary_path)
    facts, rows = read_whole(path)
    vocabulary = Vocabulary.load(vocabulary_path)
    tokenizer = CharacterTokenizer(vocabulary) if language == "chinese" else WordPieceTokenizer(vocabulary)
    return tokenizer, rows, facts


def make_sequences(language, recipe, path, vocabulary_path):
    """Learns the vocabulary, encodes all sources and stores both."""
    sources = SOURCES[language]()
    tokenizer = learn_tokenizer(language, sources, recipe.vocabulary_size)
    rows, facts = {"train": [], "validation": []}, {}
    for name, source in sources.items():
        for split, times in (("train", source.times), ("validation", 1)):
            made = rows_of(tokenizer, getattr(source, split), recipe.length)
            facts.setdefault(name, {"times": source.times, "left_out": source.left_out})
            facts[name][f"{split}_tokens"] = made.size
            rows[split] += [made] * times
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.vocabulary.save(vocabulary_path)
    write_atomically(path, facts, {split: np.concatenate(parts) for split, parts in rows.items()})


def rows_of(tokenizer, documents, length):
    """`[CLS]`, text, `[SEP]`: documents one behind the other with a separator between them, cut to length."""
    vocabulary = tokenizer.vocabulary
    stream = []
    for document in documents:
        for ids in tokenizer.encode_batch(document):
            stream += ids
        stream.append(vocabulary.separator_id)
    inner = length - 2
    number = len(stream) // inner
    text = np.asarray(stream[: number * inner], "int32").reshape(number, inner)
    return np.pad(
        text,
        ((0, 0), (1, 1)),
        constant_values=((0, 0), (vocabulary.classification_id, vocabulary.separator_id)),
    )
