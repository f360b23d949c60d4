"""Where the site and the editor are, and whether the site is as new as its sources."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from course_lib.authoring.folders import project_folder
from course_lib.authoring.site.build import NEEDED, fingerprint, stored_fingerprint

PACKAGES = ("sphinx", "sphinx_book_theme", "myst_nb", "latex2mathml", "nbclassic")


class MissingPart(Exception):
    """Raised when something is not installed or cannot be built; the message says what to do."""


def editor_folder() -> Path:
    """The folder of CodeMirror, which Jupyter's package `nbclassic` brings along; nothing of it is imported.

    Raises:
        MissingPart: when the package is not installed.

    Example:
        >>> (editor_folder() / "lib" / "codemirror.js").exists()
        True
    """
    found = find_spec("nbclassic")
    folder = found and Path(found.origin).parent / "static" / "components" / "codemirror"
    if not folder or not (folder / "lib" / "codemirror.js").exists():
        raise MissingPart(NEEDED)
    return folder


def built_site(say=print) -> Path:
    """The folder of the built site, which is built first where it is missing or older than its sources.

    Sphinx and Keras run in a process of their own, which is gone before the first page is served.

    Args:
        say: is told what takes time.

    Raises:
        MissingPart: when there is no site and none can be built.
    """
    root = project_folder()
    if not (root / "docs" / "site").is_dir():
        raise MissingPart(
            "This copy of the course does not hold what its pages are made of. Use `course lab`, or "
            "`course web --site FOLDER` with pages that were built elsewhere."
        )
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        raise MissingPart(f"Not installed: {', '.join(missing)}. {NEEDED}")
    site = root / "build" / "site"
    if stored_fingerprint(site) == fingerprint(root):
        return site
    is_there = (site / "index.html").exists()
    say("The pages are older than what they are made of" if is_there else "The pages are not built yet")
    say("Building them: some minutes the first time, less later …")
    status = subprocess.call([sys.executable, "-m", "course_lib.cli", "site"], cwd=root)
    if not (site / "index.html").exists():
        raise MissingPart("The pages could not be built; what is said above tells why.")
    if status:
        say("Not all went well, as said above; these pages may be incomplete.")
    return site
