import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from course_lib.data import CorpusFile, CorruptFileError, DownloadError, corpus_file

# A process of its own that knows the served corpus, as `repr` of the registry entry gives it.
FETCH = """
    from course_lib.data import CORPORA, Corpus, CorpusFile, corpus_file
    entry = {entry!r}
    CORPORA["served"] = Corpus("served", "Served", "", "CC0", "Nobody", {{entry.name: entry}})
    print("ready", flush=True)
    input()
    print(corpus_file("served", "file.bin"), flush=True)
"""


def prepare_fetch(entry):
    """A process that is ready to ask for the file."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(FETCH).format(entry=entry)],
        env=os.environ | {"KERAS_BACKEND": "jax"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def size_of_partial(path):
    partial = path.with_name(f".{path.name}.partial")
    return partial.stat().st_size if partial.exists() else None


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def mirror(tmp_path, monkeypatch, content):
    path = tmp_path / "mirror" / "served" / "file.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "mirror"))
    return path


def test_second_call_uses_the_cache(served_corpus, faulty_server):
    assert corpus_file("served", "file.bin") == served_corpus
    assert corpus_file("served", "file.bin") == served_corpus
    assert served_corpus.read_bytes() == faulty_server.content
    assert len(faulty_server.requests) == 1


def test_mirror_comes_first_and_is_not_copied(served_corpus, faulty_server, tmp_path, monkeypatch):
    path = mirror(tmp_path, monkeypatch, faulty_server.content)
    assert corpus_file("served", "file.bin") == path
    assert faulty_server.requests == []
    assert not served_corpus.exists()


def test_file_missing_from_the_mirror_is_downloaded(served_corpus, faulty_server, tmp_path, monkeypatch):
    mirror(tmp_path, monkeypatch, faulty_server.content).unlink()
    assert corpus_file("served", "file.bin") == served_corpus


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content[:-1] + b"?"])
def test_corrupt_mirror_is_refused(served_corpus, faulty_server, tmp_path, monkeypatch, damage):
    path = mirror(tmp_path, monkeypatch, damage(faulty_server.content))
    with pytest.raises(CorruptFileError) as caught:
        corpus_file("served", "file.bin")
    assert str(path) in str(caught.value) and faulty_server.url in str(caught.value)
    assert path.exists() and faulty_server.requests == []


def test_mirror_that_changes_after_it_was_verified_is_refused(
    served_corpus, faulty_server, tmp_path, monkeypatch
):
    path = mirror(tmp_path, monkeypatch, faulty_server.content)
    corpus_file("served", "file.bin")
    path.write_bytes(faulty_server.content[:-1] + b"?")
    os.utime(path, ns=(1, 1))
    with pytest.raises(CorruptFileError):
        corpus_file("served", "file.bin")


def test_intact_file_is_read_once_per_process(served_corpus, faulty_server, tmp_path, monkeypatch):
    reads = []
    monkeypatch.setattr(CorpusFile, "mismatch", lambda self, path: reads.append(path))
    mirror(tmp_path, monkeypatch, faulty_server.content)
    for _ in range(3):
        corpus_file("served", "file.bin")
    assert len(reads) == 1


def test_mirror_folder_that_does_not_exist_is_named(served_corpus, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="COURSE_DATA must name an existing folder.*nowhere"):
        corpus_file("served", "file.bin")


@pytest.mark.parametrize("damage", [lambda content: content[:-1], lambda content: content[:-1] + b"?"])
def test_corrupt_cache_is_fetched_again(served_corpus, faulty_server, damage):
    served_corpus.parent.mkdir(parents=True)
    served_corpus.write_bytes(damage(faulty_server.content))
    assert corpus_file("served", "file.bin").read_bytes() == faulty_server.content


def test_offline_error_names_file_url_and_variable(served_corpus, faulty_server, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    faulty_server.faults = ["status:503"] * 99
    with pytest.raises(DownloadError) as caught:
        corpus_file("served", "file.bin")
    assert all(part in str(caught.value) for part in ("served/file.bin", faulty_server.url, "COURSE_DATA"))


def test_cache_that_cannot_be_written_names_its_variable(served_corpus, tmp_path, monkeypatch):
    (tmp_path / "plain_file").touch()
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "plain_file"))
    with pytest.raises(DownloadError, match="COURSE_CACHE"):
        corpus_file("served", "file.bin")


@pytest.mark.parametrize("arguments", [("multi31k", "train.de.gz"), ("multi30k", "train.xx.gz")])
def test_unknown_names_list_the_known_ones(arguments):
    with pytest.raises(ValueError, match="multi30k|train.de.gz"):
        corpus_file(*arguments)


def test_two_processes_at_once_fetch_the_file_once(served_corpus, entry, faulty_server):
    faulty_server.faults = ["hold:81920"]
    first, second = prepare_fetch(entry), prepare_fetch(entry)
    go(first)
    wait_until(lambda: size_of_partial(served_corpus) == 81_920)
    go(second)
    time.sleep(0.5)
    assert size_of_partial(served_corpus) == 81_920 and len(faulty_server.requests) == 1
    faulty_server.released.set()
    for process in (first, second):
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        assert out.strip() == str(served_corpus)
        assert err == ""
    assert served_corpus.read_bytes() == faulty_server.content
    assert len(faulty_server.requests) == 1


def test_name_never_shows_a_partial_file(served_corpus, entry, faulty_server):
    faulty_server.pause = 0.01
    faulty_server.faults = ["drop:70001"]
    process = prepare_fetch(entry)
    go(process)
    seen = set()
    while process.poll() is None:
        if served_corpus.exists():
            seen.add(served_corpus.stat().st_size)
        time.sleep(0.002)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert seen | {served_corpus.stat().st_size} == {len(faulty_server.content)}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_download_leaves_no_lock_and_is_resumed(served_corpus, entry, faulty_server):
    faulty_server.faults = ["hold:81920"]
    process = prepare_fetch(entry)
    go(process)
    wait_until(lambda: size_of_partial(served_corpus) == 81_920)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not served_corpus.exists()

    assert corpus_file("served", "file.bin").read_bytes() == faulty_server.content
    assert [request[0] for request in faulty_server.requests] == [None, "bytes=81920-"]
    assert size_of_partial(served_corpus) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_waiting_process_takes_over_from_a_killed_one(served_corpus, entry, faulty_server):
    faulty_server.faults = ["hold:81920"]
    first, second = prepare_fetch(entry), prepare_fetch(entry)
    go(first)
    wait_until(lambda: size_of_partial(served_corpus) == 81_920)
    go(second)
    time.sleep(0.5)
    assert second.poll() is None and len(faulty_server.requests) == 1
    first.send_signal(signal.SIGKILL)
    first.communicate()
    out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert served_corpus.read_bytes() == faulty_server.content
    assert [request[0] for request in faulty_server.requests] == [None, "bytes=81920-"]
