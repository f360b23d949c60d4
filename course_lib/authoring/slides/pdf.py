"""Decks and handouts as PDF, by a Chromium that is installed already."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
OF_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
NEEDED = (
    "A PDF needs Chromium or Chrome, and there is none in the path. On Debian and Ubuntu: "
    "apt-get install chromium. The decks themselves are made without it: `course slides`."
)
SECONDS, ATTEMPTS = 180, 3
PRINTED = {".print.html": ".pdf", ".handout.html": ".handout.pdf"}
PAGE = re.compile(rb"/Type /Page\b")


def find_chromium() -> str | None:
    """The program of a browser that can print, or None.

    Example:
        >>> find_chromium() is None or Path(find_chromium()).exists()
        True
    """
    return next(filter(None, map(shutil.which, (*NAMES, OF_MACOS))), None)


def print_pdf(page: Path, target: Path, program: str) -> Path:
    """Prints a page of this machine; no network is used.

    Args:
        page: path of an HTML file.
        target: the PDF; overwritten.
        program: of the browser, as `find_chromium` gives it.

    Returns:
        `target`.

    Raises:
        RuntimeError: when the browser wrote nothing.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as profile:
        command = [
            program,
            "--headless",
            "--disable-gpu",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={profile}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={target.resolve()}",
            page.resolve().as_uri(),
        ]
        if (
            hasattr(os, "geteuid") and os.geteuid() == 0
        ):  # as root, as in a container, its sandbox does not start
            command.insert(1, "--no-sandbox")
        target.unlink(missing_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    if not target.exists():
        raise RuntimeError(f"{Path(program).name} printed no {target.name}: {done.stderr.strip()[-300:]}")
    return target


def print_deck(deck: Path, program: str) -> list[Path]:
    """The PDF of a deck, a slide a page, and of its handout, three slides a page.

    Args:
        deck: path of the `NN_topic.html` that `build_slides` wrote.
        program: of the browser.

    Returns:
        paths of both, `NN_topic.pdf` and `NN_topic.handout.pdf`.

    Raises:
        RuntimeError: when pages are missing, after some attempts.
    """
    return [
        _whole(deck.with_suffix(kind), deck.with_suffix(suffix), program) for kind, suffix in PRINTED.items()
    ]


def _whole(page, target, program):
    """Prints until all pages are there: a browser that is short of time may print before it has drawn."""
    expected = page.read_text(encoding="utf-8").count('class="page"')
    for _ in range(ATTEMPTS):
        printed = len(PAGE.findall(print_pdf(page, target, program).read_bytes()))
        if printed == expected:
            return target
    raise RuntimeError(f"Expected {expected} pages in {target.name}. Received: {printed}.")
