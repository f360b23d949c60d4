"""A headless Chromium for tests, or a clear reason to skip them."""

import contextlib
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


def program_of_chromium():
    """Path of an installed Chromium."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("no Chromium here: what pages look like and ask for is not tested")
    return program


@contextlib.contextmanager
def chromium(*arguments):
    """Starts Debian's or another installed Chromium through playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = program_of_chromium()
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=["--no-sandbox", *arguments])
        yield started
        started.close()
