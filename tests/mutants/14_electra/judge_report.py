"""Wrong answers to `judge_report`, each named after the mistake it makes."""

import numpy as np


def _lists(logits, is_replaced, is_ordinary):
    logits, is_replaced, is_ordinary = map(np.asarray, (logits, is_replaced, is_ordinary))
    return logits[is_ordinary & is_replaced], logits[is_ordinary & ~is_replaced]


def _area(replaced, real, equal=0.5):
    return ((replaced[:, None] > real) + equal * (replaced[:, None] == real)).mean()


def _report(replaced, real, says=lambda logits: logits > 0):
    found, spared = says(replaced).mean(), 1 - says(real).mean()
    count = len(replaced) + len(real)
    return {
        "accuracy": (len(replaced) * found + len(real) * spared) / count,
        "always_real": len(real) / count,
        "balanced_accuracy": (found + spared) / 2,
        "area_under_curve": _area(replaced, real),
    }


def all_tokens_counted(logits, is_replaced, is_ordinary):
    return _report(*_lists(logits, is_replaced, np.ones(is_ordinary.shape, bool)))


def threshold_of_probabilities(logits, is_replaced, is_ordinary):
    return _report(*_lists(logits, is_replaced, is_ordinary), says=lambda logits: logits > 0.5)


def zero_called_replaced(logits, is_replaced, is_ordinary):
    return _report(*_lists(logits, is_replaced, is_ordinary), says=lambda logits: logits >= 0)


def answers_inverted(logits, is_replaced, is_ordinary):
    return _report(*_lists(logits, is_replaced, is_ordinary), says=lambda logits: logits < 0)


def flags_inverted(logits, is_replaced, is_ordinary):
    return _report(*_lists(logits, ~np.asarray(is_replaced), is_ordinary))


def always_replaced(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"always_real": len(replaced) / (len(replaced) + len(real))}


def area_reversed(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"area_under_curve": _area(real, replaced)}


def equal_logits_lost(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"area_under_curve": _area(replaced, real, equal=0.0)}


def equal_logits_won(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"area_under_curve": _area(replaced, real, equal=1.0)}


def area_of_answers(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"area_under_curve": _area(replaced > 0, real > 0)}


def precision_for_share(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    called, spared = (replaced > 0).sum() + (real > 0).sum(), (replaced <= 0).sum() + (real <= 0).sum()
    precisions = (replaced > 0).sum() / max(called, 1), (real <= 0).sum() / max(spared, 1)
    return _report(replaced, real) | {"balanced_accuracy": sum(precisions) / 2}


def recall_alone(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    return _report(replaced, real) | {"balanced_accuracy": (replaced > 0).mean()}


def f1_for_balanced(logits, is_replaced, is_ordinary):
    replaced, real = _lists(logits, is_replaced, is_ordinary)
    hits = (replaced > 0).sum()
    return _report(replaced, real) | {
        "balanced_accuracy": 2 * hits / (hits + (real > 0).sum() + len(replaced))
    }


def plain_for_balanced(logits, is_replaced, is_ordinary):
    report = _report(*_lists(logits, is_replaced, is_ordinary))
    return report | {"balanced_accuracy": report["accuracy"]}


def mean_of_means(logits, is_replaced, is_ordinary):
    right = (np.asarray(logits) > 0) == np.asarray(is_replaced)
    rows = [row[ordinary].mean() for row, ordinary in zip(right, np.asarray(is_ordinary), strict=True)]
    return _report(*_lists(logits, is_replaced, is_ordinary)) | {"accuracy": np.mean(rows)}
