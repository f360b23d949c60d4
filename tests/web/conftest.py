"""One small site and one running `course web` for the tests of this folder."""

import os
import signal
import subprocess
import sys

import pytest
from support.browser import chromium
from support.course_web import ROOT, SHEET, CourseWeb, course_folder

# Every name but that of the server is refused, so that what a page asks of others fails and is seen.
REFUSED = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SECONDS = "3"  # for an answer


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Pages of one chapter and its sheet."""
    for package in ("sphinx_book_theme", "nbclassic"):
        pytest.importorskip(package, reason="the extra `site` is not installed")
    folder = tmp_path_factory.mktemp("pages") / "site"
    script = ROOT / "tests" / "support" / "one_chapter_site.py"
    done = subprocess.run(
        [sys.executable, str(script), str(folder), SHEET],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def running(site, tmp_path_factory):
    """The command in a process of its own; what a test does stays in its course."""
    web = CourseWeb(course_folder(tmp_path_factory.mktemp("course")), site, "--seconds", SECONDS)
    yield web
    status, seconds, left = web.end(signal.SIGTERM)
    assert status == 0 and seconds < 10 and not left
    assert "Traceback" not in web.output, web.output  # whatever the tests did to it


@pytest.fixture
def web(running):
    """The running command, entered, with a blank sheet."""
    blank = running.folder / "exercises" / ".blank" / f"{SHEET}.ipynb"
    (running.folder / "exercises" / f"{SHEET}.ipynb").write_bytes(blank.read_bytes())
    (running.folder / ".course" / "progress.json").unlink(missing_ok=True)
    running.enter()
    return running


@pytest.fixture(scope="module")  # a second one cannot be started beside it
def browser():
    """A headless Chromium that reaches nothing but this machine."""
    with chromium(REFUSED) as started:
        yield started
