import keras
from keras import ops


def right_1(inputs, gate_kernel, value_kernel, output_kernel):
    """Three products and the activation that Keras has."""
    gate = ops.silu(ops.matmul(inputs, gate_kernel))
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def right_2(inputs, gate_kernel, value_kernel, output_kernel):
    """One wide product, split in two; sigmoid written out with tanh."""
    both = ops.concatenate([gate_kernel, value_kernel], axis=-1)
    wide = ops.einsum("btd,df->btf", inputs, both)
    z, value = ops.split(wide, 2, axis=-1)
    return ops.einsum("btf,fd->btd", 0.5 * z * (1 + ops.tanh(0.5 * z)) * value, output_kernel)


def right_3(inputs, gate_kernel, value_kernel, output_kernel):
    """Adds up what each of the F numbers contributes."""
    y = ops.zeros_like(inputs)
    for f in range(gate_kernel.shape[1]):
        z = ops.sum(inputs * gate_kernel[:, f], axis=-1, keepdims=True)
        v = ops.sum(inputs * value_kernel[:, f], axis=-1, keepdims=True)
        y = y + z * ops.sigmoid(z) * v * output_kernel[f]
    return y


def right_4(inputs, gate_kernel, value_kernel, output_kernel):
    """All tokens as rows of one matrix."""
    width = inputs.shape[-1]
    rows = ops.reshape(inputs, (-1, width))
    hidden = keras.activations.swish(rows @ gate_kernel) * (rows @ value_kernel)
    return ops.reshape(hidden @ output_kernel, inputs.shape)


def wrong_1(inputs, gate_kernel, value_kernel, output_kernel):
    """Gate and value exchanged, the activation is on W_v. Wrong on: nearly every input."""
    hidden = ops.matmul(inputs, gate_kernel) * ops.silu(ops.matmul(inputs, value_kernel))
    return ops.matmul(hidden, output_kernel)


def wrong_2(inputs, gate_kernel, value_kernel, output_kernel):
    """Sigmoid instead of silu, the first gated linear unit. Wrong on: nearly every input."""
    hidden = ops.sigmoid(ops.matmul(inputs, gate_kernel)) * ops.matmul(inputs, value_kernel)
    return ops.matmul(hidden, output_kernel)


def wrong_3(inputs, gate_kernel, value_kernel, output_kernel):
    """GELU instead of silu. Wrong on: nearly every input."""
    hidden = ops.gelu(ops.matmul(inputs, gate_kernel)) * ops.matmul(inputs, value_kernel)
    return ops.matmul(hidden, output_kernel)


def wrong_4(inputs, gate_kernel, value_kernel, output_kernel):
    """ReLU instead of silu. Wrong on: nearly every input."""
    hidden = ops.relu(ops.matmul(inputs, gate_kernel)) * ops.matmul(inputs, value_kernel)
    return ops.matmul(hidden, output_kernel)


def wrong_5(inputs, gate_kernel, value_kernel, output_kernel):
    """The usual network, W_v is not used. Wrong on: nearly every input."""
    return ops.matmul(ops.silu(ops.matmul(inputs, gate_kernel)), output_kernel)


def wrong_6(inputs, gate_kernel, value_kernel, output_kernel):
    """Adds the two branches. Wrong on: nearly every input."""
    hidden = ops.silu(ops.matmul(inputs, gate_kernel)) + ops.matmul(inputs, value_kernel)
    return ops.matmul(hidden, output_kernel)


def wrong_7(inputs, gate_kernel, value_kernel, output_kernel):
    """The activation is on both branches. Wrong on: nearly every input."""
    gate, value = ops.silu(inputs @ gate_kernel), ops.silu(inputs @ value_kernel)
    return (gate * value) @ output_kernel


def wrong_8(inputs, gate_kernel, value_kernel, output_kernel):
    """The activation comes after the product of the branches. Wrong on: nearly every input."""
    return ops.silu((inputs @ gate_kernel) * (inputs @ value_kernel)) @ output_kernel


def wrong_9(inputs, gate_kernel, value_kernel, output_kernel):
    """Adds the input again, as the block does outside. Wrong on: every input that is not zero."""
    hidden = ops.silu(inputs @ gate_kernel) * (inputs @ value_kernel)
    return inputs + hidden @ output_kernel


def wrong_10(inputs, gate_kernel, value_kernel, output_kernel):
    """A sign is lost, z / (1 + e^z). Wrong on: nearly every input."""
    z = ops.matmul(inputs, gate_kernel)
    gate = z * ops.sigmoid(-z)
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def wrong_11(inputs, gate_kernel, value_kernel, output_kernel):
    """The gate is a softmax over the F numbers. Wrong on: nearly every input."""
    gate = ops.softmax(ops.matmul(inputs, gate_kernel), axis=-1)
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def wrong_12(inputs, gate_kernel, value_kernel, output_kernel):
    """No activation at all, a bilinear layer. Wrong on: nearly every input."""
    return ops.einsum("btf,btf,fd->btd", inputs @ gate_kernel, inputs @ value_kernel, output_kernel)


def wrong_13(inputs, gate_kernel, value_kernel, output_kernel):
    """Activates the output too. Wrong on: nearly every input."""
    hidden = ops.silu(ops.matmul(inputs, gate_kernel)) * ops.matmul(inputs, value_kernel)
    return ops.silu(ops.matmul(hidden, output_kernel))


def wrong_14(inputs, gate_kernel, value_kernel, output_kernel):
    """The sigmoid approximation of GELU, z sigmoid(1.702 z). Wrong on: nearly every input."""
    z = ops.matmul(inputs, gate_kernel)
    gate = z * ops.sigmoid(1.702 * z)
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def wrong_15(inputs, gate_kernel, value_kernel, output_kernel):
    """Silu made of straight pieces, z relu6(z + 3) / 6. Wrong on: nearly every input."""
    z = ops.matmul(inputs, gate_kernel)
    gate = z * ops.clip(z + 3.0, 0.0, 6.0) / 6.0
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def wrong_16(inputs, gate_kernel, value_kernel, output_kernel):
    """Activates the input before W_g, silu(x) W_g. Wrong on: nearly every input."""
    gate = ops.matmul(ops.silu(inputs), gate_kernel)
    return ops.matmul(gate * ops.matmul(inputs, value_kernel), output_kernel)


def wrong_17(inputs, gate_kernel, value_kernel, output_kernel):
    """Brings both branches back to D and multiplies there. Wrong on: nearly every input."""
    gate = ops.matmul(ops.silu(ops.matmul(inputs, gate_kernel)), output_kernel)
    return gate * ops.matmul(ops.matmul(inputs, value_kernel), output_kernel)


def wrong_18(inputs, gate_kernel, value_kernel, output_kernel):
    """A highway gate, s value + (1 - s) z with s = sigmoid(z). Wrong on: nearly every input."""
    z, value = ops.matmul(inputs, gate_kernel), ops.matmul(inputs, value_kernel)
    s = ops.sigmoid(z)
    return ops.matmul(s * value + (1 - s) * z, output_kernel)
