import os
import random
import re
import socket
import urllib.error

import pytest

from course_lib.data import (
    CORPORA,
    DownloadError,
    cache_folder,
    load_multi30k,
    load_names,
    load_tatoeba,
    load_tiny_shakespeare,
    load_war_and_peace,
    load_wikitext2,
)
from course_lib.data.corpora.splits import normalized_words, split_by_text
from course_lib.data.corpora.text_corpora import cut_at_blank_lines, strip_gutenberg
from course_lib.data.corpora.translation_corpora import read_tab_separated_pairs, split_by_english


@pytest.fixture(autouse=True)
def never_download(monkeypatch):
    def refuse(entry, destination, **options):
        raise DownloadError(f"tests do not download: {entry.url}")

    monkeypatch.setattr("course_lib.data.corpora.cache.download", refuse)


def need(corpus, *files):
    """Skips the test when a file is neither mirrored nor cached."""
    mirror = os.environ.get("COURSE_DATA")
    for file in files:
        places = [cache_folder() / corpus / file]
        if mirror:
            places.append(os.path.join(mirror, corpus, file))
        if not any(os.path.isfile(place) for place in places):
            pytest.skip(f"{corpus}/{file} is not at hand: set COURSE_DATA to a mirror")


@pytest.mark.parametrize(
    ("split", "stem", "count"),
    [("train", "train", 29_000), ("validation", "val", 1_014), ("test", "test_2016_flickr", 1_000)],
)
def test_multi30k_has_the_published_sizes(split, stem, count):
    need("multi30k", *(f"{stem}.{language}.gz" for language in ("de", "en", "fr")))
    rows = load_multi30k(split, languages=("fr", "de", "en"))
    assert len(rows) == count
    assert all(len(row) == 3 and all(row) and all(text == text.strip() for text in row) for row in rows)
    assert [row[1:] for row in rows] == load_multi30k(split)


def test_multi30k_lines_belong_together():
    need("multi30k", "train.de.gz", "train.en.gz")
    assert load_multi30k("train")[0] == (
        "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche.",
        "Two young, White males are outside near many bushes.",
    )


def test_multi30k_splits_share_no_pair():
    need("multi30k", "train.de.gz", "train.en.gz", "test_2016_flickr.de.gz", "test_2016_flickr.en.gz")
    assert not set(load_multi30k("train")) & set(load_multi30k("test"))


@pytest.mark.parametrize("languages", [("de", "nl"), (), ("german",)])
def test_multi30k_refuses_unknown_languages(languages):
    with pytest.raises(ValueError, match="`languages` must be some of"):
        load_multi30k("train", languages=languages)


@pytest.mark.parametrize("load", [load_multi30k, load_wikitext2])
@pytest.mark.parametrize("split", ["valid", "Train", "", None])
def test_unknown_split_is_refused(load, split):
    with pytest.raises(ValueError, match="`split` must be one of 'train', 'validation', 'test'. Received"):
        load(split)


@pytest.mark.parametrize(
    ("language", "corpus", "file", "sizes"),
    [
        ("fra", "tatoeba_fra_eng", "fra-eng.zip", (128_604, 6_914, 7_264)),
        ("cmn", "tatoeba_cmn_eng", "cmn.txt", (26_187, 1_450, 1_418)),
    ],
)
def test_tatoeba_splits_share_no_english_sentence(language, corpus, file, sizes):
    need(corpus, file)
    splits = load_tatoeba(language)
    assert tuple(len(splits[name]) for name in ("train", "validation", "test")) == sizes
    keys = [{normalized_words(english) for english, _ in pairs} for pairs in splits.values()]
    assert sum(map(len, keys)) == len(set.union(*keys))
    everything = [pair for pairs in splits.values() for pair in pairs]
    assert len(everything) == len(set(everything))
    assert all(english and other and "\ufeff" not in english for english, other in everything)


def test_tatoeba_refuses_unknown_language():
    with pytest.raises(ValueError, match="`language` must be 'fra' or 'cmn'. Received: language='deu'"):
        load_tatoeba("deu")


def test_pairs_take_two_columns_once_and_drop_the_byte_order_mark():
    text = "\ufeffHi.\t嗨。\tby A\n\nHi.\t你好。\tby B\nHi.\t嗨。\tby C\n"
    assert read_tab_separated_pairs(text) == [("Hi.", "嗨。"), ("Hi.", "你好。")]


def test_split_by_text_ignores_case_punctuation_and_width():
    variants = ["Don't run!", "don't run", "  DON'T   RUN. ", "Ｄon't run？"]
    assert len({normalized_words(text) for text in variants}) == 1
    assert len({split_by_text(text) for text in variants}) == 1


def test_split_by_text_has_the_promised_shares():
    # Binomial with n = 20,000: four standard deviations of a 5 % share are 0.6 %.
    splits = [split_by_text(f"sentence number {i}") for i in range(20_000)]
    assert abs(splits.count("test") / 20_000 - 0.05) < 0.0062
    assert abs(splits.count("validation") / 20_000 - 0.05) < 0.0062


def test_split_by_english_does_not_depend_on_the_order_of_pairs():
    pairs = [(f"Sentence {i // 3}.", f"Phrase {i}.") for i in range(997)]
    divided = split_by_english(pairs)
    shuffled = pairs[:]
    random.Random(3).shuffle(shuffled)
    assert {name: set(part) for name, part in split_by_english(shuffled).items()} == {
        name: set(part) for name, part in divided.items()
    }
    assert [pair for pair in pairs if pair in set(divided["train"])] == divided["train"]


@pytest.mark.parametrize(
    ("split", "file", "lines"), [("validation", "valid.txt", 2_461), ("test", "test.txt", 2_891)]
)
def test_wikitext2_has_no_blank_lines(split, file, lines):
    need("wikitext2", file)
    text = load_wikitext2(split)
    assert len(text) == lines
    assert all(line and line == line.strip() for line in text)


def test_wikitext2_has_the_published_number_of_tokens():
    need("wikitext2", "valid.txt", "test.txt")
    # Published counts have one end-of-line token for each line, blank ones included: 3,760 and 4,358 lines.
    assert sum(len(line.split()) for line in load_wikitext2("validation")) + 3_760 == 217_646
    assert sum(len(line.split()) for line in load_wikitext2("test")) + 4_358 == 245_569


def test_wikitext2_train_offline_gives_the_clear_error(monkeypatch, tmp_path):
    from course_lib.data.corpora import downloads

    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("course_lib.data.corpora.cache.download", downloads.download)

    def no_network(*args, **kwargs):
        raise urllib.error.URLError(socket.gaierror(-3, "Temporary failure in name resolution"))

    monkeypatch.setattr("urllib.request.urlopen", no_network)
    with pytest.raises(DownloadError) as caught:
        load_wikitext2("train")
    url = CORPORA["wikitext2"].files["train.txt"].url
    assert all(part in str(caught.value) for part in ("wikitext2/train.txt", url, "COURSE_DATA"))


def test_tiny_shakespeare_is_cut_between_speeches():
    need("tinyshakespeare", "input.txt")
    parts = load_tiny_shakespeare()
    assert [len(parts[name]) for name in ("train", "validation", "test")] == [1_003_857, 55_825, 55_712]
    assert sum(map(len, parts.values())) == CORPORA["tinyshakespeare"].files["input.txt"].size
    for name in ("validation", "test"):
        assert re.match(r"[A-Z][A-Za-z ]+:\n", parts[name])


def test_cut_at_blank_lines_loses_nothing():
    generator = random.Random(5)
    text = "".join(generator.choice("ab\n") for _ in range(1_009))
    parts = cut_at_blank_lines(text, shares=[0.5, 0.3])
    assert "".join(parts) == text and len(parts) == 3
    assert all(part.endswith("\n\n") for part in parts[:-1])


def test_war_and_peace_is_the_novel_alone():
    need("war_and_peace", "2600-0.txt")
    text = load_war_and_peace()
    assert text.startswith("BOOK ONE: 1805\n")
    assert text.endswith("recognize a dependence of which we are not\nconscious.")
    assert "Gutenberg" not in text and "\r" not in text and "CONTENTS" not in text
    # Fifteen books and two epilogues, 365 chapters, no table of contents left over.
    assert len(re.findall(r"^CHAPTER [IVXL]+\b", text, flags=re.MULTILINE)) == 365


def test_strip_gutenberg_needs_both_markers():
    with pytest.raises(ValueError, match="START and END markers"):
        strip_gutenberg("*** START OF THIS PROJECT GUTENBERG EBOOK X ***\nA book.\n")


def test_names_are_lower_case_letters():
    need("names", "names.txt")
    names = load_names()
    assert len(names) == 32_033 and names[0] == "emma"
    assert all(re.fullmatch("[a-z]+", name) for name in names)
