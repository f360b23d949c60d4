"""A training step of the course's Transformer with one part left out, or made in another way."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from benchmarks.transformers import batches
from benchmarks.transformers.contenders import ours
from course_lib.training import TokenCrossEntropy

RATE, BETA_1, BETA_2, EPSILON = 1e-3, 0.9, 0.999, 1e-7  # those of `keras.optimizers.Adam`


def training(size, dropout=0.1, update="Adam", has_gradients=True, byte_masks=False, rows_at_once=None):
    """Training steps on one full batch, without XLA.

    Args:
        size: a `Size`.
        dropout: as of the model.
        update: a name of `UPDATES`.
        has_gradients: whether there is a way back; if not, the loss alone is computed.
        byte_masks: whether a byte is drawn for each number that may be dropped, instead of a float.
        rows_at_once: int, for how many positions logits exist at a time; for all if not given.
    """
    if byte_masks:
        keras.src.backend.random.dropout = dropout_by_bytes  # in this process, which has no other task
    model = ours.make_model(size, dropout=dropout, attention_dropout=dropout, **ours.SAME)
    step = make_step(model, update, has_gradients, rows_at_once)
    inputs, labels = batches.full_batch(size)

    def run():
        float(step(inputs, labels)[0])  # waits for it
        return int((labels != 0).sum())

    return {"run": run, "parameters": model.count_params()}


def make_step(model, update="Adam", has_gradients=True, rows_at_once=None):
    """From inputs and labels to the loss, and to the gradients where nothing takes them.

    A graph leaves out what nobody asks for: gradients that are not applied have to be returned.
    """
    variables = model.trainable_variables
    loss_of = loss_of_logits(model) if rows_at_once is None else loss_in_pieces(model, rows_at_once)
    apply = UPDATES[update](variables) if has_gradients and update else None

    @tf.function(autograph=False)
    def step(inputs, labels):
        if not has_gradients:
            return (loss_of(inputs, labels),)
        with tf.GradientTape() as tape:
            loss = loss_of(inputs, labels)
        gradients = [tf.convert_to_tensor(part) for part in tape.gradient(loss, variables)]
        if apply is None:
            return (loss, *gradients)
        apply(gradients)
        return (loss,)

    return step


def loss_of_logits(model):
    """The loss as the course has it: of the logits of all positions."""
    loss = TokenCrossEntropy()
    return lambda inputs, labels: loss(labels, model(inputs, training=True))


def loss_in_pieces(model, rows_at_once):
    """The same loss of a batch without padding, and never more than some rows of its logits.

    With the logits of some positions at hand, their part of the loss is computed and, at once, what flows
    back from it: the gradient `(softmax(z) - [v = y]) / n` of the logits goes into that of the outputs and
    that of the matrix, and is forgotten.
    """
    model.to_logits = lambda outputs: outputs
    matrix = model.output_projection.kernel

    @tf.custom_gradient
    def mean_loss(outputs, kernel, labels):
        number = tf.shape(outputs)[0]
        total, of_kernel, of_outputs = 0.0, tf.zeros_like(kernel), []
        for start in range(0, outputs.shape[0], rows_at_once):
            rows = slice(start, min(start + rows_at_once, outputs.shape[0]))
            logits = tf.matmul(outputs[rows], kernel)
            losses, back = tf.raw_ops.SparseSoftmaxCrossEntropyWithLogits(
                features=logits, labels=labels[rows]
            )
            back = back / tf.cast(number, back.dtype)
            total += tf.reduce_sum(losses)
            of_outputs.append(tf.matmul(back, kernel, transpose_b=True))
            of_kernel += tf.matmul(outputs[rows], back, transpose_a=True)

        def way_back(upstream):
            return upstream * tf.concat(of_outputs, axis=0), upstream * of_kernel, None

        return total / tf.cast(number, total.dtype), way_back

    def loss_of(inputs, labels):
        outputs = model(inputs, training=True)
        flat = tf.reshape(outputs, (labels.shape[0] * labels.shape[1], outputs.shape[-1]))
        return mean_loss(flat, tf.convert_to_tensor(matrix), tf.reshape(labels, (-1,)))

    return loss_of


def dropout_by_bytes(inputs, rate, noise_shape=None, seed=None):
    """Dropout that draws a byte for each number: the rate is rounded to a 256th."""
    if noise_shape is not None:
        raise ValueError(f"Expected one draw for each number. Received: noise_shape={noise_shape}.")
    threshold = round(256 * rate)
    shape = ops.shape(inputs)
    number = int(np.prod(shape))
    drawn = tf.random.stateless_uniform(
        (-(-number // 4),),
        tf.cast(keras.src.random.seed_generator.draw_seed(seed), "int32"),
        minval=None,
        maxval=None,
        dtype=tf.uint32,
    )
    drawn = tf.reshape(tf.reshape(tf.bitcast(drawn, tf.uint8), (-1,))[:number], shape)
    kept = inputs * (256 / (256 - threshold))
    return tf.where(drawn >= tf.constant(threshold, tf.uint8), kept, tf.zeros_like(kept))


def of_keras(variables):
    """`keras.optimizers.Adam`."""
    optimizer = keras.optimizers.Adam(RATE)
    optimizer.build(variables)
    return lambda gradients: optimizer.apply(gradients, variables)


def compiled_alone(variables):
    """The same, compiled by XLA without the rest of the step."""
    apply = of_keras(variables)
    compiled = tf.function(lambda *gradients: apply(list(gradients)), jit_compile=True, autograph=False)
    return lambda gradients: compiled(*gradients)


def descent(variables):
    """No averages: what is left is an addition."""
    optimizer = keras.optimizers.SGD(RATE)
    optimizer.build(variables)
    return lambda gradients: optimizer.apply(gradients, variables)


def one_kernel(variables):
    """TensorFlow's operation of Adam, one for each variable, in one pass."""
    tensors = [variable.value for variable in variables]
    averages = [[tf.Variable(tf.zeros_like(tensor)) for tensor in tensors] for _ in range(2)]
    step = tf.Variable(0.0)

    def apply(gradients):
        step.assign_add(1.0)
        for tensor, mean, square, gradient in zip(tensors, *averages, gradients, strict=True):
            tf.raw_ops.ResourceApplyAdam(
                var=tensor.handle,
                m=mean.handle,
                v=square.handle,
                beta1_power=tf.pow(BETA_1, step),
                beta2_power=tf.pow(BETA_2, step),
                lr=RATE,
                beta1=BETA_1,
                beta2=BETA_2,
                epsilon=EPSILON,
                grad=gradient,
            )

    return apply


def flat_vector(variables):
    """Adam over all weights in a row."""
    tensors = [variable.value for variable in variables]
    sizes = [tensor.shape.num_elements() for tensor in tensors]
    mean, square = (tf.Variable(tf.zeros((sum(sizes),))) for _ in range(2))
    step = tf.Variable(0.0)

    def apply(gradients):
        step.assign_add(1.0)
        gradient = tf.concat([tf.reshape(part, (-1,)) for part in gradients], axis=0)
        mean.assign(BETA_1 * mean + (1 - BETA_1) * gradient)
        square.assign(BETA_2 * square + (1 - BETA_2) * tf.square(gradient))
        rate = RATE * tf.sqrt(1 - tf.pow(BETA_2, step)) / (1 - tf.pow(BETA_1, step))
        moved = rate * mean / (tf.sqrt(square) + EPSILON)
        for tensor, part in zip(tensors, tf.split(moved, sizes), strict=True):
            tensor.assign_sub(tf.reshape(part, tensor.shape))

    return apply


UPDATES = {
    "Adam": of_keras,
    "Adam, compiled alone": compiled_alone,
    "Adam, one kernel": one_kernel,
    "Adam, one vector": flat_vector,
    "descent": descent,
    "": None,
}
