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
from course_lib.evaluation.floors.masked_word_floor import masked_word_floor
from course_lib.evaluation.intervals import (
    Interval,
    PairedDifference,
    bootstrap_interval,
    paired_bleu_difference,
    paired_bootstrap,
    seed_interval,
)
from course_lib.evaluation.loss_surface import LossSurface, filter_normalised_direction, loss_surface
from course_lib.evaluation.peak_memory import peak_memory
from course_lib.evaluation.perplexity import bits_per_token, perplexity
from course_lib.evaluation.student_t import student_t_bound

__all__ = [
    "FittedExponent",
    "Interval",
    "LengthBucket",
    "LossSurface",
    "PairedDifference",
    "alignment_error_rate",
    "alignment_precision",
    "alignment_recall",
    "alignment_statistics",
    "bits_per_token",
    "bleu_by_length",
    "bleu_from_statistics",
    "bleu_signature",
    "bleu_statistics",
    "bootstrap_interval",
    "corpus_bleu",
    "corpus_chrf",
    "error_rate_from_statistics",
    "filter_normalised_direction",
    "fitted_exponent",
    "links_from_weights",
    "loss_surface",
    "masked_word_floor",
    "one_link_per_target",
    "paired_bleu_difference",
    "paired_bootstrap",
    "peak_memory",
    "perplexity",
    "seed_interval",
    "student_t_bound",
]
