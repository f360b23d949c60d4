"""What training needs beside a model: loss, metrics, schedule, seeds, resuming, progress."""

from course_lib.training.averaged_weights import ValidateAveragedWeights, averaged_weights
from course_lib.training.losses import MaskedCrossEntropy
from course_lib.training.masked_accuracy import MaskedAccuracy
from course_lib.training.perplexity import Perplexity
from course_lib.training.progress_line import ProgressLine
from course_lib.training.resumable_checkpoint import ResumableCheckpoint
from course_lib.training.schedules import InverseSquareRootWarmup
from course_lib.training.seeds import set_seed

__all__ = [
    "InverseSquareRootWarmup",
    "MaskedAccuracy",
    "MaskedCrossEntropy",
    "Perplexity",
    "ProgressLine",
    "ResumableCheckpoint",
    "ValidateAveragedWeights",
    "averaged_weights",
    "set_seed",
]
