"""The library behind the course: text, data, layers, models, training, decoding, evaluation and grading."""

import os

__version__ = "0.1.0"

# TensorFlow reads this once, when it is first imported: keep its start-up chatter out of the notebooks.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
