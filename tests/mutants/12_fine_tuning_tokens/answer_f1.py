"""Wrong answers to `answer_f1`, each named after the mistake it makes."""

import re
import string
from collections import Counter


def _lower(text):
    return text.lower()


def _no_punctuation(text, instead=""):
    return "".join(instead if character in string.punctuation else character for character in text)


def _no_articles(text):
    return re.sub(r"\b(a|an|the)\b", " ", text)


def _words(text, steps=(_lower, _no_punctuation, _no_articles), split=str.split):
    for step in steps:
        text = step(text)
    return split(text)


def _shared(said, true):
    return sum((Counter(said) & Counter(true)).values())


def _f1(said, true):
    if not said or not true:
        return float(said == true)
    return 2 * _shared(said, true) / (len(said) + len(true))


def _scores(prediction, answers, score=_f1, **reading):
    return [score(_words(prediction, **reading), _words(answer, **reading)) for answer in answers]


def sets_for_bags(prediction, answers):
    return max(_scores(prediction, answers, score=lambda a, b: _f1(sorted(set(a)), sorted(set(b)))))


def shared_counted_wrongly(prediction, answers):
    def score(said, true):
        if not said or not true:
            return float(said == true)
        return 2 * sum(word in true for word in said) / (len(said) + len(true))

    return max(_scores(prediction, answers, score=score))


def mean_of_answers(prediction, answers):
    return sum(_scores(prediction, answers)) / len(answers)


def first_answer_alone(prediction, answers):
    return _scores(prediction, answers)[0]


def place_by_place(prediction, answers):
    def score(said, true):
        if not said or not true:
            return float(said == true)
        return 2 * sum(a == b for a, b in zip(said, true, strict=False)) / (len(said) + len(true))

    return max(_scores(prediction, answers, score=score))


def exact_match(prediction, answers):
    return max(_scores(prediction, answers, score=lambda a, b: float(a == b)))


def precision_alone(prediction, answers):
    def score(said, true):
        return _shared(said, true) / len(said) if said and true else float(said == true)

    return max(_scores(prediction, answers, score=score))


def recall_alone(prediction, answers):
    def score(said, true):
        return _shared(said, true) / len(true) if said and true else float(said == true)

    return max(_scores(prediction, answers, score=score))


def nothing_against_nothing(prediction, answers):
    return max(_scores(prediction, answers, score=lambda a, b: _f1(a, b) if a and b else 0.0))


def characters_compared(prediction, answers):
    return max(_scores(prediction, answers, split=lambda text: list(" ".join(text.split()))))


def not_normalised(prediction, answers):
    return max(_scores(prediction, answers, steps=()))


def case_kept(prediction, answers):
    return max(_scores(prediction, answers, steps=(_no_punctuation, _no_articles)))


def punctuation_kept(prediction, answers):
    return max(_scores(prediction, answers, steps=(_lower, _no_articles)))


def articles_kept(prediction, answers):
    return max(_scores(prediction, answers, steps=(_lower, _no_punctuation)))


def articles_first(prediction, answers):
    return max(_scores(prediction, answers, steps=(_lower, _no_articles, _no_punctuation)))


def articles_inside_words(prediction, answers):
    def anywhere(text):
        return re.sub("(a|an|the)", " ", text)

    return max(_scores(prediction, answers, steps=(_lower, _no_punctuation, anywhere)))


def spaces_for_punctuation(prediction, answers):
    steps = (_lower, lambda text: _no_punctuation(text, instead=" "), _no_articles)
    return max(_scores(prediction, answers, steps=steps))


def split_at_single_spaces(prediction, answers):
    return max(_scores(prediction, answers, split=lambda text: text.split(" ")))
