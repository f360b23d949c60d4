"""What text is turned into for pre-training: what is hidden or mixed up, and what is to be said of it."""

from course_lib.objectives.masked_word_batches import MaskedWordBatches
from course_lib.objectives.masked_words import MaskedWords
from course_lib.objectives.sentence_pairs import (
    APART,
    TOGETHER,
    SentencePair,
    next_sentence_pairs,
    sentence_order_pairs,
)

__all__ = [
    "APART",
    "MaskedWordBatches",
    "MaskedWords",
    "SentencePair",
    "TOGETHER",
    "next_sentence_pairs",
    "sentence_order_pairs",
]
