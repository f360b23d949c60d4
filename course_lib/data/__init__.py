"""Toy language, public corpora and batches."""

from course_lib.data.toy import ToyLanguage, ToyPair

__all__ = ["ToyLanguage", "ToyPair"]
