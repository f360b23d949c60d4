"""A student and its teacher, side by side, and what the student begins as."""

import keras
from keras import ops

from course_lib.layers.pooling import pool
from course_lib.models import SentenceClassifier


def logits_and_states(model: keras.Model, inputs: dict, training: bool | None = None) -> tuple:
    """What a reader with a head answers, and the last hidden states from which it does.

    Args:
        model: a `SentenceClassifier`, or a `PretrainingModel` without a head of pairs.
        inputs: as of the model.
        training: whether dropout drops.

    Returns:
        the logits, of classes `(B, C)` or of hidden words `(B, M, V)`, and the states `(B, T, D)`.
    """
    inputs = dict(inputs)
    positions = inputs.pop("masked_positions", None)
    outputs = model.backbone(inputs, training=training)
    states = outputs["sequence_output"]
    if isinstance(model, SentenceClassifier):
        pooled = pool(outputs, inputs["padding_mask"], model.pooling)
        return model.classifier(model.drop(pooled, training=training)), states
    table = model.backbone.token_embedding.embeddings
    return model.masked_word_head(states, table, positions), states


class StudentBesideTeacher(keras.Model):
    """A student that is trained, beside a teacher that is not, for a `FineTuner`.

    Args:
        student, teacher: built; hidden states of one width.

    Call arguments:
        inputs: as of both.

    Returns:
        dict of "student" and "teacher", each logits and states, and of the "padding_mask".

    Example:
        >>> import numpy as np
        >>> from course_lib.chapters import DistillationObjective, FineTuner, StudentBesideTeacher
        >>> from course_lib.models import Bert, SentenceClassifier
        >>> ids = np.array([[2, 5, 3], [2, 6, 3]], "int32")
        >>> inputs, labels = {"token_ids": ids, "padding_mask": ids != 0}, np.array([0, 1])
        >>> models = [SentenceClassifier(Bert(11, 4, 2, 8, n, dropout=0.0), 2) for n in (1, 2)]
        >>> for model in models:
        ...     _ = model(inputs)
        >>> both = StudentBesideTeacher(*models)
        >>> before = models[1].get_weights()
        >>> losses = FineTuner(both, DistillationObjective()).fit(inputs, labels, peak=0.01, num_epochs=3)
        >>> len(losses), all(map(np.array_equal, before, models[1].get_weights()))
        (3, True)

    Taught in: notebooks/15_smaller
    """

    def __init__(self, student: keras.Model, teacher: keras.Model):
        super().__init__()
        teacher.trainable = False
        self.student, self.teacher = student, teacher
        self.built = True

    def call(self, inputs, training=None):
        taught = logits_and_states(self.teacher, inputs, training=False)
        return {
            "student": logits_and_states(self.student, inputs, training=training),
            "teacher": tuple(map(ops.stop_gradient, taught)),
            "padding_mask": inputs["padding_mask"],
        }


def begin_as_layers(student: keras.Model, teacher: keras.Model, layers: list[int]) -> None:
    """Gives a student everything that its teacher has outside the blocks, and these of its blocks.

    Args:
        student, teacher: built, alike but for the number of blocks.
        layers: which blocks of the teacher, in their order; one for each of the student's.

    Raises:
        ValueError: if there are more or fewer than the student has blocks.

    Example:
        >>> import numpy as np
        >>> from course_lib.models import Bert, SentenceClassifier
        >>> ids = np.array([[2, 5, 3]], "int32")
        >>> models = [SentenceClassifier(Bert(11, 4, 2, 8, n), 2) for n in (1, 2)]
        >>> for model in models:
        ...     _ = model({"token_ids": ids, "padding_mask": ids != 0})
        >>> begin_as_layers(*models, [1])
        >>> blocks = [model.backbone.encoder.blocks for model in models]
        >>> pairs = zip(blocks[0][0].get_weights(), blocks[1][1].get_weights())
        >>> all(np.array_equal(ours, theirs) for ours, theirs in pairs)
        True

    Taught in: notebooks/15_smaller
    """
    ours, theirs = student.backbone.encoder.blocks, teacher.backbone.encoder.blocks
    if len(layers) != len(ours):
        raise ValueError(f"Expected a layer for each of {len(ours)} blocks. Received: layers={layers}.")
    for block, layer in zip(ours, layers, strict=True):
        block.set_weights(theirs[layer].get_weights())
    for own, taught in zip(outside_the_blocks(student), outside_the_blocks(teacher), strict=True):
        own.assign(taught)


def outside_the_blocks(model: keras.Model) -> list:
    """The variables of embeddings, pooler and head."""
    inside = {id(variable) for block in model.backbone.encoder.blocks for variable in block.variables}
    return [variable for variable in model.weights if id(variable) not in inside]
