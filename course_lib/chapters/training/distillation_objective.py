"""The losses between a student and its teacher, for a `FineTuner`."""

import keras
import numpy as np
from keras import ops

from course_lib.objectives import hidden_cosine_loss, masked_cross_entropy, soft_target_loss


class DistillationObjective:
    """The weighted sum of three losses, whose weights and temperature can change without compiling anew.

    `L = w_1 T² KL(teacher ‖ student) + w_2 cross-entropy of the labels + w_3 (1 - cosine of the states)`

    Where the logits are `(B, M, V)`, labels of 0 are slots that are not used and count nowhere.

    Args:
        weights: of soft targets, labels and hidden states.
        temperature: float T above 0, of the soft targets.

    Example:
        >>> objective = DistillationObjective((5.0, 2.0, 1.0), temperature=2.0)
        >>> logits, states = np.zeros((1, 2)), np.ones((1, 3, 4))
        >>> outputs = {"student": (logits, states), "teacher": (logits, states),
        ...            "padding_mask": np.ones((1, 3), bool)}
        >>> round(float(objective(np.array([1]), outputs)), 4)  # 2 log 2: the labels alone
        1.3863

    Reference: Sanh et al. (2019), "DistilBERT", section 3, https://arxiv.org/abs/1910.01108
    Taught in: notebooks/15_smaller
    """

    def __init__(self, weights=(5.0, 2.0, 1.0), temperature: float = 2.0):
        self.weights = keras.Variable(np.array(weights, "float32"), trainable=False)
        self.temperature = keras.Variable(np.float32(temperature), trainable=False)

    def set(self, weights=(5.0, 2.0, 1.0), temperature: float = 2.0) -> None:
        """Other weights and another temperature, from the next update on."""
        if len(weights) != 3 or min(weights) < 0 or temperature <= 0:
            raise ValueError(
                "Expected three weights of 0 or more and a temperature above 0. "
                f"Received: weights={weights}, temperature={temperature}."
            )
        self.weights.assign(np.array(weights, "float32"))
        self.temperature.assign(np.float32(temperature))

    def __call__(self, labels, outputs):
        (logits, states), (taught, taught_states) = outputs["student"], outputs["teacher"]
        temperature = ops.convert_to_tensor(self.temperature)
        if len(logits.shape) == 2:
            of_labels = ops.mean(keras.losses.sparse_categorical_crossentropy(labels, logits, True))
            counted = None
        else:
            of_labels, counted = masked_cross_entropy(logits, labels), ops.not_equal(labels, 0)
        # Softened here, so that T need not be a number of Python.
        softened = soft_target_loss(logits / temperature, taught / temperature, counted, temperature=1.0)
        states_apart = hidden_cosine_loss(states, taught_states, outputs["padding_mask"])
        parts = ops.stack([temperature**2 * softened, of_labels, states_apart])
        return ops.sum(ops.convert_to_tensor(self.weights) * parts)
