"""Corpus scores on held-out sentences, and how sure they are."""

from course_lib.evaluation.alignment import (
    alignment_error_rate,
    alignment_precision,
    alignment_recall,
    alignment_statistics,
    error_rate_from_statistics,
    links_from_weights,
    one_link_per_target,
)
from course_lib.evaluation.bleu import (
    bleu_from_statistics,
    bleu_signature,
    bleu_statistics,
    corpus_bleu,
    corpus_chrf,
)
from course_lib.evaluation.bleu_by_length import LengthBucket, bleu_by_length
from course_lib.evaluation.exponents import FittedExponent, fitted_exponent
from course_lib.evaluation.floors.factorisation_floor import factorisation_floor
from course_lib.evaluation.floors.independence_price import IndependencePrice, independence_price
from course_lib.evaluation.floors.masked_word_floor import masked_word_floor
from course_lib.evaluation.floors.replaced_token_judge import replaced_token_judge
from course_lib.evaluation.intervals import (
    Interval,
    PairedDifference,
    bootstrap_interval,
    paired_bleu_difference,
    paired_bootstrap,
    seed_interval,
)
from course_lib.evaluation.labels.agreement import area_under_curve, matthews, pearson, spearman
from course_lib.evaluation.labels.answers import answer_f1, answer_units, exact_match, normalise_answer
from course_lib.evaluation.labels.entities import (
    Entity,
    EntityScores,
    allowed_labels,
    entity_counts,
    entity_scores,
    find_entities,
    illegal_transitions,
    scores_from_counts,
)
from course_lib.evaluation.labels.judge_scores import JudgeScores, judge_scores
from course_lib.evaluation.loss_surface import LossSurface, filter_normalised_direction, loss_surface
from course_lib.evaluation.peak_memory import peak_memory
from course_lib.evaluation.perplexity import bits_per_token, perplexity
from course_lib.evaluation.regions import attention_in_region, pointing_accuracy, region_cover, region_iou
from course_lib.evaluation.student_t import student_t_bound

__all__ = [
    "Entity",
    "EntityScores",
    "FittedExponent",
    "IndependencePrice",
    "Interval",
    "JudgeScores",
    "LengthBucket",
    "LossSurface",
    "PairedDifference",
    "alignment_error_rate",
    "alignment_precision",
    "alignment_recall",
    "alignment_statistics",
    "allowed_labels",
    "answer_f1",
    "answer_units",
    "area_under_curve",
    "attention_in_region",
    "bits_per_token",
    "bleu_by_length",
    "bleu_from_statistics",
    "bleu_signature",
    "bleu_statistics",
    "bootstrap_interval",
    "corpus_bleu",
    "corpus_chrf",
    "entity_counts",
    "entity_scores",
    "error_rate_from_statistics",
    "exact_match",
    "factorisation_floor",
    "filter_normalised_direction",
    "find_entities",
    "fitted_exponent",
    "illegal_transitions",
    "independence_price",
    "judge_scores",
    "links_from_weights",
    "loss_surface",
    "masked_word_floor",
    "matthews",
    "normalise_answer",
    "one_link_per_target",
    "paired_bleu_difference",
    "paired_bootstrap",
    "peak_memory",
    "pearson",
    "perplexity",
    "pointing_accuracy",
    "region_cover",
    "region_iou",
    "replaced_token_judge",
    "scores_from_counts",
    "seed_interval",
    "spearman",
    "student_t_bound",
]
