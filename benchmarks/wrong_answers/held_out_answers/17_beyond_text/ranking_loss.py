from keras import ops


def right_1(logits, labels, margin):
    """Softmax, take the right class, hinge of neighbours."""
    p = ops.softmax(logits, axis=-1)
    index = ops.cast(labels, "int32")[:, None, None]
    index = ops.broadcast_to(index, (logits.shape[0], logits.shape[1], 1))
    p = ops.take_along_axis(p, index, axis=-1)[:, :, 0]
    hinge = ops.relu(p[:, :-1] - p[:, 1:] + margin)
    return ops.mean(ops.sum(hinge, axis=1))


def right_2(logits, labels, margin):
    """Logarithms first: the right logit less logsumexp, chosen with one-hot vectors."""
    logits = logits - ops.max(logits, axis=-1, keepdims=True)
    chosen = ops.one_hot(labels, logits.shape[-1], dtype=logits.dtype)
    log_p = ops.einsum("bsc,bc->bs", logits, chosen) - ops.logsumexp(logits, axis=-1)
    p = ops.exp(log_p)
    missing = ops.maximum(0.0, margin - (p[:, 1:] - p[:, :-1]))
    return ops.sum(missing) / logits.shape[0]


def right_3(logits, labels, margin):
    """Picture by picture, look by look."""
    batch, looks, _ = logits.shape
    total = ops.zeros((), dtype=logits.dtype)
    for b in range(batch):
        label = int(labels[b])
        before = None
        for s in range(looks):
            scores = logits[b, s] - ops.max(logits[b, s])
            powers = ops.exp(scores)
            now = powers[label] / ops.sum(powers)
            if before is not None:
                total = total + ops.maximum(before - now + margin, 0.0)
            before = now
    return total / batch


def right_4(logits, labels, margin):
    """A mask of classes, where() instead of max, and differences of the looks turned round."""
    probabilities = ops.exp(ops.log_softmax(logits, axis=-1))
    classes = ops.arange(logits.shape[-1], dtype="int32")
    is_right = classes[None, None, :] == ops.cast(labels, "int32")[:, None, None]
    sure = ops.sum(ops.where(is_right, probabilities, ops.zeros_like(probabilities)), axis=-1)
    gap = margin - ops.diff(sure, axis=1)
    return ops.mean(ops.sum(ops.where(gap > 0, gap, ops.zeros_like(gap)), axis=-1))


def _of_label(values, labels):
    chosen = ops.one_hot(labels, values.shape[-1], dtype=values.dtype)
    return ops.sum(values * chosen[:, None, :], axis=-1)


def _sure(logits, labels):
    return _of_label(ops.softmax(logits, axis=-1), labels)


def wrong_1(logits, labels, margin):
    """Punishes looks that are surer, the sign is turned. Wrong on: looks that differ."""
    p = _sure(logits, labels)
    return ops.mean(ops.sum(ops.relu(p[:, 1:] - p[:, :-1] + margin), axis=1))


def wrong_2(logits, labels, margin):
    """Takes the margin off. Wrong on: a margin above 0, where a look is not surer by far."""
    p = _sure(logits, labels)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] - margin), axis=1))


def wrong_3(logits, labels, margin):
    """Compares logits, not probabilities. Wrong on: nearly every input."""
    score = _of_label(logits, labels)
    return ops.mean(ops.sum(ops.maximum(score[:, :-1] - score[:, 1:] + margin, 0.0), axis=1))


def wrong_4(logits, labels, margin):
    """Compares logarithms of probabilities. Wrong on: nearly every input."""
    score = _of_label(ops.log_softmax(logits, axis=-1), labels)
    return ops.mean(ops.sum(ops.maximum(score[:, :-1] - score[:, 1:] + margin, 0.0), axis=1))


def wrong_5(logits, labels, margin):
    """Averages over pairs of looks too. Wrong on: S > 2."""
    p = _sure(logits, labels)
    return ops.mean(ops.relu(p[:, :-1] - p[:, 1:] + margin))


def wrong_6(logits, labels, margin):
    """Adds up over the batch. Wrong on: B > 1."""
    p = _sure(logits, labels)
    return ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin))


def wrong_7(logits, labels, margin):
    """Softmax by bare exponentials, which overflow. Wrong on: logits of about 90 and more."""
    powers = ops.exp(logits)
    p = _of_label(powers, labels) / ops.sum(powers, axis=-1)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))


def wrong_8(logits, labels, margin):
    """Softmax over the looks. Wrong on: nearly every input."""
    p = _of_label(ops.softmax(logits, axis=1), labels)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))


def wrong_9(logits, labels, margin):
    """Probability of the likeliest class, not the right one. Wrong on: looks that miss the right class."""
    p = ops.max(ops.softmax(logits, axis=-1), axis=-1)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))


def wrong_10(logits, labels, margin):
    """Compares only the first look with the last. Wrong on: S > 2."""
    p = _sure(logits, labels)
    return ops.mean(ops.relu(p[:, 0] - p[:, -1] + margin))


def wrong_11(logits, labels, margin):
    """Leaves the max out, so that surer looks are rewarded. Wrong on: a look surer by more than m."""
    p = _sure(logits, labels)
    return ops.mean(ops.sum(p[:, :-1] - p[:, 1:] + margin, axis=1))


def wrong_12(logits, labels, margin):
    """The max comes after the sum over looks. Wrong on: S > 2 with one look surer by over m and one not."""
    p = _sure(logits, labels)
    return ops.mean(ops.maximum(ops.sum(p[:, :-1] - p[:, 1:] + margin, axis=1), 0.0))


def wrong_13(logits, labels, margin):
    """Compares with the surest of all looks before. Wrong on: S > 2 with a look less sure than one before."""
    p = _sure(logits, labels)
    total, best = 0.0, p[:, 0]
    for s in range(1, p.shape[1]):
        total = total + ops.relu(best - p[:, s] + margin)
        best = ops.maximum(best, p[:, s])
    return ops.mean(total)


def wrong_14(logits, labels, margin):
    """Squares what is missing. Wrong on: losses other than 0 and 1."""
    p = _sure(logits, labels)
    return ops.mean(ops.sum(ops.square(ops.relu(p[:, :-1] - p[:, 1:] + margin)), axis=1))


def wrong_15(logits, labels, margin):
    """Begins with the second look (off by one). Wrong on: the second look not surer by m than the first."""
    p = _sure(logits, labels)
    total = ops.zeros_like(p[:, 0])
    for s in range(1, p.shape[1] - 1):
        total = total + ops.maximum(0.0, p[:, s] - p[:, s + 1] + margin)
    return ops.mean(total)


def wrong_16(logits, labels, margin):
    """Compares every look with all later ones. Wrong on: S > 2."""
    p = _sure(logits, labels)
    total = 0.0
    for s in range(p.shape[1]):
        for later in range(s + 1, p.shape[1]):
            total = total + ops.mean(ops.relu(p[:, s] - p[:, later] + margin))
    return total


def wrong_17(logits, labels, margin):
    """Gives one loss per picture, not their mean. Wrong on: every input, by its shape."""
    p = _sure(logits, labels)
    return ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1)


def wrong_18(logits, labels, margin):
    """Rolls the looks, the last precedes the first. Wrong on: p of the last above that of the first - m."""
    p = _sure(logits, labels)
    return ops.mean(ops.sum(ops.relu(p - ops.roll(p, -1, axis=1) + margin), axis=1))


def wrong_19(logits, labels, margin):
    """Takes one maximum off all logits, a low look gives 0 / 0. Wrong on: looks over about 100 apart."""
    powers = ops.exp(logits - ops.max(logits))
    p = _of_label(powers, labels) / ops.sum(powers, axis=-1)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))


def wrong_20(logits, labels, margin):
    """Sigmoid of the right logit instead of softmax. Wrong on: nearly every input."""
    p = ops.sigmoid(_of_label(logits, labels))
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))


def wrong_21(logits, labels, margin):
    """Cuts logits off at 20 for safety. Wrong on: logits beyond 20 that differ."""
    p = _sure(ops.clip(logits, -20.0, 20.0), labels)
    return ops.mean(ops.sum(ops.relu(p[:, :-1] - p[:, 1:] + margin), axis=1))
