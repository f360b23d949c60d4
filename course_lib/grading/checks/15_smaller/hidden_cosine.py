"""Verdict of `hidden_cosine`: one minus the cosine of each real token's vectors, the mean of them all."""

import numpy as np


def draw(generator):
    """Hidden states (B, T, D), large and unlike at padding, which stands behind, in front and between."""
    cases = []
    for batch, length, width, scale in (
        (1, 3, 2, 1.0),
        (2, 5, 3, 1.0),
        (3, 7, 5, 1.0),
        (5, 3, 7, 30.0),
        (3, 3, 3, 1.0),
        (5, 11, 2, 0.01),
    ):
        mask = np.arange(length) < generator.integers(1, length, batch)[:, None]
        if batch > 2:
            mask[0] = True
            mask[1] = np.arange(length) > 0
            mask[2] = np.arange(length) % 2 == 0
        student = generator.normal(0.3, 1, (batch, length, width))
        teacher = 0.5 * student + generator.normal(0.2, 1, student.shape)
        teacher = np.where(mask[..., None], teacher, -3 * student + generator.normal(0, 0.3, student.shape))
        cases.append(
            {"student_hidden": scale * student, "teacher_hidden": 2 * scale * teacher, "padding_mask": mask}
        )
    alike = {**cases[2], "teacher_hidden": cases[2]["teacher_hidden"].copy()}
    alike["teacher_hidden"][0] = 5.0 * alike["student_hidden"][0]
    return [*cases, alike]


def _mask(case):
    return case["padding_mask"]


CONDITIONS = {
    "padding behind": lambda case: (_mask(case)[:, 0] & ~_mask(case)[:, -1]).any(),
    "padding in front": lambda case: (~_mask(case)[:, 0] & _mask(case).any(axis=1)).any(),
    "padding between": lambda case: (np.diff(_mask(case).astype(int), axis=1) != 0).sum(axis=1).max() > 1,
    "no padding": lambda case: _mask(case).all(axis=1).any(),
    "sentences of different length": lambda case: len(set(_mask(case).sum(axis=1))) > 1,
    "one sentence": lambda case: len(_mask(case)) == 1,
    "all sizes alike": lambda case: len(set(case["student_hidden"].shape)) == 1,
    "short vectors": lambda case: np.abs(case["student_hidden"]).max() < 0.1,
    "long vectors": lambda case: np.abs(case["student_hidden"]).max() > 30,
    "vectors that point the same way": lambda case: np.allclose(
        case["teacher_hidden"][0], 5 * case["student_hidden"][0], rtol=1e-5
    ),
}


def _cosines(student, teacher, axis=-1):
    products = (student * teacher).sum(axis=axis)
    return products / np.linalg.norm(student, axis=axis) / np.linalg.norm(teacher, axis=axis)


def _mean(values, mask):
    return values[mask].mean()


def _loss(cosines=_cosines, of_cosine=lambda cosine: 1 - cosine, average=_mean):
    """The answer, with parts exchanged."""

    def answer(student_hidden, teacher_hidden, padding_mask):
        return average(of_cosine(cosines(student_hidden, teacher_hidden)), padding_mask)

    return answer


reference = _loss()


def _of_means(student_hidden, teacher_hidden, padding_mask):
    mask = padding_mask[..., None]
    student, teacher = ((values * mask).sum(axis=1) for values in (student_hidden, teacher_hidden))
    return (1 - _cosines(student, teacher))[padding_mask.any(axis=1)].mean()


def _whole(student, teacher, mask):
    student, teacher = ((values * mask).reshape(len(mask), -1) for values in (student, teacher))
    return (1 - _cosines(student, teacher)).mean()


def _of_sequences(student_hidden, teacher_hidden, padding_mask):
    return _whole(student_hidden, teacher_hidden, padding_mask[..., None])


def _of_sequences_with_padding(student_hidden, teacher_hidden, padding_mask):
    return _whole(student_hidden, teacher_hidden, np.ones_like(padding_mask)[..., None])


def _over_places(student_hidden, teacher_hidden, padding_mask):
    """Cosines of channels over the places of a sequence."""
    return (1 - _cosines(student_hidden, teacher_hidden, axis=1)).mean()


def _over_real_places(student_hidden, teacher_hidden, padding_mask):
    mask = padding_mask[..., None]
    return (1 - _cosines(student_hidden * mask, teacher_hidden * mask, axis=1)).mean()


def _masked_vectors(student_hidden, teacher_hidden, padding_mask):
    """Vectors at padding become zeros, whose cosine is 0: each costs 1."""
    return np.where(padding_mask, 1 - _cosines(student_hidden, teacher_hidden), 1.0).mean()


def _masked_vectors_divided(student_hidden, teacher_hidden, padding_mask):
    values = np.where(padding_mask, 1 - _cosines(student_hidden, teacher_hidden), 1.0)
    return values.sum() / padding_mask.sum()


def _products(student, teacher):
    return (student * teacher).sum(axis=-1)


def _half(student, teacher):
    return _products(student, teacher) / np.linalg.norm(student, axis=-1)


def _other_half(student, teacher):
    return _products(student, teacher) / np.linalg.norm(teacher, axis=-1)


def _squared_lengths(student, teacher):
    return _products(student, teacher) / (student**2).sum(axis=-1) / (teacher**2).sum(axis=-1)


def _distances(student_hidden, teacher_hidden, padding_mask):
    return ((student_hidden - teacher_hidden) ** 2)[padding_mask].mean()


def _summed_distances(student_hidden, teacher_hidden, padding_mask):
    return ((student_hidden - teacher_hidden) ** 2).sum(axis=-1)[padding_mask].mean()


def _sequence_means(values, mask):
    rows = mask.any(axis=1)
    return ((values * mask)[rows].sum(axis=1) / mask[rows].sum(axis=1)).mean()


def _first_tokens(values, mask):
    return values[:, 0].mean()


def _of_lengths(values, mask):
    return _mean(values, np.arange(mask.shape[1]) < mask.sum(axis=1, keepdims=True))


MISTAKES = {
    "padding_counted": _loss(average=lambda values, mask: values.mean()),
    "padding_costs_one": (_masked_vectors, _masked_vectors_divided),
    "divided_by_all_places": _loss(average=lambda values, mask: (values * mask).mean()),
    "padding_summed": _loss(average=lambda values, mask: values.sum() / mask.sum()),
    "mask_inverted": _loss(average=lambda values, mask: (values * ~mask).sum() / max((~mask).sum(), 1)),
    "mask_taken_for_length": _loss(average=_of_lengths),
    "likeness_not_loss": _loss(of_cosine=lambda cosine: cosine),
    "negative_without_one": _loss(of_cosine=lambda cosine: -cosine),
    "sign_flipped": _loss(of_cosine=lambda cosine: cosine - 1),
    "one_plus_cosine": _loss(of_cosine=lambda cosine: 1 + cosine),
    "lengths_forgotten": (_loss(cosines=_products), _loss(cosines=_half), _loss(cosines=_other_half)),
    "squared_lengths": _loss(cosines=_squared_lengths),
    "distance_not_direction": (_distances, _summed_distances),
    "cosine_of_means": _of_means,
    "cosine_of_sequences": (_of_sequences, _of_sequences_with_padding),
    "over_places": (_over_places, _over_real_places),
    "mean_of_means": _loss(average=_sequence_means),
    "sum_not_mean": _loss(average=lambda values, mask: (values * mask).sum()),
    "divided_by_sequences": _loss(average=lambda values, mask: (values * mask).sum() / len(mask)),
    "first_token_alone": _loss(average=_first_tokens),
}
