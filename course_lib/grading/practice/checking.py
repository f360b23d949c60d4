"""Judges the answers in a learner's files: which file, which exercises, and the verdict on each."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from course_lib.grading.judging.exercise import (
    Exercise,
    UnknownExercise,
    find_exercises,
    load_exercises,
    load_sheets,
)
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.progress import course_root
from course_lib.grading.sandbox import Run
from course_lib.grading.sandbox.hurry import hurry
from course_lib.grading.sandbox.limits import SHEET_BYTES
from course_lib.grading.worker.cells import without_outputs
from course_lib.grading.worker.values import Failure


@dataclass(frozen=True)
class Task:
    """An exercise and the file that is to hold its answer."""

    exercise: Exercise
    path: Path


@dataclass(frozen=True)
class Checked:
    """A verdict, and what came of the run that led to it."""

    verdict: Verdict
    run: Run


def sheet_file(sheet_name, root=None):
    """The file a learner works in: the newer of `exercises/<sheet>.ipynb` and `exercises/<sheet>.py`.

    Raises:
        FileNotFoundError: when there is neither.
    """
    folder = Path(root or course_root()) / "exercises"
    paths = [folder / f"{sheet_name}{ending}" for ending in (".ipynb", ".py")]
    paths = [path for path in paths if path.exists()]
    if not paths:
        raise FileNotFoundError(
            f"There is no exercises/{sheet_name}.ipynb in {folder.parent}. "
            "Run `course` from the folder of the course, or `course build` to make the sheets."
        )
    return max(paths, key=lambda path: path.stat().st_mtime)


def find_tasks(names, root=None):
    """Works out what to judge.

    Args:
        names: names of exercises or sheets (`03_attention`, `3`), or paths of sheets; when
            empty, the exercises of every sheet that is there.
        root: root of the course; found from the working directory when left out.

    Returns:
        list of `Task` in the order of the course.

    Raises:
        UnknownExercise: for a name that is none of these.
        FileNotFoundError: when a file is missing.
    """
    sheets = {sheet.name: sheet for sheet in load_sheets()}
    tasks = {}
    for name in names or _sheets_at_hand(sheets, root):
        if name.endswith((".ipynb", ".py")):
            tasks |= {task.exercise.name: task for task in _tasks_of_file(Path(name), sheets)}
        else:
            exercises = find_exercises(name)
            path = sheet_file(exercises[0].sheet, root)
            tasks |= {exercise.name: Task(exercise, path) for exercise in exercises}
    return [tasks[name] for name in load_exercises() if name in tasks]


def _sheets_at_hand(sheets, root):
    """The sheets that have a file, so that one that was deleted or handed out later stops nothing."""
    folder = Path(root or course_root()) / "exercises"
    names = [name for name in sheets if any(folder.glob(f"{name}.*"))]
    return names or sheets


def _tasks_of_file(path, sheets):
    if not path.exists():
        raise FileNotFoundError(f"There is no file {path}.")
    if path.stem in sheets:
        return [Task(exercise, path) for exercise in sheets[path.stem].exercises]
    text = path.read_text(encoding="utf-8", errors="replace")
    exercises = [
        exercise
        for name, exercise in load_exercises().items()
        if re.search(rf"\b(?:def|class)\s+{name}\b|\b{name}\s*=", text)
    ]
    if not exercises:
        raise UnknownExercise(f"{path} defines no function or class with the name of an exercise.")
    return [Task(exercise, path) for exercise in exercises]


def judge_task(task, sandbox, seed=None):
    """Runs one answer in the sandbox and judges what came back.

    Args:
        task: the `Task`.
        sandbox: a `Sandbox`; it stays usable whatever the answer does.
        seed: seed of the random cases; a new one when left out.

    Returns:
        a `Checked`.

    Raises:
        RuntimeError: when the sandbox cannot start, which is no fault of the answer.
    """
    seed = secrets.randbits(32) if seed is None else seed
    cases = draw_cases(task.exercise.name, seed)
    size = task.path.stat().st_size
    if size > SHEET_BYTES:
        words = (
            f"{task.path.name} has {size / 2**20:.0f} MB; a sheet has at most {SHEET_BYTES / 2**20:.0f} MB."
        )
        run = Run([Failure("sheet_failed", words)] * len(cases), (), "", 0.0)
        return Checked(judge(task.exercise, seed, run.results), run)
    text = task.path.read_text(encoding="utf-8", errors="replace")
    text = without_outputs(text, task.path.name)

    def run_on(cases):
        return sandbox.run(text, task.path.name, task.exercise.name, cases)

    def ask(cases):
        with hurry(sandbox):
            return run_on(cases).results

    run = run_on(cases)
    return Checked(judge(task.exercise, seed, run.results, run.notes, ask), run)
