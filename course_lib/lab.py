"""`course lab`: JupyterLab at a chapter."""

import argparse
import os
import subprocess
import sys
from importlib import util
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, kernel_environment, project_folder

AS_ROOT = (
    "You are root, and Jupyter does not start as root unless it is told to: whoever opens its page can do "
    "anything on this machine. Start it as another user or, in a container of your own, with "
    "`course lab --allow-root` (`make lab LAB=--allow-root`)."
)


def chapter_to_open(name: str | None = None) -> Path:
    """The notebook that `course lab` opens: the executed one, or its source where that is not built.

    Args:
        name: a chapter name or its beginning; none means the first chapter.

    Returns:
        a path relative to the course's folder; the folder of notebooks when there is no chapter at all.

    Raises:
        ValueError: when no chapter's name begins with `name`.

    Example:
        >>> chapter_to_open().parts[0]
        'notebooks'
    """
    sources = chapter_sources([name] if name else [])
    if not sources:
        return Path("notebooks")
    notebook = sources[0].with_suffix(".ipynb")
    chosen = notebook if notebook.exists() else sources[0]
    return chosen.relative_to(project_folder())


def add_arguments(parser) -> None:
    """The arguments of `course lab`."""
    parser.add_argument("chapter", nargs="?", help="a chapter name or its beginning; chapter 1 when left out")
    parser.add_argument("--browser", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument(
        "--allow-root", action="store_true", help="let Jupyter start as root, in a container of your own"
    )
    parser.add_argument("--port", type=int, help="the port JupyterLab listens on")


def main(arguments) -> int:
    """Starts JupyterLab and waits for it to end.

    Args:
        arguments: with `chapter`, `browser`, `allow_root` and `port`, as `add_arguments` makes them.

    Returns:
        JupyterLab's exit status; 1 when it is not installed or there is no such chapter.

    Example:
        >>> main(argparse.Namespace(chapter="no_such_chapter", browser=False, allow_root=False, port=None))
        Expected the beginning of a chapter name, ...
        1
    """
    try:
        path = chapter_to_open(arguments.chapter)
    except (ValueError, FileNotFoundError) as error:
        print(error)
        return 1
    if util.find_spec("jupyterlab") is None:
        print(f"JupyterLab is not installed: pip install jupyterlab, or open {path} with another editor.")
        return 1
    # Given a file, Jupyter would serve its folder alone, and the exercises would be out of reach.
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={project_folder()}"]
    command += [f"--LabApp.default_url=/lab/tree/{path.as_posix()}"]
    command += [] if arguments.browser else ["--no-browser"]
    command += ["--allow-root"] if arguments.allow_root else []
    command += [f"--port={arguments.port}"] if arguments.port else []
    status = subprocess.call(command, cwd=project_folder(), env=kernel_environment())
    if status and not arguments.allow_root and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(AS_ROOT)
    return status
