"""Verdict of `judge_report`: four numbers over ordinary tokens, of which accuracy says least."""

import numpy as np


def draw(generator):
    """Logits (B, T) on a grid with equal ones and zeros, few replaced tokens, special tokens and padding."""
    cases = []
    for batch, length, share in ((1, 7, 0.4), (3, 11, 0.3), (7, 13, 0.15), (5, 17, 0.5), (11, 5, 0.3)):
        place = np.arange(length)
        last = generator.integers(3, length, batch)[:, None]
        last[0] = length - 1
        is_ordinary = (place > 0) & (place < last)
        is_replaced = is_ordinary & (generator.random((batch, length)) < share)
        is_replaced[0, 1:4] = True, False, False
        if batch > 1:
            is_replaced[0, 1:3], is_replaced[1, 1:3] = (True, False), (False, True)
        # Quarters of -3 to 3, replaced ones a little higher; special tokens low.
        logits = np.round(4 * generator.normal(np.where(is_replaced, 0.5, -0.7), 1.0)) / 4
        logits = np.where(is_ordinary, np.clip(logits, -3, 3), -3.5)
        logits[0, 1:4] = generator.choice([0.25, 1.0]), 0.25, -1.0
        if batch > 1:
            logits[1, 1:3] = 0.0
        cases.append({"logits": logits, "is_replaced": is_replaced, "is_ordinary": is_ordinary})
    deaf = {**cases[1], "logits": np.full((3, 11), -2.0)}
    perfect = {**cases[2], "logits": np.where(cases[2]["is_replaced"], 1.5, -1.5)}
    scaled = {**cases[3], "logits": 300 * cases[3]["logits"]}
    return [*cases, deaf, perfect, scaled]


def _parts(case):
    """Logits of the replaced and of the real ordinary tokens."""
    ordinary, is_replaced = case["is_ordinary"], case["is_replaced"]
    return case["logits"][ordinary & is_replaced], case["logits"][ordinary & ~is_replaced]


CONDITIONS = {
    "a replaced and a real token with equal logits": lambda case: bool(
        set(_parts(case)[0]) & set(_parts(case)[1])
    ),
    "a replaced token with a logit of 0": lambda case: (_parts(case)[0] == 0).any(),
    "a real token with a logit of 0": lambda case: (_parts(case)[1] == 0).any(),
    "a logit between 0 and 0.5": lambda case: any(((part > 0) & (part < 0.5)).any() for part in _parts(case)),
    "a judge who always says real": lambda case: max(part.max() for part in _parts(case)) < 0,
    "a judge who is always right": lambda case: _parts(case)[0].min() > 0 > _parts(case)[1].max(),
    "more real tokens than replaced ones": lambda case: len(_parts(case)[1]) > 2 * len(_parts(case)[0]),
    "large logits": lambda case: np.abs(case["logits"]).max() > 200,
    "padding or special tokens": lambda case: (~case["is_ordinary"]).any(),
    "one sequence": lambda case: len(case["logits"]) == 1,
}


def _area(replaced, real, equal=0.5):
    against = replaced[:, None] - real[None, :]
    return ((against > 0) + equal * (against == 0)).mean()


def _report(
    counts=lambda is_ordinary: is_ordinary,
    flags=lambda is_replaced: is_replaced,
    says=lambda logits: logits > 0,
    **changed,
):
    """The answer, with parts exchanged; `changed`: a key → a function of the parts."""

    def answer(logits, is_replaced, is_ordinary):
        ordinary, truth = counts(is_ordinary), flags(is_replaced)
        replaced, real = logits[ordinary & truth], logits[ordinary & ~truth]
        found, spared = says(replaced).mean(), (~says(real)).mean()
        count = len(replaced) + len(real)
        report = {
            "accuracy": (found * len(replaced) + spared * len(real)) / count,
            "always_real": len(real) / count,
            "balanced_accuracy": (found + spared) / 2,
            "area_under_curve": _area(replaced, real),
        }
        return report | {key: part(replaced, real, found, spared) for key, part in changed.items()}

    return answer


reference = _report()


def _precisions(replaced, real, found, spared):
    """Shares that are right among those called replaced and among those called real."""
    called = [(replaced > 0).sum(), (real > 0).sum()], [(real <= 0).sum(), (replaced <= 0).sum()]
    return np.mean([right / max(right + wrong, 1) for right, wrong in called])


def _f1(replaced, real, found, spared):
    hits = (replaced > 0).sum()
    return 2 * hits / max(hits + (real > 0).sum() + len(replaced), 1)


def _mean_of_rows(logits, is_replaced, is_ordinary):
    report = reference(logits, is_replaced, is_ordinary)
    right = ((logits > 0) == is_replaced) & is_ordinary
    return report | {"accuracy": (right.sum(axis=1) / is_ordinary.sum(axis=1)).mean()}


def _everywhere(is_ordinary):
    return np.ones(is_ordinary.shape, bool)


MISTAKES = {
    "all_tokens_counted": _report(counts=_everywhere),
    "threshold_of_probabilities": _report(says=lambda logits: logits > 0.5),
    "zero_called_replaced": _report(says=lambda logits: logits >= 0),
    "answers_inverted": _report(says=lambda logits: logits < 0),
    "flags_inverted": _report(flags=np.logical_not),
    "always_replaced": _report(
        always_real=lambda replaced, real, found, spared: len(replaced) / (len(replaced) + len(real))
    ),
    "area_reversed": _report(area_under_curve=lambda replaced, real, found, spared: _area(real, replaced)),
    "equal_logits_lost": _report(
        area_under_curve=lambda replaced, real, found, spared: _area(replaced, real, 0.0)
    ),
    "equal_logits_won": _report(
        area_under_curve=lambda replaced, real, found, spared: _area(replaced, real, 1.0)
    ),
    "area_of_answers": _report(area_under_curve=lambda replaced, real, found, spared: (found + spared) / 2),
    "precision_for_share": _report(balanced_accuracy=_precisions),
    "recall_alone": _report(balanced_accuracy=lambda replaced, real, found, spared: found),
    "f1_for_balanced": _report(balanced_accuracy=_f1),
    "plain_for_balanced": _report(
        balanced_accuracy=lambda replaced, real, found, spared: (
            (found * len(replaced) + spared * len(real)) / (len(replaced) + len(real))
        )
    ),
    "mean_of_means": _mean_of_rows,
}
