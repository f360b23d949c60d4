"""Answers to questions about a passage, compared as SQuAD and CMRC do."""

import re
import string
import unicodedata
from collections import Counter

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def normalise_answer(text):
    """An English answer without case, punctuation, articles and the amount of space.

    Example:
        >>> normalise_answer("The  U.S. Army!")
        'us army'

    Reference: Rajpurkar et al. (2016), https://arxiv.org/abs/1606.05250
    Taught in: notebooks/12_fine_tuning_tokens
    """
    text = "".join(character for character in text.lower() if character not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", text).split())


def answer_units(text):
    """The units of a Chinese answer: each ideograph, and each run of other letters, without punctuation.

    Example:
        >>> answer_units("《战国无双3》，Koei")
        ['战', '国', '无', '双', '3', 'koei']

    Reference: Cui et al. (2019), https://arxiv.org/abs/1810.07366
    """
    units, run = [], ""
    for character in text.lower().strip():
        is_ideograph = "\u4e00" <= character <= "\u9fa5"
        is_mark = unicodedata.category(character)[0] in "PS" or character.isspace()
        if is_ideograph or is_mark:
            units += run.split()
            run = ""
            units += [character] if is_ideograph else []
        else:
            run += character
    return units + run.split()


def exact_match(prediction, answers, units_of=None):
    """1 if a prediction is one of the answers, else 0.

    Args:
        prediction: string.
        answers: list of strings, the right answers.
        units_of: `answer_units` for Chinese; words of `normalise_answer` if not given.

    Returns:
        float.

    Raises:
        ValueError: if there are no answers.

    Example:
        >>> exact_match("the army", ["Army.", "U.S. Army"]), exact_match("armies", ["Army"])
        (1.0, 0.0)

    Taught in: notebooks/12_fine_tuning_tokens
    """
    units_of = units_of or _english_units
    return max(float(units_of(prediction) == units_of(answer)) for answer in _some(answers))


def answer_f1(prediction, answers, units_of=None):
    """How far a prediction and the nearest of the answers share their units.

    `F1 = 2 shared / (units of the prediction + units of the answer)`; of two empty ones 1. In English the
    units are words and their order plays no part; in Chinese what they share is the longest run they have
    in common, as CMRC's script counts it.

    Args:
        prediction, answers, units_of: as of `exact_match`.

    Returns:
        float from 0 to 1.

    Raises:
        ValueError: if there are no answers.

    Example:
        >>> round(answer_f1("in the US army", ["U.S. Army"]), 4)
        0.8

    Taught in: notebooks/12_fine_tuning_tokens
    """
    shared = _longest_common_run if units_of is answer_units else _common_words
    units_of = units_of or _english_units
    scores = []
    for answer in _some(answers):
        said, true = units_of(prediction), units_of(answer)
        if not said or not true:
            scores.append(float(said == true))
        else:
            scores.append(2 * shared(said, true) / (len(said) + len(true)))
    return max(scores)


def _english_units(text):
    return normalise_answer(text).split()


def _common_words(said, true):
    return sum((Counter(said) & Counter(true)).values())


def _longest_common_run(said, true):
    best, lengths = 0, [0] * (len(true) + 1)
    for unit in said:
        fresh = [0] * (len(true) + 1)
        for place, other in enumerate(true):
            if unit == other:
                fresh[place + 1] = lengths[place] + 1
                best = max(best, fresh[place + 1])
        lengths = fresh
    return best


def _some(answers):
    if not answers:
        raise ValueError("There must be one right answer at least. Received: none.")
    return answers
