"""The library behind the course: text, data, layers, models, training, decoding, evaluation and grading."""

from course_lib import quiet as _quiet  # noqa: F401  (TensorFlow starts without its log)

__version__ = "0.1.0"
