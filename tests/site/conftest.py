"""One build of the whole web edition for all tests of this folder."""

import functools
import http.server
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.browser import chromium

ROOT = Path(__file__).parents[2]
# Every name but that of the server is refused, so that what a page asks of others fails and is seen.
REFUSED = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass
class Site:
    """The built site and what the build said."""

    root: Path
    status: int
    output: str

    @property
    def pages(self):
        """All pages, by their address on the site."""
        found = {path.relative_to(self.root).as_posix(): path for path in sorted(self.root.rglob("*.html"))}
        return {name: path for name, path in found.items() if not name.startswith("_static/")}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site, built in a process of its own, as `course site` does."""
    pytest.importorskip("sphinx_book_theme", reason="the extra `site` is not installed")
    folder = tmp_path_factory.mktemp("web") / "site"
    code = (
        "import sys; from pathlib import Path; from course_lib.authoring.site import build_site; "
        "sys.exit(build_site(folder=Path(sys.argv[1]), jobs=1))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True)
    return Site(folder, done.returncode, done.stdout + done.stderr)


@pytest.fixture(scope="session")
def address(site):
    """The site, served on this machine alone."""

    class Silent(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=site.root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")  # a second one cannot be started beside it
def browser():
    """A headless Chromium that reaches nothing but this machine."""
    with chromium(REFUSED) as started:
        yield started
