"""Where the course's own folders are."""

import os
from pathlib import Path

SUFFIXES = (".py", ".ipynb")


def project_folder() -> Path:
    """The folder that holds `notebooks/`, `solutions/` and `exercises/`.

    The course is installed in place (`pip install -e .`), so this is the folder above `course_lib`; from a
    copied installation it is the current folder, if that is a checkout of the course.

    Returns:
        the absolute path.

    Raises:
        FileNotFoundError: when neither is a checkout.

    Example:
        >>> (project_folder() / "notebooks").is_dir()
        True
    """
    candidates = (Path(__file__).resolve().parents[2], Path.cwd())
    for folder in candidates:
        if (folder / "notebooks").is_dir() and (folder / "course_lib").is_dir():
            return folder
    raise FileNotFoundError(
        "Expected a checkout of the course (with `notebooks/` and `course_lib/`). "
        f"Received: {candidates[1]}. Clone the course and run `pip install -e .` inside it."
    )


def chapter_sources(names: list[str] | tuple[str, ...] = ()) -> list[Path]:
    """The notebook sources, all of them or the ones named.

    Args:
        names: chapter names, each whole or by its beginning: `"03_attention"` or `"03"`.

    Returns:
        paths of `notebooks/NN_topic.py` in chapter order.

    Raises:
        ValueError: when a name is the beginning of no chapter.

    Example:
        >>> chapter_sources(["no_such_chapter"])
        Traceback (most recent call last):
        ValueError: Expected the beginning of a chapter name, one of: ... Received: 'no_such_chapter'.
    """
    # What learners are handed holds the executed notebooks alone; a chapter is named by its source anyway.
    paths = [path for path in (project_folder() / "notebooks").glob("[0-9]*") if path.suffix in SUFFIXES]
    sources = sorted({path.with_suffix(".py") for path in paths})
    if not names:
        return sources
    chosen = []
    for name in names:
        stem = Path(name).stem
        matches = [source for source in sources if source.stem.startswith(stem)]
        if not matches:
            known = ", ".join(source.stem for source in sources)
            raise ValueError(
                f"Expected the beginning of a chapter name, one of: {known}. Received: {name!r}."
            )
        chosen += [source for source in matches if source not in chosen]
    return chosen


def kernel_environment() -> dict[str, str]:
    """The environment for notebook kernels: this process's, with TensorFlow's start-up log kept out.

    A relative `COURSE_DATA` is made absolute, since kernels start in the folder of their notebook.

    Returns:
        a new dictionary.

    Example:
        >>> Path(kernel_environment()["PYTHONSTARTUP"]).name
        'startup.py'
    """
    environment = {**os.environ, "PYTHONSTARTUP": str(Path(__file__).with_name("startup.py"))}
    if environment.get("COURSE_DATA"):
        environment["COURSE_DATA"] = str(Path(environment["COURSE_DATA"]).expanduser().resolve())
    return environment
