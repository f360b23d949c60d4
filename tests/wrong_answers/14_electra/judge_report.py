"""Wrong answers to `judge_report` beside its mutants."""

import numpy as np


def _lists(logits, is_replaced, is_ordinary):
    logits, is_replaced, is_ordinary = map(np.asarray, (logits, is_replaced, is_ordinary))
    return logits[is_ordinary & is_replaced], logits[is_ordinary & ~is_replaced]


def _report(replaced, real):
    found, spared = (replaced > 0).mean(), (real <= 0).mean()
    against = replaced[:, None] - real
    return {
        "accuracy": np.concatenate([replaced > 0, real <= 0]).mean(),
        "always_real": len(real) / (len(replaced) + len(real)),
        "balanced_accuracy": (found + spared) / 2,
        "area_under_curve": ((against > 0) + 0.5 * (against == 0)).mean(),
    }


def all_tokens_counted__in_loops(logits, is_replaced, is_ordinary):
    pairs = list(zip(np.asarray(logits).ravel(), np.asarray(is_replaced).ravel(), strict=True))
    replaced, real = (np.array([s for s, flag in pairs if flag == wanted]) for wanted in (True, False))
    return _report(replaced, real)


def area_of_answers__as_half_of_two(logits, is_replaced, is_ordinary):
    report = _report(*_lists(logits, is_replaced, is_ordinary))
    return report | {"area_under_curve": report["balanced_accuracy"]}


def padding_in_always_real(logits, is_replaced, is_ordinary):
    report = _report(*_lists(logits, is_replaced, is_ordinary))
    return report | {"always_real": 1 - np.asarray(is_replaced).mean()}


def area_above_a_half_always(logits, is_replaced, is_ordinary):
    report = _report(*_lists(logits, is_replaced, is_ordinary))
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    wins = (replaced[:, None] > real).sum(), (replaced[:, None] >= real).sum()
    return report | {"area_under_curve": wins[0] / max(wins[1], 1)}


def in_per_cent(logits, is_replaced, is_ordinary):
    report = _report(*_lists(logits, is_replaced, is_ordinary))
    return {name: 100 * value for name, value in report.items()}


def specificity_alone(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"balanced_accuracy": (real <= 0).mean()}


def geometric_mean(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    found, spared = (replaced > 0).mean(), (real <= 0).mean()
    return _report(replaced, real) | {"balanced_accuracy": np.sqrt(found * spared)}


def middle_of_the_logits(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    middle = np.median(np.concatenate([replaced, real]))
    return _report(replaced - middle, real - middle)


def as_a_list(logits, is_replaced, is_ordinary):
    return list(_report(*_lists(logits, is_replaced, is_ordinary)).values())
