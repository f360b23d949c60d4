"""Wrong answers to `scalar_mix`, each named after the mistake it makes."""

from keras import ops


def _spread(shares):
    return ops.reshape(shares, (-1, 1, 1, 1))


def softmax_missing(layers, weights, scale):
    return scale * ops.sum(_spread(weights) * layers, axis=0)


def softmax_over_wrong_axis(layers, weights, scale):
    return scale * ops.sum(ops.softmax(_spread(weights), axis=-1) * layers, axis=0)


def softmax_overflows(layers, weights, scale):
    powers = ops.exp(weights)
    return scale * ops.sum(_spread(powers / ops.sum(powers)) * layers, axis=0)


def divided_by_the_sum(layers, weights, scale):
    return scale * ops.einsum("l,lbtd->btd", weights / ops.sum(weights), layers)


def scale_forgotten(layers, weights, scale):
    return ops.einsum("l,lbtd->btd", ops.softmax(weights), layers)


def scale_inside_softmax(layers, weights, scale):
    return ops.einsum("l,lbtd->btd", ops.softmax(scale * weights), layers)


def scale_added(layers, weights, scale):
    return scale + ops.einsum("l,lbtd->btd", ops.softmax(weights), layers)


def one_layer_only(layers, weights, scale):
    return scale * layers[-1]


def largest_share_only(layers, weights, scale):
    return scale * ops.take(layers, ops.argmax(weights), axis=0)


def equal_shares(layers, weights, scale):
    return scale * ops.mean(layers, axis=0)


def divided_by_layers(layers, weights, scale):
    return scale * ops.mean(_spread(ops.softmax(weights)) * layers, axis=0)


def layers_not_summed(layers, weights, scale):
    return scale * _spread(ops.softmax(weights)) * layers
