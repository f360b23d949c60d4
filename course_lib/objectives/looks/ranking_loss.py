"""A closer look should be surer than the one before."""

from keras import ops


def ranking_loss(logits, labels, margin=0.05):
    """How far closer looks are from being surer of the right class, by a margin.

    `p[b, s] = softmax(logits[b, s])[label[b]]`
    `L = mean_b sum_s max(0, p[b, s] - p[b, s + 1] + margin)`

    Args:
        logits: floats `(B, looks, num_classes)`, the looks from the whole to the closest.
        labels: ints `(B,)`.
        margin: float, 0 or more.

    Returns:
        float32 scalar.

    Raises:
        ValueError: if the shapes do not fit, there is only one look, or the margin is negative.

    Example:
        >>> import numpy as np
        >>> from course_lib.objectives import ranking_loss
        >>> logits = np.log([[[0.5, 0.5], [0.9, 0.1], [0.7, 0.3]]])
        >>> round(float(ranking_loss(logits, [0])), 3)  # of the third look alone: 0.9 - 0.7 + 0.05
        0.25

    In the paper: p[b, s] = p_t^(s).
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """
    logits, labels = check_looks(logits, labels)
    if margin < 0:
        raise ValueError(f"`margin` must not be negative. Received: margin={margin}.")
    if logits.shape[1] < 2:
        raise ValueError(
            f"To rank looks takes two of them or more. Received: logits of shape {tuple(logits.shape)}."
        )
    right = right_of_class(ops.softmax(logits, axis=-1), labels)  # (B, looks)
    return ops.mean(ops.sum(ops.relu(right[:, :-1] - right[:, 1:] + margin), axis=-1))


def right_of_class(values, labels):
    """The values `(B, looks, num_classes)` of each picture's class, `(B, looks)`.

    Example:
        >>> from keras import ops
        >>> values, labels = ops.array([[[0.1, 0.9]], [[0.6, 0.4]]]), ops.array([1, 0])
        >>> print(ops.convert_to_numpy(right_of_class(values, labels)))
        [[0.9]
         [0.6]]
    """
    chosen = ops.one_hot(labels, values.shape[-1], dtype=values.dtype)
    return ops.sum(values * chosen[:, None, :], axis=-1)


def check_looks(logits, labels):
    """Logits as float32 and labels as int32 `(B,)`.

    Raises:
        ValueError: if the shapes do not fit.

    Example:
        >>> check_looks([[[0.0, 1.0]]], [1, 0])
        Traceback (most recent call last):
        ValueError: `logits` must have shape (B, looks, num_classes) and `labels` (B,). Received: logits of
        shape (1, 1, 2), labels of shape (2,).
    """
    logits = ops.cast(ops.convert_to_tensor(logits), "float32")
    labels = ops.convert_to_tensor(labels)
    if len(labels.shape) == 2 and labels.shape[1] == 1:  # as Keras hands them to a loss
        labels = labels[:, 0]
    differ = len(logits.shape) != 3 or len(labels.shape) != 1
    if differ or None not in (logits.shape[0], labels.shape[0]) and logits.shape[0] != labels.shape[0]:
        raise ValueError(
            "`logits` must have shape (B, looks, num_classes) and `labels` (B,). "
            f"Received: logits of shape {tuple(logits.shape)}, labels of shape {tuple(labels.shape)}."
        )
    return logits, ops.cast(labels, "int32")
