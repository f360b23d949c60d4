"""`notebooks/NN_topic.py` in, executed `notebooks/NN_topic.ipynb` out."""

import os
import platform
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, kernel_environment
from course_lib.authoring.images import shrink_images
from course_lib.authoring.problems import first_line, notebook_problems
from course_lib.authoring.stored_notebooks import (
    CodeDiffersError,
    as_text,
    code_hash,
    read_source,
    update_text,
)
from course_lib.files import write_whole

BUDGETS = ("quick", "cpu", "gpu")
MAXIMUM_BYTES = 1_500_000


def execute_source(source: Path, budget: str = "cpu", on_cell: Callable[[int, int, str], None] | None = None):
    """Runs a percent-format source in a fresh kernel.

    The kernel starts in the folder of the source, as JupyterLab does, with `COURSE_BUDGET` set.

    Args:
        source: path of the `.py` file.
        budget: `"quick"`, `"cpu"` or `"gpu"`.
        on_cell: called before each code cell with its number, the number of code cells and its first line.

    Returns:
        the executed nbformat notebook: stable cell ids, no timings in cells, images shrunk, and under
        `metadata.course` the hash of its code, the budget, the versions, the machine and the seconds it took,
        all of it and each code cell.

    Raises:
        nbclient.exceptions.CellExecutionError: when a cell raises.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "sample.py"
        >>> _ = path.write_text("# %%\\n6 * 7\\n")
        >>> execute_source(path, "quick").cells[0].outputs[0].data["text/plain"]
        '42'
    """
    from nbclient import NotebookClient
    from traitlets.config import Config

    if budget not in BUDGETS:
        raise ValueError(f"`budget` must be one of {', '.join(BUDGETS)}. Received: budget={budget!r}.")
    notebook = read_source(source)
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]

    began_at, seconds_of = {}, dict.fromkeys(code, 0.0)

    def announce(cell, cell_index):
        began_at[cell_index] = time.perf_counter()
        if on_cell is not None and cell.cell_type == "code":
            on_cell(code.index(cell_index) + 1, len(code), first_line(cell.source))

    def note_time(cell, cell_index, **_):
        seconds_of[cell_index] = round(time.perf_counter() - began_at[cell_index], 1)

    environment = _budget_environment(budget)
    with tempfile.TemporaryDirectory(prefix="course-") as sockets:
        config = Config()
        if os.name == "posix":  # two kernels that start at once can be given one port, but not one file
            config.KernelManager.transport = "ipc"
            config.KernelManager.ip = f"{sockets}/kernel"
        client = NotebookClient(
            notebook,
            config=config,
            kernel_name="python3",
            timeout=None,
            record_timing=False,
            extra_arguments=["--log-level=40"],
            resources={"metadata": {"path": str(source.resolve().parent)}},
            on_cell_start=announce,
            on_cell_executed=note_time,
        )
        began = time.perf_counter()
        client.execute(env=environment)
        seconds = time.perf_counter() - began

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _merge_streams(cell.outputs)
            cell.metadata.pop("execution", None)
    shrink_images(notebook)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
        "course": {
            "code_sha256": code_hash(notebook),
            "budget": budget,
            "versions": _versions(environment["KERAS_BACKEND"]),
            "machine": {"cpu": _cpu_model(), "cores": _usable_cores()},
            "seconds": round(seconds, 1),
            "cell_seconds": list(seconds_of.values()),
        },
    }
    return notebook


def build_notebook(source: Path, budget: str = "cpu", *, store: bool = True, on_cell=None) -> list[str]:
    """Executes one source and, when nothing is wrong with it, writes the notebook beside it.

    The file is written whole and moved into place: an interrupted run leaves the old notebook as it was. A
    notebook with problems is left in `runs/notebooks/` to look at, and the stored one is untouched.

    Args:
        source: path of `notebooks/NN_topic.py`.
        budget: `"quick"`, `"cpu"` or `"gpu"`.
        store: False executes and judges, and writes nothing beside the source.
        on_cell: see `execute_source`.

    Returns:
        the problems, one line each; empty when the notebook is good.

    Example:
        >>> import pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "sample.py"
        >>> _ = path.write_text("# %%\\nimport warnings\\nwarnings.warn('old name')\\n")
        >>> build_notebook(path, "quick")
        ['cell 1 (import warnings): wrote to stderr: ...old name...']
        >>> path.with_suffix(".ipynb").exists()
        False
    """
    from nbclient.exceptions import CellExecutionError

    try:
        notebook = execute_source(source, budget, on_cell)
    except CellExecutionError as error:
        return [f"a cell raised:\n{_plain(str(error))}"]
    problems = notebook_problems(notebook)
    text = as_text(notebook)
    if len(text.encode()) > MAXIMUM_BYTES:
        problems.append(f"the notebook has {len(text.encode()):,} bytes, more than {MAXIMUM_BYTES:,}")
    if problems and store:
        rejected = source.resolve().parent.parent / "runs" / "notebooks"
        rejected.mkdir(parents=True, exist_ok=True)
        write_whole(rejected / f"{source.stem}.ipynb", text)
    elif store:
        write_whole(source.with_suffix(".ipynb"), text)
    return problems


def build_notebooks(names: Sequence[str] = (), budget: str = "cpu", *, check: bool = False) -> int:
    """`course notebooks`: builds the named chapters, or all of them, with one line of progress per cell.

    Args:
        names: chapter names or their beginnings; none means every chapter.
        budget: `"quick"`, `"cpu"` or `"gpu"`.
        check: execute and judge only, store nothing.

    Returns:
        0 when every notebook is good, else 1.

    Example:
        >>> build_notebooks(["no_such_chapter"])
        Expected the beginning of a chapter name, ...
        1
    """
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    try:
        sources = chapter_sources(names)
    except ValueError as error:
        print(error)
        return 1
    failures = 0
    for source in sources:
        began = time.perf_counter()
        if console.is_terminal:
            with console.status(source.stem) as status:
                problems = build_notebook(
                    source,
                    budget,
                    store=not check,
                    on_cell=lambda number, count, line, status=status, name=source.stem: status.update(
                        f"{name}: cell {number} of {count}: {line}"
                    ),
                )
        else:
            problems = build_notebook(source, budget, store=not check)
        seconds = time.perf_counter() - began
        verdict = "refused" if problems else ("good" if check else "stored")
        print(f"{source.stem}: {verdict} ({budget} budget, {seconds:.0f} s)", flush=True)
        for problem in problems:
            print(f"  {problem}", flush=True)
        failures += bool(problems)
    if failures and not check:
        print("A refused notebook that ran to its end is in runs/notebooks/; the stored one is unchanged.")
    return 1 if failures else 0


def update_texts(names: Sequence[str] = ()) -> int:
    """`course notebooks --text`: brings new text and tags into the stored notebooks, executing nothing.

    Args:
        names: chapter names or their beginnings; none means every chapter.

    Returns:
        0, or 1 when the code of a chapter is no longer what its notebook was executed from.

    Example:
        >>> update_texts(["no_such_chapter"])
        Expected the beginning of a chapter name, ...
        1
    """
    try:
        sources = chapter_sources(names)
    except ValueError as error:
        print(error)
        return 1
    status = 0
    for source in sources:
        try:
            print(f"{source.stem}: {'new text' if update_text(source) else 'up to date'}")
        except CodeDiffersError as error:
            print(f"{source.stem}: refused\n  {error}")
            status = 1
    return status


def add_arguments(parser) -> None:
    """The arguments of `course notebooks`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="chapters; all when left out")
    parser.add_argument("--budget", choices=BUDGETS, default="cpu", help="how much to train (default: cpu)")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--check", action="store_true", help="execute and judge only, store nothing")
    kinds.add_argument(
        "--text", action="store_true", help="execute nothing: only bring new text into the stored notebook"
    )


def main(arguments) -> int:
    """Runs `course notebooks`."""
    if arguments.text:
        return update_texts(arguments.names)
    return build_notebooks(arguments.names, arguments.budget, check=arguments.check)


def _budget_environment(budget: str) -> dict[str, str]:
    environment = kernel_environment()
    environment.pop("MPLBACKEND", None)  # the kernel draws inline
    environment["COURSE_BUDGET"] = budget
    environment.setdefault("KERAS_BACKEND", "tensorflow")
    environment["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    return environment


def _merge_streams(outputs: list) -> list:
    """Joins neighbouring pieces of one stream and keeps what a terminal would show after carriage returns."""
    merged: list = []
    for output in outputs:
        last = merged[-1] if merged else None
        if output.output_type == "stream" and last is not None and last.get("name") == output.name:
            last.text += output.text
        else:
            merged.append(output)
    for output in merged:
        if output.output_type == "stream":
            output.text = _after_carriage_returns(_plain(output.text))
    return [output for output in merged if output.output_type != "stream" or output.text]


def _after_carriage_returns(text: str) -> str:
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        pieces = [piece for piece in line.split("\r") if piece.strip()]
        lines.append(pieces[-1].rstrip() if pieces else "")
    return "\n".join(lines)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


def _versions(backend: str) -> dict[str, str]:
    versions = {"python": platform.python_version(), "backend": backend}
    for package in ("keras", "tensorflow", "jax", "torch", "numpy"):
        if package in ("keras", "numpy", backend):
            versions[package] = metadata.version(package)
    return versions


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _cpu_model() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
