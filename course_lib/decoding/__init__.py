"""Decoding: from a step function to sentences.

Every search drives the same thing, a step function and a state:

    step(token_ids (B,), state) -> (logits (B, V), state)

where the state is a nested structure of tensors whose first axis is the batch. A model that offers one
(`Seq2Seq.step`, `Gnmt.step`, `Transformer.step`) can be decoded in every way below: step by step in Python,
or, by `CompiledSearch`, in one compiled program. `translate` goes from sentences to sentences with any of
them.
"""

from course_lib.decoding.beam import beam_search, length_normaliser
from course_lib.decoding.compiled_search import CompiledSearch
from course_lib.decoding.coverage import log_coverage
from course_lib.decoding.greedy import greedy_decode
from course_lib.decoding.sampling import filter_logits, sample_decode
from course_lib.decoding.translate import translate

__all__ = [
    "CompiledSearch",
    "beam_search",
    "filter_logits",
    "greedy_decode",
    "length_normaliser",
    "log_coverage",
    "sample_decode",
    "translate",
]
