"""A student of fewer layers, and its score."""

import time

import keras
import numpy as np

from benchmarks.fine_tuning.fine_tuned import DROPOUT, make_classifier, published_classifier
from course_lib.chapters import DistillationObjective, FineTuner, StudentBesideTeacher, begin_as_layers
from course_lib.objectives import student_layers
from course_lib.training import set_seed

STUDENTS = {  # what a student begins as, and whether it is told by its teacher
    "student, labels alone": ("published", False),
    "student, with its teacher": ("published", True),
    "student, begun as its teacher": ("teacher", True),
}


def accuracy(tuner, material):
    """Percent right."""
    right = tuner.predict(material.inputs).argmax(axis=-1) == material.labels
    return round(100 * float(np.mean(right)), 2)


def f1(tuner, material):
    """F1 of class 1, in percent."""
    said = tuner.predict(material.inputs).argmax(axis=-1)
    return round(200 * float(np.sum(said * material.labels) / max(np.sum(said + material.labels), 1)), 2)


def train_student(
    who,
    checkpoint,
    teacher,
    training,
    seed,
    epochs,
    rate,
    weights=(1.0, 1.0, 1.0),
    temperature=2.0,
    batch_size=32,
    dropout=DROPOUT,
):
    """A student with half the layers.

    Args:
        who: of `STUDENTS`.
        checkpoint: a loaded `Bert`.
        teacher: a fine-tuned classifier; not needed by a student with labels alone.
        training: `Material`.
        seed: of the head, dropout and order.
        epochs, rate, batch_size, dropout: the recipe.
        weights, temperature: of soft targets, labels and hidden states, for a student that is told.

    Returns:
        the student, a tuner that predicts with it, and the minutes of processor time.
    """
    begins_as, is_told = STUDENTS[who]
    set_seed(seed)
    num_layers = checkpoint.settings["num_layers"]
    student = make_classifier(checkpoint, num_layers // 2, dropout)
    start = teacher if begins_as == "teacher" else published_classifier(checkpoint, dropout)
    begin_as_layers(student, start, student_layers(num_layers, num_layers // 2))
    if begins_as == "published":
        kernel = student.classifier.kernel
        kernel.assign(keras.random.truncated_normal(kernel.shape, stddev=0.02, seed=seed))
    began = time.process_time()
    own = FineTuner(student)
    tuner = own
    if is_told:
        objective = DistillationObjective(weights, temperature)
        tuner = FineTuner(StudentBesideTeacher(student, teacher), objective)
    tuner.fit(
        training.inputs, training.labels, peak=rate, num_epochs=epochs, batch_size=batch_size, seed=seed
    )
    return student, own, round((time.process_time() - began) / 60, 2)
