import os
import re
from pathlib import Path

import pytest

from course_lib.data import CORPORA, CorpusFile, corpus_file
from course_lib.data.corpora.registry import git_blob_sha1, read_registry

ALL_FILES = [file for corpus in CORPORA.values() for file in corpus.files.values()]


def mirrored(file):
    folder = os.environ.get("COURSE_DATA")
    return folder is not None and (Path(folder) / file.corpus / file.name).is_file()


def test_registry_holds_the_corpora_of_the_course():
    assert {"multi30k", "tatoeba_fra_eng", "tatoeba_cmn_eng", "wikitext2", "tinyshakespeare"} < set(CORPORA)
    assert {"war_and_peace", "names", "squad", "squadshifts", "ocnli", "cmrc2018", "mrpc"} < set(CORPORA)


@pytest.mark.parametrize("corpus", CORPORA.values(), ids=lambda corpus: corpus.name)
def test_every_corpus_says_licence_and_citation(corpus):
    assert corpus.title and corpus.licence and corpus.files
    assert corpus.homepage.startswith("https://")
    # A year, or the plain statement that there is no paper.
    assert re.search(r"\(\d{4}\)|No paper|contributors of tatoeba", corpus.citation)


@pytest.mark.parametrize("file", ALL_FILES, ids=lambda file: f"{file.corpus}/{file.name}")
def test_every_file_is_pinned(file):
    assert re.fullmatch(r"https://[\w./%~-]+", file.url)
    if file.sha256 is not None:
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256) and file.size > 0
    else:
        assert re.fullmatch(r"[0-9a-f]{40}", file.git_blob_sha1)
    # Files on GitHub are named by commit, not by branch: those do not change.
    if "raw.githubusercontent.com" in file.url:
        assert re.search(r"/[0-9a-f]{40}/", file.url)


def test_no_two_files_share_a_url_or_checksum():
    assert len({file.url for file in ALL_FILES}) == len(ALL_FILES)
    assert len({file.sha256 or file.git_blob_sha1 for file in ALL_FILES}) == len(ALL_FILES)


@pytest.mark.skipif("COURSE_DATA" not in os.environ, reason="COURSE_DATA names no mirror")
def test_every_mirrored_file_is_the_pinned_one():
    found = [corpus_file(file.corpus, file.name) for file in ALL_FILES if mirrored(file)]
    assert found, "the mirror holds no file of the registry"


def test_git_blob_checksum_matches_git(tmp_path):
    # `printf 'hello\n' | git hash-object --stdin`
    (tmp_path / "hello").write_bytes(b"hello\n")
    assert git_blob_sha1(tmp_path / "hello") == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_mismatch_names_what_differs(tmp_path):
    path = tmp_path / "abc"
    path.write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert CorpusFile("c", "abc", "u", size=3, sha256=digest).mismatch(path) is None
    assert CorpusFile("c", "abc", "u", size=4, sha256=digest).mismatch(path) == "expected 4 bytes, found 3"
    assert digest in CorpusFile("c", "abc", "u", sha256="0" * 64).mismatch(path)


def test_file_without_checksum_is_refused():
    text = '[c]\ntitle="t"\nhomepage="h"\nlicence="l"\ncitation="x"\n[c.files."f"]\nurl="u"\nsize=3\n'
    with pytest.raises(ValueError, match="c/f must have a sha256"):
        read_registry(text)
