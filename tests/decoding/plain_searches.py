"""The searches again, one sentence at a time, in NumPy and float64: what the library's are compared with."""

import numpy as np
from keras import ops


def length_divisor(length, penalty):
    return ((5 + length) / 6) ** penalty


def read(step, token, state):
    """Log probabilities of the next token, and the next state."""
    logits, state = step(ops.convert_to_tensor([token], dtype="int32"), state)
    logits = np.asarray(ops.convert_to_numpy(logits), dtype="float64")[0]
    logits = logits - logits.max()
    return logits - np.log(np.exp(logits).sum()), state


def plain_path(choose, step, state, start_id, end_id, max_length):
    """One sentence, up to its end token, whose tokens are chosen from probabilities and position."""
    tokens, last = [], start_id
    while len(tokens) < max_length and last != end_id:
        log_probabilities, state = read(step, last, state)
        last = choose(np.exp(log_probabilities), len(tokens))
        tokens.append(last)
    return tokens


def plain_greedy(*arguments):
    return plain_path(lambda probabilities, position: int(probabilities.argmax()), *arguments)


def plain_sample(draws, *arguments):
    """A sentence drawn by the given numbers in [0, 1)."""

    def choose(probabilities, position):
        return int((probabilities.cumsum() > draws[position]).argmax())

    return plain_path(choose, *arguments)


def plain_coverage(attended, state):
    """Logarithms of what real source tokens were attended to, at most 1 each, of one sentence."""
    mask = np.asarray(ops.convert_to_numpy(state["memory_mask"]))[0]
    return sum(np.log(min(float(total), 1.0)) for total in attended[mask])


def plain_beam(step, state, start_id, end_id, max_length, beam_width, penalty, coverage=0.0):
    """The best hypotheses of one sentence, as pairs of tokens and score: finished ones, then cut ones."""

    def final(score, length, attended, state):
        bonus = coverage * plain_coverage(attended, state) if coverage else 0.0
        return score / length_divisor(length, penalty) + bonus

    alive, done = [([start_id], 0.0, 0.0, state)], []
    for length in range(1, max_length + 1):
        candidates = []
        for tokens, score, attended, state in alive:
            log_probabilities, state = read(step, tokens[-1], state)
            scores = score + log_probabilities
            if coverage:
                attended = (
                    attended + np.asarray(ops.convert_to_numpy(state["attention_weights"]), "float64")[0]
                )
            done.append(([*tokens[1:], end_id], final(scores[end_id], length, attended, state)))
            candidates += [([*tokens, v], s, attended, state) for v, s in enumerate(scores) if v != end_id]
        alive = sorted(candidates, key=lambda candidate: -candidate[1])[:beam_width]
        done = sorted(done, key=lambda hypothesis: -hypothesis[1])[:beam_width]
        if len(done) == beam_width and alive[0][1] / length_divisor(max_length, penalty) <= done[-1][1]:
            break
    cut = [(tokens[1:], final(score, length, attended, state)) for tokens, score, attended, state in alive]
    return (done + cut)[:beam_width]
