"""Verdict of `local_weights`: softmax inside a window, then a bell around its middle."""

import numpy as np

FAR = 900.0  # exp(-900) vanishes in float64


def draw(generator):
    """Scores (B, T, S), centers (B, T) in [0, S - 1], windows of 0.5 to 11."""
    cases = []
    for batch, length, keys, window, scale in (
        (1, 2, 5, 1, 1.0),
        (2, 3, 7, 2, 0.1),
        (3, 5, 11, 3, 1.0),
        (2, 7, 13, 2, 10.0),
        (5, 2, 17, 3, 3.0),
    ):
        center = generator.uniform(0, keys - 1, (batch, length))
        cases.append(
            {
                "scores": generator.normal(0, scale, (batch, length, keys)),
                # A quarter away from whole and half numbers: no position stands on the edge of a window.
                "center": np.floor(center) + np.where(center % 1 < 0.5, 0.25, 0.75),
                "window": window,
            }
        )
    # Centers on positions and between them, with positions on the edge of the window.
    centers = np.array([[0.0, 3.0, 6.0], [0.5, 3.5, 5.5]])
    for window in (2, 1.5, 0.5, 11):
        cases.append({"scores": generator.normal(0, 1, (2, 3, 7)), "center": centers, "window": window})
    scores = generator.normal(0, 1, (3, 1, 5))
    inside = np.abs(np.arange(5) - np.array([[0], [2], [4]])) <= 1
    scores[:, 0] += np.where(inside, np.array([[-30], [0], [0]]), np.array([[0], [30], [FAR]]))
    cases.append({"scores": scores, "center": np.array([[0.0], [2.0], [4.0]]), "window": 1})
    return cases


def _edge(case):
    return np.abs(_distance(case["scores"], case["center"])) == case["window"]


def _largest(case, is_inside):
    inside = _inside(case["scores"], case["center"], case["window"])
    return np.where(inside == is_inside, case["scores"], -np.inf).max(axis=-1)


CONDITIONS = {
    "a position on the edge of a window": lambda case: _edge(case).any(),
    "a position on each edge of one window": lambda case: (_edge(case).sum(axis=-1) == 2).any(),
    "a center on the first position": lambda case: (case["center"] == 0).any(),
    "a center on the last position": lambda case: (case["center"] == case["scores"].shape[-1] - 1).any(),
    "a center halfway between two positions": lambda case: (case["center"] % 1 == 0.5).any(),
    "a center that is not whole": lambda case: (case["center"] % 1 == 0.25).any(),
    "a window that is not whole": lambda case: case["window"] % 1 != 0,
    "a window of one position": lambda case: (_inside(**case).sum(axis=-1) == 1).any(),
    "a window as wide as the sentence": lambda case: _inside(**case).all(),
    "scores inside the window below -20, others near 0": lambda case: (
        (_largest(case, True) < -20) & (np.abs(_largest(case, False)) < 5)
    ).any(),
    "a score outside the window far above those inside": lambda case: (
        np.isfinite(_largest(case, False)) & (_largest(case, False) > _largest(case, True) + 750)
    ).any(),
    "one query of several sentences": lambda case: case["scores"].shape[1] == 1 < len(case["scores"]),
    "one sentence": lambda case: len(case["scores"]) == 1,
}


def _softmax(scores):
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def _distance(scores, center):
    return np.arange(scores.shape[-1]) - center[:, :, None]


def _inside(scores, center, window):
    return np.abs(_distance(scores, center)) <= window


def _bell(scores, center, deviation):
    return np.exp(-(_distance(scores, center) ** 2) / (2 * deviation**2))


def _window_weights(scores, center, window):
    inside = _inside(scores, center, window)
    return np.where(inside, _softmax(np.where(inside, scores, -1e9)), 0.0)


def reference(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window / 2)


def _renormalised(scores, center, window):
    weights = reference(scores, center, window)
    return weights / weights.sum(axis=-1, keepdims=True)


def _window_after_softmax(scores, center, window):
    return _softmax(scores) * _inside(scores, center, window) * _bell(scores, center, window / 2)


def _no_window(scores, center, window):
    return _softmax(scores) * _bell(scores, center, window / 2)


def _edge_left_out(scores, center, window):
    inside = np.abs(_distance(scores, center)) < window
    weights = _softmax(np.where(inside, scores, -1e9))
    return np.where(inside, weights, 0.0) * _bell(scores, center, window / 2)


def _edge_left_out_of_softmax(scores, center, window):
    inside = np.abs(_distance(scores, center)) < window
    return _softmax(np.where(inside, scores, -1e9)) * _bell(scores, center, window / 2)


def _window_too_weak(low):
    """The scores outside are not hidden, or not enough; what they get is left, or taken away."""

    def hidden(scores, center, window):
        weights = _softmax(np.where(_inside(scores, center, window), scores, low(scores)))
        return weights * _bell(scores, center, window / 2)

    def cut(scores, center, window):
        return np.where(_inside(scores, center, window), hidden(scores, center, window), 0.0)

    return hidden, cut


def _deviation_is_window(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window)


def _two_forgotten(scores, center, window):
    return _window_weights(scores, center, window) * _bell(scores, center, window / 2 / np.sqrt(2))


def _bell_on_scores(scores, center, window):
    return _window_weights(scores * _bell(scores, center, window / 2), center, window)


def _rounded_center(scores, center, window):
    return reference(scores, np.round(center), window)


def _truncated_center(scores, center, window):
    return reference(scores, np.floor(center), window)


def _half_window(scores, center, window):
    weights = np.where(np.abs(_distance(scores, center)) <= window / 2, scores, -1e9)
    inside = np.abs(_distance(scores, center)) <= window / 2
    return np.where(inside, _softmax(weights), 0.0) * _bell(scores, center, window / 2)


MISTAKES = {
    "no_bell": _window_weights,
    "no_window": _no_window,
    "renormalised": _renormalised,
    "window_after_softmax": _window_after_softmax,
    "window_too_weak": (
        *(form for low in (0, -1, -5, -10, -20) for form in _window_too_weak(lambda scores, low=low: low)),
        *(
            form
            for amount in (1, 5, 10, 20)
            for form in _window_too_weak(lambda scores, amount=amount: scores - amount)
        ),
    ),
    "edge_left_out": (_edge_left_out, _edge_left_out_of_softmax),
    "deviation_is_window": _deviation_is_window,
    "two_forgotten": _two_forgotten,
    "bell_on_scores": _bell_on_scores,
    "rounded_center": (_rounded_center, _truncated_center),
    "half_window": _half_window,
}
