"""Files appear whole or not at all."""

import os
import re
from pathlib import Path

import pytest

from course_lib.files import replacing, write_whole

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(b"old")
    return path


def names(path):
    return [entry.name for entry in path.parent.iterdir()]


@pytest.mark.parametrize("data, stored", [(b"\r\n\x00\xff", b"\r\n\x00\xff"), ("é\n\r\n", b"\xc3\xa9\n\r\n")])
def test_the_new_content_takes_the_place_of_the_old(path, data, stored):
    write_whole(path, data)
    assert path.read_bytes() == stored and names(path) == ["marks.csv"]
    write_whole(str(path.with_name("new")), data)
    assert path.with_name("new").read_bytes() == stored


def test_until_the_block_has_ended_readers_see_the_old_file(path):
    with replacing(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_block_that_raises_leaves_the_old_file_and_no_litter(path, error):
    with pytest.raises(error), replacing(path) as file:
        file.write(b"half")
        raise error
    assert path.read_bytes() == b"old" and names(path) == ["marks.csv"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_no_litter(path, step, monkeypatch):
    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="no space left"):
        write_whole(path, "new")
    assert path.read_bytes() == b"old" and names(path) == ["marks.csv"]


def test_the_data_is_on_the_disk_before_the_old_file_goes(path, monkeypatch):
    steps = []
    for step in ("fsync", "replace"):
        original = getattr(os, step)
        monkeypatch.setattr(os, step, lambda *args, s=step, f=original: (steps.append(s), f(*args)))
    write_whole(path, "new")
    assert steps == ["fsync", "replace"]


def test_two_writers_at_once_do_not_mix(path):
    with replacing(path) as first:
        first.write(b"first, ")
        with replacing(path) as second:
            second.write(b"second")
        assert path.read_bytes() == b"second"
        first.write(b"the last to end")
    assert path.read_bytes() == b"first, the last to end" and names(path) == ["marks.csv"]


def test_permissions_are_those_of_any_new_file(path):
    other = path.with_name("other")
    other.write_bytes(b"")
    write_whole(path, "new")
    assert path.stat().st_mode == other.stat().st_mode


def test_a_name_of_the_greatest_length_can_be_written(tmp_path):
    write_whole(tmp_path / ("n" * 255), "new")
    assert (tmp_path / ("n" * 255)).read_text() == "new"


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing"):
        write_whole(tmp_path / "missing" / "file", "new")


def test_nobody_else_replaces_files():
    """One helper: what renames a file into place otherwise has a reason of its own."""
    reasons = {
        "course_lib/files.py",
        "course_lib/data/corpora/downloads.py",  # a partial file that the next attempt goes on with
        "course_lib/authoring/exports/writing.py",  # a folder
        "course_lib/grading/practice/progress.py",  # a broken file is put aside
    }
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("course_lib", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"os\.replace|mkstemp", path.read_text(encoding="utf-8"))
    }
    assert found == reasons
