"""A student beside its teacher: what is trained, with which losses, and what it begins as."""

import keras
import numpy as np
import pytest

from course_lib.chapters import (
    DistillationObjective,
    FineTuner,
    StudentBesideTeacher,
    begin_as_layers,
)
from course_lib.chapters.training.distilling import logits_and_states
from course_lib.models import Bert, PretrainingModel, SentenceClassifier
from course_lib.objectives import distillation_loss

IDS = np.array([[2, 5, 7, 3], [2, 6, 3, 0], [2, 8, 3, 0]], "int32")
INPUTS = {"token_ids": IDS, "padding_mask": IDS != 0}
POSITIONS = np.array([[1, 2], [1, 0], [0, 0]], "int32")
WORDS = np.array([[9, 4], [7, 0], [0, 0]], "int32")


def classifier(num_layers, pooling="mean"):
    model = SentenceClassifier(Bert(11, 4, 2, 8, num_layers, dropout=0.0), 2, pooling, dropout=0.0)
    model(INPUTS)
    return model


def guesser(num_layers):
    bert = Bert(11, 4, 2, 8, num_layers, dropout=0.0, attention_dropout=0.0, has_pooler=False)
    model = PretrainingModel(bert, has_pair_head=False)
    model({**INPUTS, "masked_positions": POSITIONS})
    return model


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


@pytest.mark.parametrize("pooling", ["mean", "first", "pooler"])
def test_logits_are_the_models_own(pooling):
    model = classifier(2, pooling)
    logits, states = logits_and_states(model, INPUTS)
    np.testing.assert_allclose(numbers(logits), numbers(model(INPUTS)), atol=1e-6)
    assert states.shape == (3, 4, 4)
    model, inputs = guesser(1), {**INPUTS, "masked_positions": POSITIONS}
    np.testing.assert_allclose(
        numbers(logits_and_states(model, inputs)[0]), numbers(model(inputs)), atol=1e-6
    )


def test_the_sum_is_that_of_the_library():
    both = StudentBesideTeacher(guesser(1), guesser(2))
    outputs = both({**INPUTS, "masked_positions": POSITIONS})
    for weights, temperature in (((5.0, 2.0, 1.0), 2.0), ((1.0, 0.0, 3.0), 0.5)):
        objective = DistillationObjective(weights, temperature)
        expected = distillation_loss(
            outputs["student"], outputs["teacher"], WORDS, INPUTS["padding_mask"], temperature, weights
        )
        np.testing.assert_allclose(float(objective(WORDS, outputs)), float(expected.total), rtol=1e-5)


def test_classes_have_a_label_zero():
    """0 is a class here, and no slot that is left out."""
    outputs = StudentBesideTeacher(classifier(1), classifier(1))(INPUTS)
    labels, logits = np.array([0, 0, 1]), numbers(outputs["student"][0])
    logs = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
    objective = DistillationObjective((0.0, 1.0, 0.0))
    np.testing.assert_allclose(float(objective(labels, outputs)), -logs[range(3), labels].mean(), rtol=1e-5)


def test_the_student_learns_and_the_teacher_stays():
    teacher, student = classifier(2), classifier(1)
    before = teacher.get_weights()
    objective = DistillationObjective((1.0, 0.0, 1.0))
    tuner = FineTuner(StudentBesideTeacher(student, teacher), objective)
    losses = tuner.fit(INPUTS, np.array([0, 1, 1]), peak=0.01, num_epochs=60, batch_size=3)
    assert losses[-1] < 0.5 * losses[0]
    for old, new in zip(before, teacher.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_weights_change_without_compiling_anew():
    objective = DistillationObjective((0.0, 0.0, 0.0))
    tuner = FineTuner(StudentBesideTeacher(classifier(1), classifier(1)), objective)
    settings = {"peak": 1e-9, "num_epochs": 1, "batch_size": 3}
    labels = np.array([0, 1, 1])
    assert tuner.fit(INPUTS, labels, **settings) == [0.0]
    objective.set((0.0, 1.0, 0.0), temperature=3.0)
    assert tuner.fit(INPUTS, labels, **settings)[0] > 0.1
    with pytest.raises(ValueError, match="three weights"):
        objective.set((1.0, 2.0))


def test_a_student_begins_as_layers_of_its_teacher():
    teacher, student = guesser(4), guesser(2)
    begin_as_layers(student, teacher, [0, 2])
    ours, theirs = (model.backbone.encoder.blocks for model in (student, teacher))
    for block, layer in zip(ours, (0, 2), strict=True):
        for own, taught in zip(block.get_weights(), theirs[layer].get_weights(), strict=True):
            np.testing.assert_array_equal(own, taught)
    tables = [numbers(model.backbone.token_embedding.embeddings) for model in (student, teacher)]
    heads = [model.masked_word_head.get_weights() for model in (student, teacher)]
    for own, taught in zip([tables[0], *heads[0]], [tables[1], *heads[1]], strict=True):
        np.testing.assert_array_equal(own, taught)
    with pytest.raises(ValueError, match="each of 2 blocks"):
        begin_as_layers(student, teacher, [0, 1, 2])
