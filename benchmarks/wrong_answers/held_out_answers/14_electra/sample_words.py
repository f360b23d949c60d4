import numpy as np
from keras import ops


def _gumbel(even):
    return -ops.log(-ops.log(even))


def right_1(logits, even, temperature, is_allowed):
    noisy = logits / temperature - ops.log(-ops.log(even))
    noisy = ops.where(is_allowed, noisy, -float("inf"))
    return ops.argmax(noisy, axis=-1)


def right_2(logits, even, temperature, is_allowed):
    z = ops.convert_to_numpy(logits).astype("float64")
    u = ops.convert_to_numpy(even).astype("float64")
    may = ops.convert_to_numpy(is_allowed)
    drawn = np.zeros(z.shape[:2], dtype="int32")
    for b in range(z.shape[0]):
        for m in range(z.shape[1]):
            best = None
            for v in range(z.shape[2]):
                if not may[v]:
                    continue
                score = z[b, m, v] / temperature - np.log(-np.log(u[b, m, v]))
                if best is None or score > best:
                    best = score
                    drawn[b, m] = v
    return ops.convert_to_tensor(drawn)


def right_3(logits, even, temperature, is_allowed):
    """Only the allowed columns are looked at; their ids are looked up afterwards."""
    ids = np.flatnonzero(ops.convert_to_numpy(is_allowed)).astype("int32")
    z = ops.take(logits, ids, axis=-1)
    u = ops.take(even, ids, axis=-1)
    place = ops.argmax(z / temperature + _gumbel(u), axis=-1)
    return ops.take(ops.convert_to_tensor(ids), place, axis=0)


def right_4(logits, even, temperature, is_allowed):
    """A race: the word that arrives first, in the logarithm of its time."""
    log_time = ops.log(-ops.log(even)) - ops.log_softmax(
        ops.where(is_allowed[None, None, :], logits / temperature, -1e30), axis=-1
    )
    return ops.cast(ops.argmin(log_time, axis=2), "int32")


def wrong_1(logits, even, temperature, is_allowed):
    """is_allowed is not used. Wrong on: a token that is not allowed and has a high logit."""
    return ops.argmax(logits / temperature + _gumbel(even), axis=-1)


def wrong_2(logits, even, temperature, is_allowed):
    """Multiplies by the temperature. Wrong on: any temperature other than 1."""
    noisy = logits * temperature + _gumbel(even)
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_3(logits, even, temperature, is_allowed):
    """The noise is divided by the temperature too, which cancels it. Wrong on: temperatures other than 1."""
    noisy = (logits + _gumbel(even)) / temperature
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_4(logits, even, temperature, is_allowed):
    """Reads is_allowed as a list of what is forbidden. Wrong on: everything with an allowed token."""
    noisy = logits / temperature + _gumbel(even)
    return ops.argmax(ops.where(is_allowed, -1e30, noisy), axis=-1)


def wrong_5(logits, even, temperature, is_allowed):
    """Sign of the noise. Wrong on: nearly all random inputs with logits near each other."""
    noisy = logits / temperature + ops.log(-ops.log(even))
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_6(logits, even, temperature, is_allowed):
    """One logarithm only: the noise is -log u. Wrong on: logits near each other."""
    noisy = logits / temperature - ops.log(even)
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_7(logits, even, temperature, is_allowed):
    """1 - u in the place of u: the right distribution, another word. Wrong on: logits near each other."""
    noisy = logits / temperature - ops.log(-ops.log(1.0 - even))
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_8(logits, even, temperature, is_allowed):
    """Inverts the cumulated softmax with the first number of each place. Wrong on: most random inputs."""
    z = ops.where(is_allowed, logits / temperature, -1e30)
    cumulated = ops.cumsum(ops.softmax(z, axis=-1), axis=-1)
    return ops.argmax(ops.cast(cumulated >= even[:, :, :1], "int32"), axis=-1)


def wrong_9(logits, even, temperature, is_allowed):
    """Multiplies the logits by the mask, so forbidden ones have logit 0. Wrong on: allowed logits below 0."""
    may = ops.cast(is_allowed, logits.dtype)
    return ops.argmax(logits * may / temperature + _gumbel(even), axis=-1)


def wrong_10(logits, even, temperature, is_allowed):
    """Forbidden logits are -100, not lower. Wrong on: allowed logits that are all below about -100."""
    z = ops.where(is_allowed, logits, -100.0)
    return ops.argmax(z / temperature + _gumbel(even), axis=-1)


def wrong_11(logits, even, temperature, is_allowed):
    """Argmax over the places, not the words. Wrong on: everything (shape (B, V))."""
    noisy = logits / temperature + _gumbel(even)
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=1)


def wrong_12(logits, even, temperature, is_allowed):
    """A softmax by hand without subtracting the maximum. Wrong on: logits of 900 (inf / inf)."""
    e = ops.exp(logits / temperature) * ops.cast(is_allowed, logits.dtype)
    p = e / ops.sum(e, axis=-1, keepdims=True)
    return ops.argmax(ops.log(p) + _gumbel(even), axis=-1)


def wrong_13(logits, even, temperature, is_allowed):
    """Draws among all and then sends what is forbidden to the first allowed id. Wrong on: such a draw."""
    drawn = ops.argmax(logits / temperature + _gumbel(even), axis=-1)
    ok = ops.take(is_allowed, drawn, axis=0)
    first = ops.argmax(ops.cast(is_allowed, "int32"))
    return ops.where(ok, drawn, first)


def wrong_14(logits, even, temperature, is_allowed):
    """A small number, 1e-3, is added in both logarithms. Wrong on: u very near 1 (noise is cut)."""
    g = -ops.log(-ops.log(even + 1e-3 * (1.0 - even)) + 1e-3)
    return ops.argmax(ops.where(is_allowed, logits / temperature + g, -1e30), axis=-1)


def wrong_15(logits, even, temperature, is_allowed):
    """Returns places among the allowed columns, not ids. Wrong on: a forbidden id before the word."""
    keep = np.flatnonzero(ops.convert_to_numpy(is_allowed))
    z = ops.convert_to_numpy(logits)[:, :, keep]
    u = ops.convert_to_numpy(even)[:, :, keep]
    return ops.convert_to_tensor(np.argmax(z / temperature - np.log(-np.log(u)), axis=-1))


def wrong_16(logits, even, temperature, is_allowed):
    """The most probable word, no draw. Wrong on: logits near each other."""
    return ops.argmax(ops.where(is_allowed, logits / temperature, -1e30), axis=-1)


def wrong_17(logits, even, temperature, is_allowed):
    """-1e4 after the division. Wrong on: allowed logits of -900 at a temperature of 0.05 (-18000)."""
    noisy = logits / temperature + _gumbel(even)
    return ops.argmax(ops.where(is_allowed, noisy, -1e4), axis=-1)


def wrong_18(logits, even, temperature, is_allowed):
    """log(softmax + 1e-9) over all words, mask last. Wrong on: a forbidden logit far above the rest."""
    p = ops.softmax(logits / temperature, axis=-1)
    noisy = ops.log(p + 1e-9) + _gumbel(even)
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)


def wrong_19(logits, even, temperature, is_allowed):
    """Only the forbidden words' noise is taken away. Wrong on: a forbidden logit that is the highest."""
    g = ops.where(is_allowed, _gumbel(even), 0.0)
    return ops.argmax(logits / temperature + g, axis=-1)


def wrong_20(logits, even, temperature, is_allowed):
    """Forbidden scores are set to 0 after all. Wrong on: places where all allowed scores are below 0."""
    noisy = logits / temperature + _gumbel(even)
    return ops.argmax(noisy * ops.cast(is_allowed, noisy.dtype), axis=-1)


def wrong_21(logits, even, temperature, is_allowed):
    """The noise of the first sequence for all. Wrong on: batches of more than one."""
    noisy = logits / temperature + _gumbel(even[:1])
    return ops.argmax(ops.where(is_allowed, noisy, -1e30), axis=-1)
