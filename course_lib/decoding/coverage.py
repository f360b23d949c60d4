"""How much of the source a hypothesis has attended to."""

from keras import ops

from course_lib.layers.masks import as_mask

LEAST = 1e-30  # what a total of 0 counts as: its logarithm would leave a score of minus infinity


def log_coverage(attended, source_mask):
    """What a hypothesis has left unread: 0 if every source token got attention of 1 in all, below 0 if not.

    `log_coverage[b] = sum_s log min(attended[b, s], 1)`, over real source tokens

    A token that was attended to twice makes up for no other. Of softmax no weight is 0, but one that is too
    small for its type of float is: it counts as 1e-30.

    Args:
        attended: float tensor `(B, S)`, a hypothesis's attention weights, summed over its steps.
        source_mask: bool tensor `(B, S)`, `True` at real source tokens.

    Returns:
        float tensor `(B,)`.

    Raises:
        ValueError: if the mask holds floats.

    Example:
        >>> from keras import ops
        >>> from course_lib.decoding import log_coverage
        >>> attended = ops.array([[1.5, 0.5, 1.0, 0.0]])
        >>> round(float(log_coverage(attended, [[True, True, True, False]])[0]), 3)
        -0.693

    In the paper: attended = the sum of p_ij over the words j of a translation Y; `cp(X; Y)` is β times this.
    Reference: Wu et al. (2016), equation 14, https://arxiv.org/abs/1609.08144
    """
    attended = ops.convert_to_tensor(attended, dtype="float32")  # in float16 there is no 1e-30
    logarithms = ops.log(ops.clip(attended, LEAST, 1.0))
    return ops.sum(ops.where(as_mask(source_mask), logarithms, 0.0), axis=-1)


def follow_attention(step, state):
    """A step function and a state that sum up, in "attended" `(B, S)`, the attention weights of all steps.

    The model's own state is kept in "decoder".

    Raises:
        ValueError: if the state does not say what was attended to.
    """
    names = list(state) if isinstance(state, dict) else []
    if not {"attention_weights", "memory_mask"} <= set(names):
        received = f"a state of {names}" if names else f"a state that is a {type(state).__name__}"
        raise ValueError(
            '`coverage_penalty` needs a model whose state has the last step\'s "attention_weights" and the '
            f'"memory_mask", such as `Gnmt` or a `Seq2Seq` with attention. Received: {received}.'
        )

    def followed(token_ids, state):
        logits, decoder = step(token_ids, state["decoder"])
        weights = ops.cast(decoder["attention_weights"], "float32")
        return logits, {"decoder": decoder, "attended": state["attended"] + weights}

    nothing = ops.zeros_like(state["attention_weights"], dtype="float32")
    return followed, {"decoder": state, "attended": nothing}
