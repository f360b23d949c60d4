"""Verdict of `answer_f1`: how far an answer shares its words with the nearest right one."""

import re
import string
from collections import Counter

import numpy as np

NOUNS = ("army", "navy", "river", "council", "house", "north", "theory", "band", "anthem", "queen")
PHRASES = (
    ("the {0} of the {1}", ["{0} of {1}", "the {2}"]),
    ("The {0}, the {1} and the {0}", ["{1} {0}", "{0} and {2}"]),
    ("{0} {1} {0}", ["{0} {0} {2}", "the {1} of the {2}"]),
    ("in a U.S. {0}", ["US {0}", "the {1}"]),
    ("{0}-{1}", ["the {0}{1}", "{0} {1}"]),
    ("{1} {0}!", ["{0} {1} {2}", "{2}"]),
    ("an {0}", ["{1}, {2}", "a {2} {0}, an {1}"]),
)


def draw(generator):
    """Answers of a few nouns in forms that trip a loose comparison; then what must be met, by hand."""
    cases = []
    for prediction, answers in PHRASES:
        words = generator.choice(NOUNS, 3, replace=False).tolist()
        answers = [answers[index] for index in generator.permutation(len(answers))]
        cases.append(_case(prediction.format(*words), [answer.format(*words) for answer in answers]))
    noun, other = generator.choice(NOUNS, 2, replace=False).tolist()
    return [
        *cases,
        _case(f"Then the {noun}", [f"then {noun}"]),
        _case(f"{noun}_{other}", [noun, f"{noun}{other}"]),
        _case("The A-Team", ["A team", f"the {noun}"]),
        _case(f"  {noun}\tof \n {other} ", [f"{noun.upper()} of {other}", noun]),
        _case(noun, [f"{other} {other}"]),
        _case(f"{noun} {other}", [f"of {noun}", f"{other}, {noun}"]),
        _case("the", ["An.", noun]),
        _case("the", [noun]),
        _case(f"{noun} {noun} {noun} {other}", [f"{noun} {other} {other}"]),
    ]


def _case(prediction, answers):
    return {"prediction": prediction, "answers": answers}


def _texts(case):
    return [case["prediction"], *case["answers"]]


CONDITIONS = {
    "a word that comes again": lambda case: any(
        max(Counter(_words(text)).values(), default=0) > 1 for text in _texts(case)
    ),
    "articles": lambda case: any(re.search(r"\b(a|an|the)\b", text) for text in _texts(case)),
    "an article with a capital letter": lambda case: any("The " in text for text in _texts(case)),
    "an article inside a word": lambda case: any(re.search(r"\Bthe|the\B", text) for text in _texts(case)),
    "an article beside a hyphen": lambda case: "A-" in case["prediction"],
    "punctuation inside a word": lambda case: any("U.S." in text for text in _texts(case)),
    "an underscore inside a word": lambda case: "_" in case["prediction"],
    "several spaces, and others than spaces": lambda case: "\t" in case["prediction"],
    "several answers, the best not the first": lambda case: (
        len(case["answers"]) > 1 and _best_of(case["prediction"], case["answers"][:1]) < reference(**case)
    ),
    "one answer": lambda case: len(case["answers"]) == 1,
    "the right words in another order": lambda case: any(
        sorted(_words(answer)) == sorted(_words(case["prediction"]))
        and _words(answer) != _words(case["prediction"])
        for answer in case["answers"]
    ),
    "nothing in common": lambda case: reference(**case) == 0,
    "nothing left of the prediction, nor of an answer": lambda case: (
        not _words(case["prediction"]) and reference(**case) == 1
    ),
    "nothing left of the prediction alone": lambda case: (
        not _words(case["prediction"]) and reference(**case) == 0
    ),
}


def _lower(text):
    return text.lower()


def _no_punctuation(text):
    return "".join(character for character in text if character not in string.punctuation)


def _no_articles(text):
    return re.sub(r"\b(a|an|the)\b", " ", text)


STEPS = (_lower, _no_punctuation, _no_articles)


def _words(text, steps=STEPS, split=str.split):
    for step in steps:
        text = step(text)
    return split(text)


def _shared(said, true):
    return sum((Counter(said) & Counter(true)).values())


def _f1(said, true, shared=_shared):
    if not said or not true:
        return float(said == true)
    return 2 * shared(said, true) / (len(said) + len(true))


def _best_of(prediction, answers, score=_f1, best=max, **reading):
    said = _words(prediction, **reading)
    return float(best([score(said, _words(answer, **reading)) for answer in answers]))


def _scored(**changes):
    return lambda prediction, answers: _best_of(prediction, answers, **changes)


reference = _scored()


def _as_sets(said, true):
    return _f1(sorted(set(said)), sorted(set(true)))


def _shared_once(said, true):
    """Words counted once, divided by all words."""
    return _f1(said, true, shared=lambda a, b: len(set(a) & set(b)))


def _shared_by_the_prediction(said, true):
    return _f1(said, true, shared=lambda a, b: sum(word in b for word in a))


def _shared_by_the_answer(said, true):
    return _f1(said, true, shared=lambda a, b: sum(word in a for word in b))


def _place_by_place(said, true):
    return _f1(said, true, shared=lambda a, b: sum(x == y for x, y in zip(a, b, strict=False)))


def _exact(said, true):
    return float(said == true)


def _precision(said, true):
    return _shared(said, true) / len(said) if said and true else float(said == true)


def _recall(said, true):
    return _shared(said, true) / len(true) if said and true else float(said == true)


def _nothing_scores(value):
    def score(said, true):
        return _f1(said, true) if said and true else value

    return score


def _longest_run(said, true):
    def shared(a, b):
        runs = [
            length
            for i in range(len(a))
            for j in range(len(b))
            for length in range(1, 1 + min(len(a) - i, len(b) - j))
            if a[i : i + length] == b[j : j + length]
        ]
        return max(runs, default=0)

    return _f1(said, true, shared=shared)


def _first(scores):
    return scores[0]


def _spaces_for_punctuation(text):
    return "".join(" " if character in string.punctuation else character for character in text)


def _articles_anywhere(text):
    for article in ("the", "an", "a"):
        text = text.replace(article, " ")
    return text


def _articles_anywhere_by_pattern(text):
    return re.sub("(a|an|the)", " ", text)


def _only_the(text):
    return re.sub(r"\bthe\b", " ", text)


def _with_steps(*steps):
    return _scored(steps=steps)


MISTAKES = {
    "sets_for_bags": _scored(score=_as_sets),
    "shared_counted_wrongly": (
        _scored(score=_shared_once),
        _scored(score=_shared_by_the_prediction),
        _scored(score=_shared_by_the_answer),
    ),
    "mean_of_answers": _scored(best=np.mean),
    "first_answer_alone": _scored(best=_first),
    "place_by_place": (_scored(score=_place_by_place), _scored(score=_longest_run)),
    "exact_match": _scored(score=_exact),
    "precision_alone": _scored(score=_precision),
    "recall_alone": _scored(score=_recall),
    "nothing_against_nothing": (_scored(score=_nothing_scores(0.0)), _scored(score=_nothing_scores(1.0))),
    "characters_compared": (
        _scored(split=list),
        _scored(split=lambda text: list("".join(text.split()))),
        _scored(split=lambda text: list(" ".join(text.split()))),
    ),
    "not_normalised": _with_steps(),
    "case_kept": (_with_steps(_no_punctuation, _no_articles), _with_steps(_no_punctuation)),
    "punctuation_kept": _with_steps(_lower, _no_articles),
    "articles_kept": (_with_steps(_lower, _no_punctuation), _with_steps(_lower, _no_punctuation, _only_the)),
    "articles_first": (
        _with_steps(_lower, _no_articles, _no_punctuation),
        _with_steps(_no_articles, _no_punctuation, _lower),
        _with_steps(_no_articles, _lower, _no_punctuation),
        _with_steps(_no_punctuation, _no_articles, _lower),
    ),
    "articles_inside_words": (
        _with_steps(_lower, _no_punctuation, _articles_anywhere),
        _with_steps(_lower, _no_punctuation, _articles_anywhere_by_pattern),
    ),
    "spaces_for_punctuation": _with_steps(_lower, _spaces_for_punctuation, _no_articles),
    "split_at_single_spaces": _scored(split=lambda text: text.split(" ")),
}
