"""Layers of the course, on `keras.ops` alone: they run on TensorFlow, JAX and PyTorch.

Shape letters, used in every docstring and comment of the library:

    B  batch            T  query (target) length     S  key (source) length
    N  heads            D  hidden size               V  vocabulary size
    K  width of a head

Of pictures: H and W, height and width; P, the side of a patch; R and C, rows and columns of a grid.

Masks are boolean and `True` means keep, everywhere.
"""

from course_lib.layers.attention.attention import Attention
from course_lib.layers.attention.coverage import coverage, coverage_penalty
from course_lib.layers.attention.dot_product_attention import (
    fused_dot_product_attention,
    merge_heads,
    scaled_dot_product_attention,
    split_heads,
)
from course_lib.layers.attention.local_attention import LocalAttention
from course_lib.layers.attention.multi_head_attention import MultiHeadAttention
from course_lib.layers.convolutional_encoder import ConvolutionalEncoder
from course_lib.layers.crf import Crf
from course_lib.layers.feed_forward import FeedForward
from course_lib.layers.masks import causal_mask, combine_masks, masked_softmax, padding_mask
from course_lib.layers.positions import (
    LearnedPositions,
    PositionScheme,
    RelativePositions,
    RotaryPositions,
    SinusoidalPositions,
    make_positions,
    rotate_pairs,
    sinusoids,
)
from course_lib.layers.recurrent.deep_recurrent_decoder import DeepRecurrentDecoder
from course_lib.layers.recurrent.deep_recurrent_encoder import DeepRecurrentEncoder
from course_lib.layers.recurrent.recurrent_decoder import RecurrentDecoder
from course_lib.layers.recurrent.recurrent_encoder import RecurrentEncoder
from course_lib.layers.residual import Residual
from course_lib.layers.scalar_mix import ScalarMix
from course_lib.layers.scoring import (
    AdditiveScore,
    AttentionScore,
    DotScore,
    MultiplicativeScore,
    ScaledDotScore,
    make_score,
)
from course_lib.layers.transformer_decoder_block import DecoderBlock
from course_lib.layers.transformer_encoder import TransformerEncoder
from course_lib.layers.transformer_encoder_block import EncoderBlock
from course_lib.layers.vision.attention_proposal import AttentionProposal, proposal_boxes
from course_lib.layers.vision.box_mask import box_mask, box_mask_derivatives, look_through
from course_lib.layers.vision.convolutional_features import ConvolutionalFeatures
from course_lib.layers.vision.grid_positions import GridPositions, stretch_positions
from course_lib.layers.vision.patch_embedding import PatchEmbedding
from course_lib.layers.vision.patches import join_patches, split_patches
from course_lib.layers.vision.zoom import zoom

__all__ = [
    "AdditiveScore",
    "Attention",
    "AttentionProposal",
    "AttentionScore",
    "ConvolutionalEncoder",
    "ConvolutionalFeatures",
    "Crf",
    "DecoderBlock",
    "DeepRecurrentDecoder",
    "DeepRecurrentEncoder",
    "DotScore",
    "EncoderBlock",
    "FeedForward",
    "GridPositions",
    "LearnedPositions",
    "LocalAttention",
    "MultiHeadAttention",
    "MultiplicativeScore",
    "PatchEmbedding",
    "PositionScheme",
    "RecurrentDecoder",
    "RecurrentEncoder",
    "RelativePositions",
    "Residual",
    "RotaryPositions",
    "ScalarMix",
    "ScaledDotScore",
    "SinusoidalPositions",
    "TransformerEncoder",
    "box_mask",
    "box_mask_derivatives",
    "causal_mask",
    "combine_masks",
    "coverage",
    "coverage_penalty",
    "fused_dot_product_attention",
    "join_patches",
    "look_through",
    "make_positions",
    "make_score",
    "masked_softmax",
    "merge_heads",
    "padding_mask",
    "proposal_boxes",
    "rotate_pairs",
    "scaled_dot_product_attention",
    "sinusoids",
    "split_heads",
    "split_patches",
    "stretch_positions",
    "zoom",
]
