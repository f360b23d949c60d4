"""Where to look closer: a proposal from what was seen so far."""

import keras
from keras import ops


def proposal_boxes(proposals):
    """The boxes of proposals.

    `top = c_y - l`, `left = c_x - l`, `bottom = c_y + l`, `right = c_x + l`

    Args:
        proposals: floats `(B, 3)`: centre `c_y`, centre `c_x`, half-width `l`.

    Returns:
        `(B, 4)`: top, left, bottom and right, in the same units.

    Raises:
        ValueError: if `proposals` have another shape.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import proposal_boxes
        >>> ops.convert_to_numpy(proposal_boxes([[0.5, 0.25, 0.25]])).tolist()
        [[0.25, 0.0, 0.75, 0.5]]

    In the paper: c_x = t_x, c_y = t_y, l = t_l; (left, top) = t_x(ul), t_y(ul).
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """
    proposals = ops.convert_to_tensor(proposals)
    if len(proposals.shape) != 2 or proposals.shape[1] != 3:
        raise ValueError(
            "`proposals` must have shape (B, 3): centre y, centre x, half-width. "
            f"Received: proposals of shape {tuple(proposals.shape)}."
        )
    centre, half_width = proposals[:, :2], proposals[:, 2:]
    return ops.concatenate([centre - half_width, centre + half_width], axis=-1)


@keras.saving.register_keras_serializable("course_lib")
class AttentionProposal(keras.layers.Layer):
    """Proposes a square of a picture to look at, from a map of features.

    `a = softmax(v · features[b, r, c])` over all places
    `c = clip(sum a place, l, 1 - l)`, the mean place of the attention, moved so that the square fits
    `l = l_min + (l_max - l_min) sigmoid(w · sum a features + bias)`

    A square at the border has the gradient of one that may still move. In the paper two dense layers read
    centre and half-width from all features at all places. They must learn anew at each place what soft
    attention learns once for all.

    Args:
        min_half_width, max_half_width: floats `l_min` and `l_max`, in units of the picture's side.

    Call arguments:
        features: `(B, rows, columns, D)`, rows and columns known.
        return_attention_weights: if true, the weights are returned too.

    Returns:
        proposals `(B, 3)`: centre y, centre x and half-width, in units of the picture's height and width; or
        the pair of them and the attention weights `(B, rows, columns)`.

    Raises:
        ValueError: if the bounds are not in order between 0 and 1/2, or the features are no grid.

    Example:
        >>> from keras import ops
        >>> from course_lib.layers import AttentionProposal
        >>> proposal = AttentionProposal(min_half_width=0.1, max_half_width=0.3)
        >>> print(ops.convert_to_numpy(proposal(ops.zeros((1, 5, 7, 4)))).round(3))
        [[0.5 0.5 0.2]]

    In the paper: c = (t_y, t_x), l = t_l.
    Reference: Fu et al. (2017), https://doi.org/10.1109/CVPR.2017.476
    Taught in: notebooks/17_beyond_text
    """

    def __init__(self, min_half_width=0.15, max_half_width=0.25, **kwargs):
        super().__init__(**kwargs)
        if not 0 < min_half_width <= max_half_width <= 0.5:
            raise ValueError(
                "Half-widths must be in order, above 0 and at most 0.5. "
                f"Received: min_half_width={min_half_width}, max_half_width={max_half_width}."
            )
        self.min_half_width = min_half_width
        self.max_half_width = max_half_width
        self.score = keras.layers.Dense(1, use_bias=False, dtype=self.dtype_policy, name="score")
        self.width = keras.layers.Dense(1, dtype=self.dtype_policy, name="width")

    def build(self, features_shape):
        if len(features_shape) != 4 or None in features_shape[1:3]:
            raise ValueError(
                "`features` must have shape (B, rows, columns, D), rows and columns known. "
                f"Received: features of shape {tuple(features_shape)}."
            )
        self.score.build(features_shape)
        self.width.build((features_shape[0], features_shape[-1]))

    def call(self, features, return_attention_weights=False):
        _, rows, columns, _ = features.shape
        scores = ops.reshape(ops.cast(self.score(features), "float32"), (-1, rows * columns))
        weights = ops.reshape(ops.softmax(scores, axis=-1), (-1, rows, columns))
        seen = ops.sum(ops.cast(weights[..., None], features.dtype) * features, axis=(1, 2))  # (B, D)
        span = self.max_half_width - self.min_half_width
        half_width = self.min_half_width + span * ops.sigmoid(ops.cast(self.width(seen), "float32"))
        y = (ops.arange(rows, dtype="float32") + 0.5) / rows
        x = (ops.arange(columns, dtype="float32") + 0.5) / columns
        centre = ops.stack(
            [ops.sum(weights * y[:, None], axis=(1, 2)), ops.sum(weights * x, axis=(1, 2))], axis=-1
        )
        fitting = ops.clip(centre, half_width, 1.0 - half_width)
        centre = centre + ops.stop_gradient(fitting - centre)  # clipping alone would let none come back
        proposals = ops.concatenate([centre, half_width], axis=-1)
        proposals, weights = (ops.cast(output, self.compute_dtype) for output in (proposals, weights))
        return (proposals, weights) if return_attention_weights else proposals

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: weights may be asked for

    def compute_output_shape(self, features_shape):
        return (features_shape[0], 3)

    def get_config(self):
        return {
            **super().get_config(),
            "min_half_width": self.min_half_width,
            "max_half_width": self.max_half_width,
        }
