"""Models of the course, on Keras alone: counted, windowed and recurrent language models, and translators."""

from course_lib.models.seq2seq import Seq2Seq

__all__ = ["Seq2Seq"]
