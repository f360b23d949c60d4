"""What a fixed representation knows: logistic regression on it, the penalty chosen on validation data."""

import numpy as np

PENALTIES = (1e-3, 1e-2, 1e-1, 1.0)


def logistic_regression(
    features: np.ndarray, classes: np.ndarray, penalty: float, num_steps: int = 30
) -> np.ndarray:
    """The weights with the lowest mean loss plus penalty / 2 · ‖weights‖², by Newton's method.

    Args:
        features: (n, D); a last column of ones is added here, and not penalised.
        classes: (n,) of 0 and 1.
        penalty: positive.
        num_steps: most steps of Newton's method.

    Returns:
        float64 (D + 1,), the bias last.

    Example:
        >>> weights = logistic_regression(np.array([[-1.0], [1.0]]), np.array([0, 1]), penalty=0.1)
        >>> bool(weights[0] > 1), bool(abs(weights[1]) < 1e-9)
        (True, True)
    """
    inputs = np.hstack([features, np.ones((len(features), 1))]).astype("float64")
    ridge = np.diag(np.append(np.full(features.shape[1], penalty), 1e-9))
    weights = np.zeros(inputs.shape[1])
    for _ in range(num_steps):
        right = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (right - classes) / len(classes) + ridge @ weights
        curvature = (inputs * (right * (1 - right))[:, None]).T @ inputs / len(classes) + ridge
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def linear_probe(train: tuple, validation: tuple, test: np.ndarray, penalties=PENALTIES) -> np.ndarray:
    """Classes by logistic regression on standardised features, with the penalty best on the validation data.

    Args:
        train: features (n, D) and classes (n,) of 0 and 1.
        validation: the same, for the choice of the penalty alone.
        test: features (m, D).
        penalties: to choose from; of equally good ones the first.

    Returns:
        int array (m,) of 0 and 1.

    Example:
        >>> features, classes = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
        >>> linear_probe((features, classes), (features, classes), np.array([[-4.0], [9.0]])).tolist()
        [0, 1]

    Taught in: notebooks/11_fine_tuning_sentences
    """
    features, classes = train
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6

    def scores(weights, others):
        return ((others - mean) / spread) @ weights[:-1] + weights[-1]

    best, best_right = None, -1.0
    for penalty in penalties:
        weights = logistic_regression((features - mean) / spread, classes, penalty)
        right = np.mean((scores(weights, validation[0]) > 0) == validation[1])
        if right > best_right:
            best, best_right = weights, right
    return (scores(best, test) > 0).astype("int32")
