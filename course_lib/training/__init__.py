"""What training needs beside a model: loss, metrics, schedule, seeds, resuming, progress."""

from course_lib.training.averaged_weights import ValidateAveragedWeights, averaged_weights
from course_lib.training.learning_rate_schedules import InverseSquareRootWarmup
from course_lib.training.perplexity import Perplexity
from course_lib.training.progress_line import ProgressLine
from course_lib.training.resumable_checkpoint import ResumableCheckpoint
from course_lib.training.seeds import set_seed
from course_lib.training.token_accuracy import TokenAccuracy
from course_lib.training.token_cross_entropy import TokenCrossEntropy
from course_lib.training.warmup_and_decay import WarmupAndDecay

__all__ = [
    "InverseSquareRootWarmup",
    "TokenAccuracy",
    "TokenCrossEntropy",
    "Perplexity",
    "ProgressLine",
    "ResumableCheckpoint",
    "ValidateAveragedWeights",
    "WarmupAndDecay",
    "averaged_weights",
    "set_seed",
]
