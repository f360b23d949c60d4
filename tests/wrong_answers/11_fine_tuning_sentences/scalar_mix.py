"""Wrong answers to `scalar_mix` beside its mutants."""

from keras import ops


def one_layer_only__the_first(layers, weights, scale):
    return scale * layers[0]


def softmax_over_wrong_axis__as_a_column(layers, weights, scale):
    shares = ops.softmax(weights[:, None], axis=1)
    return scale * ops.sum(shares[:, :, None, None] * layers, axis=0)


def sigmoid_for_softmax(layers, weights, scale):
    return scale * ops.einsum("l,lbtd->btd", ops.sigmoid(weights), layers)


def sigmoids_divided_by_their_sum(layers, weights, scale):
    shares = ops.sigmoid(weights)
    return scale * ops.einsum("l,lbtd->btd", shares / ops.sum(shares), layers)


def log_softmax(layers, weights, scale):
    return scale * ops.einsum("l,lbtd->btd", ops.log_softmax(weights), layers)


def order_of_layers_turned(layers, weights, scale):
    return scale * ops.einsum("l,lbtd->btd", ops.softmax(weights), ops.flip(layers, axis=0))


def scale_twice(layers, weights, scale):
    return scale * scale * ops.einsum("l,lbtd->btd", ops.softmax(weights), layers)


def divided_by_the_scale(layers, weights, scale):
    return ops.einsum("l,lbtd->btd", ops.softmax(weights), layers) / scale


def magnitude_of_the_scale(layers, weights, scale):
    return ops.abs(scale) * ops.einsum("l,lbtd->btd", ops.softmax(weights), layers)


def small_weights_alone(layers, weights, scale):
    shares = ops.softmax(ops.clip(weights, -5.0, 5.0))
    return scale * ops.einsum("l,lbtd->btd", shares, layers)


def layers_normalised(layers, weights, scale):
    centred = layers - ops.mean(layers, axis=-1, keepdims=True)
    return scale * ops.einsum("l,lbtd->btd", ops.softmax(weights), centred)
