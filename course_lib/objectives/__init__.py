"""What text is turned into for pre-training: what is hidden or mixed up, and what is to be said of it."""

from course_lib.objectives.distillation.distillation_loss import DistillationLoss, distillation_loss
from course_lib.objectives.distillation.hidden_cosine import hidden_cosine_loss
from course_lib.objectives.distillation.soft_targets import soft_target_loss
from course_lib.objectives.distillation.student_layers import student_layers
from course_lib.objectives.full_sentences import pack_full_sentences
from course_lib.objectives.looks.looks_loss import LooksLoss
from course_lib.objectives.looks.ranking_loss import ranking_loss
from course_lib.objectives.masked_cross_entropy import masked_cross_entropy
from course_lib.objectives.masked_word_batches import MaskedWordBatches
from course_lib.objectives.masked_words import MaskedWords
from course_lib.objectives.orders.masked_segments import MaskedSegments
from course_lib.objectives.orders.permutation_masks import PermutationMasks, permutation_masks
from course_lib.objectives.orders.permuted_words import PermutedWords
from course_lib.objectives.orders.prefix_mask import prefix_mask
from course_lib.objectives.orders.target_mapping import target_mapping
from course_lib.objectives.orders.task_mask import TASKS, draw_tasks, task_mask
from course_lib.objectives.ordinary_tokens import ordinary_tokens
from course_lib.objectives.replaced.replaced_token_loss import ElectraLoss, electra_loss, replaced_token_loss
from course_lib.objectives.replaced.replaced_tokens import replace_tokens
from course_lib.objectives.replaced.sampled_tokens import sample_tokens
from course_lib.objectives.sentence_pairs import (
    APART,
    TOGETHER,
    SentencePair,
    next_sentence_pairs,
    sentence_order_pairs,
)
from course_lib.objectives.spans.masked_spans import MaskedSpans
from course_lib.objectives.spans.masked_units import MaskedUnits
from course_lib.objectives.spans.span_boundaries import span_boundaries
from course_lib.objectives.spans.span_lengths import span_length_probabilities
from course_lib.objectives.spans.span_units import span_units
from course_lib.objectives.spans.token_spans import character_spans, token_spans
from course_lib.objectives.spans.word_units import word_units

__all__ = [
    "APART",
    "DistillationLoss",
    "ElectraLoss",
    "LooksLoss",
    "MaskedSegments",
    "MaskedSpans",
    "MaskedUnits",
    "MaskedWordBatches",
    "MaskedWords",
    "PermutationMasks",
    "PermutedWords",
    "SentencePair",
    "TASKS",
    "TOGETHER",
    "character_spans",
    "distillation_loss",
    "draw_tasks",
    "electra_loss",
    "hidden_cosine_loss",
    "masked_cross_entropy",
    "next_sentence_pairs",
    "ordinary_tokens",
    "pack_full_sentences",
    "permutation_masks",
    "prefix_mask",
    "ranking_loss",
    "replace_tokens",
    "replaced_token_loss",
    "sample_tokens",
    "sentence_order_pairs",
    "soft_target_loss",
    "span_boundaries",
    "span_length_probabilities",
    "span_units",
    "student_layers",
    "target_mapping",
    "task_mask",
    "token_spans",
    "word_units",
]
