"""The files of the course that every export takes along."""

import re
import tomllib
from pathlib import Path

from course_lib.grading.judging.exercise import find_sheet, load_sheets

TEMPLATES = Path(__file__).parent / "templates"


class ExportError(ValueError):
    """Raised when something cannot be exported; the message says why and what to do."""


def choose_sheets(names=()):
    """The sheets with these names.

    Args:
        names: names of sheets, whole or by number: `"03_attention"` or `"03"`; all sheets when empty.

    Returns:
        list of `Sheet` in the order of the course.

    Raises:
        UnknownExercise: for a name that no sheet has; the message lists the sheets.

    Example:
        >>> [sheet.name for sheet in choose_sheets(["03"])]
        ['03_attention']
    """
    chosen = [find_sheet(name) for name in names]
    return [sheet for sheet in load_sheets() if sheet in chosen or not names]


def library_files(root, sheets):
    """`course_lib`, with the checks and questions of these sheets and no others.

    Args:
        root: root of the course.
        sheets: list of `Sheet`.

    Returns:
        Dict from name (`"course_lib/…"`) to bytes.
    """
    others = [sheet.name for sheet in load_sheets() if sheet not in sheets]
    left_out = {root / f"course_lib/grading/checks/{name}" for name in others}
    left_out |= {root / f"course_lib/grading/questions/{name}.toml" for name in others}
    files = {}
    for path in sorted((root / "course_lib").rglob("*")):
        name = path.relative_to(root)
        is_generated = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if path.is_file() and not is_generated and left_out.isdisjoint((path, path.parent)):
            files[name.as_posix()] = path.read_bytes()
    return files


def read_file(root, name):
    """The bytes of one file of the course.

    Raises:
        ExportError: when it is missing.
    """
    try:
        return (root / name).read_bytes()
    except FileNotFoundError:
        raise ExportError(f"Expected {name} in {root}. Received: no such file.") from None


def pinned_requirements(root):
    """What the course needs to run, each package at the version of `requirements.lock`.

    Args:
        root: root of the course.

    Returns:
        the bytes of a requirements file.

    Raises:
        ExportError: when a package is not in the lock.
    """
    project = tomllib.loads(read_file(root, "pyproject.toml").decode())["project"]
    pins = {}
    for line in read_file(root, "requirements.lock").decode().splitlines():
        if "==" in line:
            pins.setdefault(line.partition("==")[0], []).append(line)
    lines = []
    for requirement in project["dependencies"]:
        name = re.match(r"[\w.-]+", requirement).group().lower()
        if name not in pins:
            raise ExportError(
                f"Expected {name} in requirements.lock. Received: no such line. Run `make lock`."
            )
        lines += pins[name]
    return ("\n".join(sorted(lines)) + "\n").encode()
