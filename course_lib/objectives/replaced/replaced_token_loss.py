"""What it costs not to see which tokens were replaced."""

from typing import Any, NamedTuple

from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.objectives.masked_cross_entropy import masked_cross_entropy
from course_lib.objectives.shapes import shapes_agree


class ElectraLoss(NamedTuple):
    """Float32 scalars: the sum that is minimised, and its two parts before they are weighted."""

    total: Any
    generator: Any
    discriminator: Any


def replaced_token_loss(logits, is_replaced, is_judged):
    """Mean binary cross-entropy, in nats, over the tokens that are judged.

    `L = -Σ_{b,t judged} y log σ(z) + (1 - y) log(1 - σ(z))  /  #judged`, y = 1 for a replaced token

    Args:
        logits: floats `(B, T)`, above 0 for "replaced"; of any precision.
        is_replaced: bools `(B, T)`, as of `replace_tokens`.
        is_judged: bools `(B, T)`, `True` at the tokens that count: those of `ordinary_tokens` of the original
            text, so that neither padding nor special tokens do. They can never be replaced, and a
            discriminator would be praised for saying so.

    Returns:
        float32 scalar; 0 where nothing is judged.

    Raises:
        ValueError: if the shapes differ, or a mask holds floats.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import replaced_token_loss
        >>> logits = np.log([[9.0, 1.0, 3.0, 1.0]])  # σ = 0.9, 0.5, 0.75, 0.5
        >>> loss = replaced_token_loss(logits, [[True, False, True, False]], [[True, True, False, False]])
        >>> round(float(loss), 4)  # (-log 0.9 - log 0.5) / 2
        0.3993

    Reference: Clark et al. (2020), "ELECTRA", section 2, https://arxiv.org/abs/2003.10555; the paper's code
    counts special tokens, too
    Taught in: notebooks/14_electra
    """
    logits = ops.cast(ops.convert_to_tensor(logits), "float32")
    is_replaced, is_judged = as_mask(is_replaced), as_mask(is_judged)
    shapes = [tuple(array.shape) for array in (logits, is_replaced, is_judged)]
    if len(shapes[0]) != 2 or not shapes_agree(*shapes):
        raise ValueError(
            "`logits`, `is_replaced` and `is_judged` must have one shape, (B, T). "
            f"Received: shapes {', '.join(map(str, shapes))}."
        )
    # -log σ(z) = log(1 + exp(-z)), and -log(1 - σ(z)) the same of -z.
    losses = ops.softplus(ops.where(is_replaced, -logits, logits))
    losses = ops.where(is_judged, losses, ops.zeros_like(losses))
    return ops.divide_no_nan(ops.sum(losses), ops.sum(ops.cast(is_judged, "float32")))


def electra_loss(generator_logits, labels, logits, is_replaced, is_judged, weight=50.0):
    """The generator's loss and the discriminator's, added.

    `L = L_masked words + weight · L_replaced tokens`

    The weight is large because a loss over two classes is small beside one over a vocabulary. As no gradient
    passes through the samples, each part trains its own network alone, but for tables that they share.

    Args:
        generator_logits: floats `(B, M, V)`, of the hidden words.
        labels: ints `(B, M)`, the hidden words; 0 in slots that are not used, which cost nothing.
        logits, is_replaced, is_judged: `(B, T)`, as of `replaced_token_loss`.
        weight: float, zero or more.

    Returns:
        an `ElectraLoss` of (total, generator, discriminator).

    Raises:
        ValueError: if shapes do not fit, or `weight` is negative.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import electra_loss
        >>> judged = np.array([[True, True, False]])
        >>> parts = electra_loss(np.zeros((1, 2, 8)), [[5, 0]], np.zeros((1, 3)), ~judged, judged)
        >>> [round(float(part), 4) for part in parts]  # log 8 + 50 log 2
        [36.7368, 2.0794, 0.6931]

    In the paper: weight = λ = 50.
    Reference: Clark et al. (2020), "ELECTRA", section 2 and appendix A, https://arxiv.org/abs/2003.10555
    Taught in: notebooks/14_electra
    """
    if weight < 0:
        raise ValueError(f"`weight` must be 0 or more. Received: weight={weight}.")
    generator = masked_cross_entropy(generator_logits, labels)
    discriminator = replaced_token_loss(logits, is_replaced, is_judged)
    return ElectraLoss(generator + weight * discriminator, generator, discriminator)
