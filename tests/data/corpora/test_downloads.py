import dataclasses
import hashlib
import urllib.error

import pytest

from course_lib.data.corpora.downloads import CorruptFileError, DownloadError, download
from course_lib.data.corpora.registry import git_blob_sha1

QUICK = {"first_pause": 0.001, "timeout": 5.0}


@pytest.fixture
def destination(tmp_path):
    return tmp_path / "file.bin"


def visible_files(destination):
    return sorted(path.name for path in destination.parent.iterdir())


def test_download_is_exact_and_leaves_nothing_beside_it(faulty_server, entry, destination):
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert visible_files(destination) == ["file.bin"]
    assert faulty_server.requests == [(None, None, "none")]


def test_dropped_connection_is_resumed_from_where_it_stopped(faulty_server, entry, destination):
    faulty_server.faults = ["drop:70001", "drop:50000"]
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert [request[:2] for request in faulty_server.requests] == [
        (None, None),
        ("bytes=70001-", '"version-1"'),
        ("bytes=120001-", '"version-1"'),
    ]


def test_server_error_three_times_is_retried_with_growing_pauses(
    faulty_server, entry, destination, monkeypatch
):
    pauses = []
    monkeypatch.setattr("time.sleep", pauses.append)
    faulty_server.faults = ["status:503"] * 3
    download(entry, destination, first_pause=0.25)
    assert destination.read_bytes() == faulty_server.content
    assert pauses == [0.25, 0.5, 1.0]


def test_server_error_without_end_names_file_url_and_variable(faulty_server, entry, destination):
    faulty_server.faults = ["status:503"] * 99
    with pytest.raises(DownloadError) as caught:
        download(entry, destination, attempts=4, **QUICK)
    message = str(caught.value)
    assert all(part in message for part in ("served/file.bin", entry.url, "COURSE_DATA", "503"))
    assert len(faulty_server.requests) == 4
    assert not destination.exists()


def test_missing_file_is_not_retried(faulty_server, entry, destination):
    faulty_server.faults = ["status:404"] * 99
    with pytest.raises(DownloadError, match="404"):
        download(entry, destination, **QUICK)
    assert len(faulty_server.requests) == 1


def test_unknown_host_is_not_retried(entry, destination, monkeypatch):
    import socket

    calls = []

    def no_network(*args, **kwargs):
        calls.append(args)
        raise urllib.error.URLError(socket.gaierror(-2, "Name or service not known"))

    monkeypatch.setattr("urllib.request.urlopen", no_network)
    with pytest.raises(DownloadError, match="Name or service not known"):
        download(entry, destination, **QUICK)
    assert len(calls) == 1


def test_refused_connection_gives_a_clear_message(entry, destination):
    nobody = dataclasses.replace(entry, url="http://127.0.0.1:9/file.bin")
    with pytest.raises(DownloadError, match="COURSE_DATA"):
        download(nobody, destination, attempts=2, **QUICK)


def test_silent_server_times_out_and_is_asked_again(faulty_server, entry, destination):
    faulty_server.faults = ["silent:2"]
    download(entry, destination, first_pause=0.001, timeout=0.2)
    assert destination.read_bytes() == faulty_server.content
    assert len(faulty_server.requests) == 2


def test_slow_server_is_waited_for(faulty_server, entry, destination):
    faulty_server.pause = 0.01
    download(entry, destination, first_pause=0.001, timeout=0.3)
    assert destination.read_bytes() == faulty_server.content
    assert len(faulty_server.requests) == 1


def test_wrong_content_is_refused_and_removed(faulty_server, entry, destination):
    faulty_server.faults = ["wrong"]
    with pytest.raises(CorruptFileError, match="expected sha256"):
        download(entry, destination, **QUICK)
    assert visible_files(destination) == []


def test_file_shorter_than_pinned_is_refused_and_removed(faulty_server, entry, destination):
    faulty_server.faults = ["short:150000"]
    with pytest.raises(CorruptFileError, match="expected 200003 bytes, the server offers 150000"):
        download(entry, destination, **QUICK)
    assert visible_files(destination) == []


def test_truncated_answer_without_length_is_refused(faulty_server, entry, destination):
    faulty_server.faults = ["no-length:150000"]
    with pytest.raises(CorruptFileError, match="expected 200003 bytes, found 150000"):
        download(entry, destination, **QUICK)
    assert visible_files(destination) == []


def test_endless_answer_is_cut_off(faulty_server, entry, destination):
    faulty_server.content = faulty_server.content * 40
    faulty_server.faults = [f"no-length:{len(faulty_server.content)}"]
    with pytest.raises(CorruptFileError, match="expected 200003 bytes, found"):
        download(entry, destination, **QUICK)


def test_server_that_ignores_range_makes_the_download_start_again(faulty_server, entry, destination):
    faulty_server.faults = ["drop:70001", "ignore-range"]
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert faulty_server.requests[1][0] == "bytes=70001-"


def test_server_that_always_drops_and_never_resumes_is_given_up(faulty_server, entry, destination):
    faulty_server.etag = ""
    faulty_server.faults = ["drop:70001"] * 99
    with pytest.raises(DownloadError, match="closed after 70001 of 200003 bytes"):
        download(entry, destination, attempts=3, **QUICK)
    assert len(faulty_server.requests) == 3


def test_many_drops_with_progress_each_are_survived(faulty_server, entry, destination):
    faulty_server.faults = ["drop:20000"] * 9
    download(entry, destination, attempts=2, **QUICK)
    assert destination.read_bytes() == faulty_server.content


def test_refused_range_makes_the_download_start_again(faulty_server, entry, destination):
    faulty_server.faults = ["drop:70001", "status:416"]
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert [request[0] for request in faulty_server.requests] == [None, "bytes=70001-", None]


def test_misplaced_range_is_not_appended(faulty_server, entry, destination):
    faulty_server.faults = ["drop:70001", "misplaced"]
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content


def test_file_changed_on_the_server_is_not_mixed_with_the_old_one(faulty_server, entry, destination):
    content, faulty_server.content = faulty_server.content, hashlib.shake_256(b"old").digest(200_003)
    faulty_server.faults = ["drop:70001", "status:404"]
    with pytest.raises(DownloadError):
        download(entry, destination, **QUICK)
    faulty_server.content, faulty_server.etag = content, '"version-2"'
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == content


def test_rotten_partial_of_an_earlier_call_is_fetched_anew_once(faulty_server, entry, destination):
    destination.with_name(".file.bin.partial").write_bytes(b"\0" * 70_001)
    destination.with_name(".file.bin.validator").write_text('"version-1"')
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert [request[0] for request in faulty_server.requests] == ["bytes=70001-", None]


def test_complete_partial_of_an_earlier_call_needs_no_request(faulty_server, entry, destination):
    destination.with_name(".file.bin.partial").write_bytes(faulty_server.content)
    destination.with_name(".file.bin.validator").write_text('"version-1"')
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert faulty_server.requests == []


def test_weak_etag_is_not_used_to_resume(faulty_server, entry, destination):
    faulty_server.etag = 'W/"version-1"'
    faulty_server.faults = ["drop:70001"]
    download(entry, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content
    assert faulty_server.requests[1][0] is None


def test_git_blob_checksum_pins_a_file_of_unknown_size(faulty_server, entry, destination, tmp_path):
    copy = tmp_path / "copy"
    copy.write_bytes(faulty_server.content)
    pinned = dataclasses.replace(entry, size=None, sha256=None, git_blob_sha1=git_blob_sha1(copy))
    copy.unlink()
    faulty_server.faults = ["wrong", "drop:70001", "none"]
    with pytest.raises(CorruptFileError, match="git blob sha1"):
        download(pinned, destination, **QUICK)
    assert visible_files(destination) == []
    download(pinned, destination, **QUICK)
    assert destination.read_bytes() == faulty_server.content


def test_progress_bar_shows_on_a_terminal_only(faulty_server, entry, destination, monkeypatch, capsys):
    download(entry, destination, **QUICK)
    assert capsys.readouterr().err == ""
    destination.unlink()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    download(entry, destination, **QUICK)
    captured = capsys.readouterr()
    assert "served/file.bin" in captured.err
    assert captured.out == ""
