"""The corpora of tasks: published sizes, splits that share nothing, and parts in their places."""

import json
import os

import pytest

from course_lib import data
from course_lib.data.corpora.document_corpora import chapters_of
from course_lib.data.corpora.entity_corpora import tagged_characters
from course_lib.data.corpora.question_corpora import read_questions
from course_lib.data.corpora.splits import normalized_words

pytestmark = pytest.mark.skipif("COURSE_DATA" not in os.environ, reason="the corpora are not at hand")
SPLITS = ("train", "validation", "test")
# loader → its sizes; those that are published, or add up to what is
SIZES = {
    "load_sst2": (67_349, 872, 1_821),
    "load_stsb": (5_749, 1_500, 1_379),
    "load_sick": (4_500, 500, 4_927),
    "load_wnut17": (3_394, 1_009, 1_287),
}
SET_APART = {"load_mrpc": (4_076, 1_725), "load_ocnli": (9_985, 2_950), "load_cluener": (10_748, 1_343)}


@pytest.mark.parametrize("name", SIZES)
def test_published_sizes(name):
    assert tuple(len(getattr(data, name)(split)) for split in SPLITS) == SIZES[name]


@pytest.mark.parametrize("name", SET_APART)
def test_what_is_set_apart_comes_from_the_published_training_part(name):
    train, validation, test = (getattr(data, name)(split) for split in SPLITS)
    whole, published_test = SET_APART[name]
    assert (len(train) + len(validation), len(test)) == (whole, published_test)
    assert 0.08 * whole < len(validation) < 0.12 * whole
    first = [{row[0] for row in part} for part in (train, validation)]
    assert not first[0] & first[1]


@pytest.mark.parametrize("name", ["load_movie_snippets", "load_waimai"])
def test_splits_by_text_share_no_text(name):
    parts = [{normalized_words(row.text) for row in getattr(data, name)(split)} for split in SPLITS]
    assert not (parts[0] & parts[1] or parts[0] & parts[2] or parts[1] & parts[2])
    assert all(len(part) > 450 for part in parts)


def test_labels_are_in_range():
    assert {row.label for row in data.load_sst2("test")} == {0, 1}
    assert {row.label for row in data.load_ocnli("train")} == {0, 1, 2}
    assert all(0 <= row.label <= 5 for row in data.load_stsb("test"))
    assert data.load_stsb("test", "zh")[0].first.startswith("一个女孩")
    with pytest.raises(ValueError, match="`language` must be one of"):
        data.load_stsb("test", "de")


@pytest.mark.parametrize(("name", "num_kinds"), [("load_wnut17", 6), ("load_cluener", 10)])
def test_entities_are_well_formed(name, num_kinds):
    for split in SPLITS:
        rows = getattr(data, name)(split)
        labels = {label for row in rows for label in row.labels}
        assert len(labels) == 2 * num_kinds + 1
        for row in rows:
            assert len(row.words) == len(row.labels)
            for before, label in zip(("O", *row.labels), row.labels, strict=False):
                assert not label.startswith("I-") or before[2:] == label[2:]


def test_overlapping_names_keep_the_longer_one():
    labels = tagged_characters("abcd", {"x": {"bc": [[1, 2]]}, "y": {"abc": [[0, 2]], "d": [[3, 3]]}}).labels
    assert labels == ("B-y", "I-y", "I-y", "B-y")


@pytest.mark.parametrize(
    ("name", "split", "count"),
    [("load_cmrc2018", "validation", 1_002), ("load_cmrc2018", "test", 3_219)],
)
def test_questions(name, split, count):
    questions = getattr(data, name)(split)
    assert len(questions) == count
    for question in questions:
        for answer in question.answers:
            assert question.passage.startswith(answer.text, answer.start)


def test_articles_of_squadshifts_are_in_one_split():
    parts = [data.load_squadshifts(split) for split in SPLITS]
    assert sum(map(len, parts)) == 7_938
    titles = [{question.title for question in part} for part in parts]
    assert [len(part) for part in titles] == [30, 6, 12]
    assert len(set.union(*titles)) == 48


def test_an_answer_that_stands_elsewhere_is_moved_and_one_that_stands_nowhere_left_out():
    rows = [
        {"id": "1", "question": "q", "answers": [{"text": "a", "answer_start": 3}]},
        {"id": "2", "question": "q", "answers": [{"text": "z", "answer_start": 0}]},
    ]
    text = json.dumps({"data": [{"title": "T", "paragraphs": [{"context": "a b a", "qas": rows}]}]})
    assert [(row.id, row.answers) for row in read_questions(text)] == [("1", (("a", 4),))]


def test_books_are_whole():
    books = data.load_classic_books(["emma", "moby_dick"])
    assert books["emma"][0][0].startswith("Emma Woodhouse, handsome, clever, and rich")
    assert books["emma"][-1][-2].endswith("the perfect happiness of the union.")
    assert len(books["emma"]) == 55
    assert not any("_" in paragraph or "#" in paragraph for chapter in books["emma"] for paragraph in chapter)
    with pytest.raises(ValueError, match="Received: emmma"):
        data.load_classic_books(["emmma"])


def test_chapters_begin_at_headings():
    assert chapters_of("# T\n\n## A\r\n\r\nx *y*\n\n---\n\n## B\n\nz") == [["x y"], ["z"]]


def test_reviews_articles_and_sentences():
    reviews = data.load_movie_reviews()
    assert len(reviews) == 2_000
    assert sum(name.startswith("pos/") for name in reviews) == 1_000
    assert reviews["neg/cv000_29416"][0].startswith("plot : two teen couples go to a church party")
    articles = data.load_wikitext2_documents("test")
    assert len(articles) == 62
    assert not any(line.startswith("=") and line.endswith("=") for article in articles for line in article)
    assert len(data.load_chinese_sentences()) == 49_981


@pytest.mark.parametrize("name", [*SIZES, *SET_APART, "load_movie_snippets", "load_waimai", "load_cmrc2018"])
def test_an_unknown_split_is_refused(name):
    with pytest.raises(ValueError, match="`split` must be one of"):
        getattr(data, name)("dev")
