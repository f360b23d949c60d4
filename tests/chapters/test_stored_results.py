"""Results of benchmarks, read by chapters."""

from course_lib.chapters import stored_result


def test_what_was_measured_is_read_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert stored_result("ladder")["rungs"]


def test_what_was_not_measured_is_empty():
    assert stored_result("nothing_of_the_kind") == {}
