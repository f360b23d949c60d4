"""Wrong answers to `answer_f1` beside its mutants."""

import re
import string
from collections import Counter

from course_lib.evaluation import answer_f1 as _right
from course_lib.evaluation import exact_match as _match
from course_lib.evaluation import normalise_answer


def worst_of_the_answers(prediction, answers):
    return min(_right(prediction, [answer]) for answer in answers)


def sum_of_the_answers(prediction, answers):
    return sum(_right(prediction, [answer]) for answer in answers)


def answers_joined(prediction, answers):
    return _right(prediction, [" ".join(answers)])


def in_percent(prediction, answers):
    return 100 * _right(prediction, answers)


def two_forgotten(prediction, answers):
    return _right(prediction, answers) / 2


def share_of_all_words(prediction, answers):
    best = 0.0
    for answer in answers:
        said, true = (Counter(normalise_answer(text).split()) for text in (prediction, answer))
        best = max(best, (said & true).total() / max((said | true).total(), 1))
    return best


def punctuation_at_the_edges_alone(prediction, answers):
    def words(text):
        text = " ".join(word.strip(string.punctuation) for word in text.lower().split())
        return re.sub(r"\b(a|an|the)\b", " ", text)

    def score(said, true):
        said, true = said.split(), true.split()
        if not said or not true:
            return float(said == true)
        return 2 * (Counter(said) & Counter(true)).total() / (len(said) + len(true))

    return max(score(words(prediction), words(answer)) for answer in answers)


def exact_match__by_the_course(prediction, answers):
    return _match(prediction, answers)


def mean_of_answers__one_by_one(prediction, answers):
    return sum(_right(prediction, [answer]) for answer in answers) / len(answers)


def articles_kept__only_the_deleted(prediction, answers):
    def words(text):
        text = "".join(letter for letter in text.lower() if letter not in string.punctuation)
        return re.sub(r"\bthe\b", " ", text).split()

    def score(said, true):
        if not said or not true:
            return float(said == true)
        return 2 * (Counter(said) & Counter(true)).total() / (len(said) + len(true))

    return max(score(words(prediction), words(answer)) for answer in answers)
