"""The matrix products of a training step and nothing else: what a step could be if the rest were free."""

import tensorflow as tf


def make_step(size):
    """A function that computes the products of encoder, decoder and logits, forwards and backwards.

    Their shapes are those of the model. No normalisation, activation, softmax, dropout, loss or update
    stands between them, and heads are cut without moving a number. What flows back along two paths is
    added: no product, but it cannot be left out.
    """
    width, inner = size.hidden_dim, size.intermediate_dim
    positions = size.batch_size * size.length

    def matrix(rows, columns):
        return tf.Variable(tf.random.normal((rows, columns), stddev=rows**-0.5))

    attentions = [[matrix(width, width) for _ in range(4)] for _ in range(3 * size.num_layers)]
    networks = [(matrix(width, inner), matrix(inner, width)) for _ in range(2 * size.num_layers)]
    to_logits = matrix(width, size.vocabulary_size)
    source, target = (tf.Variable(tf.random.normal((positions, width))) for _ in range(2))

    def attend(query, memory, kernels):
        cut = (size.batch_size * size.num_heads, size.length, width // size.num_heads)
        scale = 1 / (size.length * width**0.5)  # as small as averages are: nothing may overflow
        query, key, value = (
            tf.reshape(tf.matmul(inputs, kernel), cut)
            for inputs, kernel in zip((query, memory, memory), kernels, strict=False)
        )
        context = tf.matmul(tf.matmul(query, key, transpose_b=True), value)
        return tf.matmul(scale * tf.reshape(context, (positions, width)), kernels[3])

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            memory, outputs = tf.identity(source), tf.identity(target)
            layers, blocks = iter(attentions), iter(networks)
            for _ in range(size.num_layers):
                expand, contract = next(blocks)
                memory = tf.matmul(tf.matmul(attend(memory, memory, next(layers)), expand), contract)
            for _ in range(size.num_layers):
                expand, contract = next(blocks)
                outputs = attend(outputs, outputs, next(layers))
                outputs = attend(outputs, memory, next(layers))
                outputs = tf.matmul(tf.matmul(outputs, expand), contract)
            logits = tf.matmul(outputs, to_logits)
        weights = [*sum(attentions, []), *sum(networks, ()), to_logits, source, target]
        return tape.gradient(logits, weights, output_gradients=logits)

    return step


def training(size):
    """Nothing but the products of a training step, again and again."""
    step = make_step(size)

    def run():
        step()[0].numpy()  # waits for it
        return size.batch_size * size.length

    return {"run": run}
