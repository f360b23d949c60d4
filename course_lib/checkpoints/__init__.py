"""Published weights into our own models: read, renamed, checked as a whole, and only then assigned."""

from course_lib.checkpoints.assign import CheckpointError, assign_tensors
from course_lib.checkpoints.load_bert import load_bert, load_bert_settings
from course_lib.checkpoints.read import read_safetensors, read_tensorflow_checkpoint

__all__ = [
    "CheckpointError",
    "assign_tensors",
    "load_bert",
    "load_bert_settings",
    "read_safetensors",
    "read_tensorflow_checkpoint",
]
