"""What text is turned into for pre-training: what is hidden or mixed up, and what is to be said of it."""

from course_lib.objectives.masked_word_batches import MaskedWordBatches
from course_lib.objectives.masked_words import MaskedWords

__all__ = ["MaskedWordBatches", "MaskedWords"]
