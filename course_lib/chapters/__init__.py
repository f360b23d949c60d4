"""What chapters share: their sizes, what they say and claim, means with intervals, fresh runs."""

from course_lib.chapters.alignments import alignment_matrix, attention_error_rate, diagonal_links
from course_lib.chapters.budgets import Budget, chapter_budget
from course_lib.chapters.claims import claim, finding
from course_lib.chapters.intervals import (
    MeanInterval,
    band,
    mean_and_interval,
    paired,
    verdict,
    with_interval,
)
from course_lib.chapters.linear_probe import linear_probe
from course_lib.chapters.masked_phrase_floor import masked_phrase_floor
from course_lib.chapters.naive_bayes import naive_bayes
from course_lib.chapters.prose import say, table
from course_lib.chapters.question_windows import (
    best_answers,
    best_spans,
    question_windows,
    token_span,
    window_bounds,
    window_inputs,
)
from course_lib.chapters.stored_results import stored_result
from course_lib.chapters.toy_phrases import toy_phrases
from course_lib.chapters.training.compiled_update import compiled_update
from course_lib.chapters.training.count_vectors import count_vectors
from course_lib.chapters.training.distillation_objective import DistillationObjective
from course_lib.chapters.training.distilling import StudentBesideTeacher, begin_as_layers
from course_lib.chapters.training.fine_tuning import FineTuner, predict
from course_lib.chapters.training.fresh_weights import start_anew, with_fresh_weights
from course_lib.chapters.word_roles import WORD_ROLES, word_roles

__all__ = [
    "Budget",
    "DistillationObjective",
    "FineTuner",
    "MeanInterval",
    "StudentBesideTeacher",
    "WORD_ROLES",
    "alignment_matrix",
    "attention_error_rate",
    "band",
    "begin_as_layers",
    "best_answers",
    "best_spans",
    "chapter_budget",
    "claim",
    "compiled_update",
    "count_vectors",
    "diagonal_links",
    "finding",
    "linear_probe",
    "masked_phrase_floor",
    "mean_and_interval",
    "naive_bayes",
    "paired",
    "predict",
    "question_windows",
    "say",
    "start_anew",
    "stored_result",
    "table",
    "token_span",
    "toy_phrases",
    "verdict",
    "window_bounds",
    "window_inputs",
    "with_fresh_weights",
    "with_interval",
    "word_roles",
]
