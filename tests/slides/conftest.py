"""One build of all decks, and a browser with no network, for the tests of this folder."""

import pytest
from support.browser import chromium

from course_lib.authoring.folders import chapter_sources
from course_lib.authoring.slides.build import PACKAGES, build_slides, write_files

WINDOW = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def decks(tmp_path_factory):
    """Paths of all decks, in a folder with all that they need."""
    for name in PACKAGES:
        pytest.importorskip(name, reason="the extra `site` is not installed")
    folder = tmp_path_factory.mktemp("slides")
    paths = [build_slides(source.with_suffix(".ipynb"), folder) for source in chapter_sources()]
    write_files(folder, {path.name: path.stem for path in paths})
    return paths


@pytest.fixture(scope="module")  # a second one cannot be started beside it
def browser():
    """A headless Chromium that reaches nobody."""
    with chromium("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-gpu") as started:
        yield started


@pytest.fixture
def page(browser):
    """A page of the size of a slide that notes what it asks for, and what goes wrong in it."""
    context = browser.new_context(viewport=WINDOW, offline=True)
    opened = context.new_page()
    opened.requests, opened.errors = [], []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.on("requestfailed", lambda request: _note_failure(opened, request))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    context.close()


def _note_failure(page, request):
    """What could not be loaded; what was given up because the page was left is none of it."""
    if request.failure != "net::ERR_ABORTED":
        page.errors.append(f"not loaded: {request.url[:200]}")
