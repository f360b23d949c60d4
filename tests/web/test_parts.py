"""What `course web` needs: told when missing, built when old."""

import argparse
import subprocess
from pathlib import Path

import pytest

from course_lib.authoring.site import build
from course_lib.web import parts
from course_lib.web.command import add_arguments, main
from course_lib.web.pages import with_editor


def arguments(*options):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(options)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A course with one chapter, whose build is noted and writes one page."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "01_a.ipynb").write_text("{}")
    (tmp_path / "README.md").write_text("words")
    (tmp_path / "docs" / "site").mkdir(parents=True)
    site, calls = tmp_path / "build" / "site", []

    def call(command, cwd):
        calls.append(command[-1])
        site.mkdir(parents=True, exist_ok=True)
        (site / "index.html").write_text("page")
        (site / build.STAMP).write_text(build.fingerprint(tmp_path))
        return 0

    monkeypatch.setattr(parts, "project_folder", lambda: tmp_path)
    monkeypatch.setattr(parts, "PACKAGES", ())
    monkeypatch.setattr(subprocess, "call", call)
    return tmp_path, calls


def test_a_site_is_built_when_missing_or_old_and_not_otherwise(project):
    root, calls = project
    for expected, change in ((1, None), (1, None), (2, "other words"), (2, None)):
        if change:
            (root / "README.md").write_text(change)
        assert parts.built_site(lambda words: None) == root / "build" / "site"
        assert calls == ["site"] * expected


def test_answers_of_a_learner_do_not_make_the_site_old(project):
    root, calls = project
    parts.built_site(lambda words: None)
    (root / "exercises").mkdir()
    (root / "exercises" / "01_a.ipynb").write_text("an answer")
    parts.built_site(lambda words: None)
    assert len(calls) == 1


def test_a_build_that_fails_is_told(project, monkeypatch):
    monkeypatch.setattr(subprocess, "call", lambda command, cwd: 1)
    with pytest.raises(parts.MissingPart, match="could not be built"):
        parts.built_site(lambda words: None)


@pytest.mark.parametrize("act", [parts.built_site, parts.editor_folder])
def test_a_missing_package_comes_with_the_command(monkeypatch, act):
    monkeypatch.setattr(parts, "find_spec", lambda name: None)
    with pytest.raises(parts.MissingPart, match=r"pip install -e '\.\[site\]'"):
        act()


def test_a_copy_without_the_sources_of_its_pages_says_so(project):
    root, calls = project
    (root / "docs" / "site").rmdir()
    with pytest.raises(parts.MissingPart, match="course lab"):
        parts.built_site()
    assert not calls


def test_outside_of_a_course_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments("--no-browser")) == 2
    assert "in the folder of the course" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(tmp_path, monkeypatch, capsys):
    import socket

    (tmp_path / "exercises").mkdir()
    (tmp_path / "index.html").write_text("page")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "editor_folder", lambda: Path(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(arguments("--no-browser", "--site", str(tmp_path), "--port", port)) == 2
    assert f"Port {port} cannot be used" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "-1", "x"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        arguments("--port", port)


def test_only_pages_with_exercises_get_the_editor():
    page = b"<head><title>a</title></head><body></body>"
    assert with_editor(page) == page
    with_exercise = with_editor(page.replace(b"<body>", b'<body><div data-exercise="dot_score">'))
    assert with_exercise.count(b"/_static/answers/main.js") == 1
