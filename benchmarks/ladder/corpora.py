"""The sentences of a ladder, and one vocabulary for both of its languages."""

from course_lib.data import load_multi30k, load_tatoeba
from course_lib.text import WordPieceTokenizer, train_wordpiece

SPLITS = ("train", "validation", "test")


def load_pairs(name):
    """(source, target) sentences by split.

    Args:
        name: the name of a recipe.

    Returns:
        dict from "train", "validation" and "test" to lists of pairs.
    """
    if name == "multi30k_de_en":
        return {split: load_multi30k(split, languages=("de", "en")) for split in SPLITS}
    return load_tatoeba("cmn")


def train_tokenizer(pairs, vocabulary_size):
    """One lower-casing WordPiece tokenizer, its vocabulary learnt from both sides of the training split."""
    texts = [text for pair in pairs["train"] for text in pair]
    return WordPieceTokenizer(train_wordpiece(texts, vocabulary_size))
