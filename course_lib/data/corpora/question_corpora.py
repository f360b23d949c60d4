"""Loaders of questions about a passage: SQuADShifts and CMRC 2018."""

import json
from typing import NamedTuple

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.splits import check_split

_CMRC_FILES = {
    "train": "cmrc2018_train.json",
    "validation": "cmrc2018_trial.json",
    "test": "cmrc2018_dev.json",
}


class Answer(NamedTuple):
    """A part of a passage: its text, and where in the passage it begins."""

    text: str
    start: int


class Question(NamedTuple):
    """A question, the passage that holds its answer, and the answers that readers gave."""

    id: str
    title: str
    question: str
    passage: str
    answers: tuple[Answer, ...]


def read_questions(text, keeps_title=lambda title: True):
    """The questions of a file in SQuAD's format.

    Args:
        text: JSON text.
        keeps_title: function from the title of an article to whether its questions are wanted.

    Returns:
        list of `Question`. An answer that does not stand where the file says is moved to the nearest place
        where it does; one that stands nowhere is left out, and a question without answers, too.

    Example:
        >>> row = {"id": "1", "question": "who?", "answers": [{"text": "cat", "answer_start": 1}]}
        >>> article = {"title": "T", "paragraphs": [{"context": "a cat", "qas": [row]}]}
        >>> read_questions(json.dumps({"data": [article]}))[0].answers
        (Answer(text='cat', start=2),)
    """
    questions = []
    for article in json.loads(text)["data"]:
        if not keeps_title(article["title"]):
            continue
        for paragraph in article["paragraphs"]:
            passage = paragraph["context"]
            for row in paragraph["qas"]:
                answers = [_placed(passage, **answer) for answer in row["answers"]]
                kept = tuple(dict.fromkeys(answer for answer in answers if answer is not None))
                if kept:
                    question = row["question"].strip()
                    questions.append(Question(row["id"], article["title"], question, passage, kept))
    return questions


def _placed(passage, text, answer_start):
    """An answer where it really stands, nearest to where it is said to."""
    places = [start for start in range(len(passage)) if passage.startswith(text, start)] if text else []
    return Answer(text, min(places, key=lambda start: abs(start - answer_start))) if places else None


def load_squadshifts(split):
    """Questions about articles of Wikipedia, five answers each: the "new wiki" part, 7,938 questions.

    Published as a test only. Here the 48 articles are divided, by their titles in order: of every eight the
    last is "validation" and the two before it "test", so that no article is in two splits.

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of `Question`.

    Raises:
        ValueError: unknown split.

    Example:
        >>> len(load_squadshifts("test"))  # doctest: +SKIP
        1717

    Reference: Miller et al. (2020), https://arxiv.org/abs/2004.14444
    Taught in: notebooks/09_word_pieces
    """
    check_split(split)
    text = corpus_file("squadshifts", "new_wiki_v1.0.json").read_bytes().decode("utf-8")
    titles = sorted({article["title"] for article in json.loads(text)["data"]})
    parts = ("train",) * 5 + ("test",) * 2 + ("validation",)
    split_of = {title: parts[number % 8] for number, title in enumerate(titles)}
    return read_questions(text, lambda title: split_of[title] == split)


def load_cmrc2018(split):
    """Questions about articles of the Chinese Wikipedia.

    The published test is kept back: "test" is the published development set, 3,219 questions, three answers
    each, and "validation" the published trial, 1,002.

    Args, Returns, Raises: as `load_squadshifts`.

    Example:
        >>> load_cmrc2018("test")[0].answers[0]  # doctest: +SKIP
        Answer(text='光荣和ω-force', start=11)

    Reference: Cui et al. (2019), https://aclanthology.org/D19-1600
    Taught in: notebooks/12_fine_tuning_tokens
    """
    check_split(split)
    return read_questions(corpus_file("cmrc2018", _CMRC_FILES[split]).read_bytes().decode("utf-8"))
