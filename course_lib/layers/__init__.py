"""Layers of the course, on `keras.ops` alone: they run on TensorFlow, JAX and PyTorch.

Shape letters, used in every docstring and comment of the library:

    B  batch            T  query (target) length     S  key (source) length
    N  heads            D  hidden size               V  vocabulary size

Masks are boolean and `True` means keep, everywhere.
"""

from course_lib.layers.attention import Attention
from course_lib.layers.coverage import coverage, coverage_penalty
from course_lib.layers.local_attention import LocalAttention
from course_lib.layers.masks import causal_mask, combine_masks, masked_softmax, padding_mask
from course_lib.layers.recurrent_decoder import RecurrentDecoder
from course_lib.layers.recurrent_encoder import RecurrentEncoder
from course_lib.layers.scoring import (
    AdditiveScore,
    AttentionScore,
    DotScore,
    MultiplicativeScore,
    ScaledDotScore,
    make_score,
)

__all__ = [
    "AdditiveScore",
    "Attention",
    "AttentionScore",
    "DotScore",
    "LocalAttention",
    "MultiplicativeScore",
    "RecurrentDecoder",
    "RecurrentEncoder",
    "ScaledDotScore",
    "causal_mask",
    "combine_masks",
    "coverage",
    "coverage_penalty",
    "make_score",
    "masked_softmax",
    "padding_mask",
]
