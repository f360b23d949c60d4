"""`course watch`: judges the exercise at hand whenever its sheet is saved, and goes on when it passes."""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.grading.commands.check import add_limits, judge_all, limits_of
from course_lib.grading.judging.exercise import find_exercise, find_sheet, load_exercises, load_sheets
from course_lib.grading.practice.checking import find_tasks
from course_lib.grading.practice.progress import Progress, course_root
from course_lib.grading.practice.sheet_changes import SheetChanges
from course_lib.grading.sandbox import Sandbox


def add_arguments(parser):
    """The options of `course watch`."""
    add_limits(parser)


def current_exercise(progress):
    """Name of the exercise to go on with: the last one worked on or, once it passed, the next open one."""
    names = list(load_exercises())
    start = names.index(progress.position) if progress.position in names else 0
    waiting = (name for name in names[start:] + names[:start] if not progress.of(name)["passed"])
    return next(waiting, None)


def saved_sheets(changes):
    """Paths of the sheets among the files that changed, without the copies that editors make."""
    names = {sheet.name for sheet in load_sheets()}
    paths = {Path(path) for _, path in changes}
    return sorted(
        path for path in paths if path.stem in names and path.suffix in (".ipynb", ".py") and path.exists()
    )


def exercises_at_hand(path, changed, progress):
    """The exercises of a saved sheet to judge: those just written, else the current one, if it is in it.

    Args:
        path: path of the sheet.
        changed: names of the exercises whose definition is another than when it was last saved.
        progress: the `Progress`.

    Returns:
        list of names, in the order of the sheet.
    """
    names = [exercise.name for exercise in find_sheet(path.stem).exercises]
    if written := [name for name in names if name in changed]:
        return written
    waiting = [name for name in names if not progress.of(name)["passed"]]
    current = current_exercise(progress)
    return [current] if current in waiting else waiting[:1]


def judge_saved(console, path, changes, sandbox):
    """Judges the exercises at hand of a saved sheet and says what comes next."""
    names = exercises_at_hand(path, changes.since_last_time(path), Progress())
    tasks = [task for task in find_tasks([str(path)]) if task.exercise.name in names]
    verdicts = judge_all(console, tasks, sandbox)
    if all(verdict.passed for verdict in verdicts):
        _say_next(console, Progress())


def _say_next(console, progress):
    name = current_exercise(progress)
    if name is None:
        console.print(Text("Every exercise has passed.", style="bold green"))
    else:
        exercise = find_exercise(name)
        words = f"Next: {name} in exercises/{exercise.sheet}"
        words += f" ({exercise.points} points, about {exercise.minutes} minutes)"
        console.print(Text(words))


def main(arguments, changes=None):
    """Watches until interrupted; `changes` is an iterable of changed files in place of the file system."""
    console = Console(highlight=False)
    folder = course_root() / "exercises"
    if not folder.is_dir():
        print(
            f"There is no folder {folder}. Run `course watch` in the folder of the course.", file=sys.stderr
        )
        return 2
    with Sandbox(limits_of(arguments)) as sandbox:
        try:
            with console.status("Starting Keras …"):
                sandbox.start()
            sheets = SheetChanges(folder)
            _say_next(console, Progress())
            if name := current_exercise(Progress()):
                judge_all(console, find_tasks([name]), sandbox)
            if changes is None:
                from watchfiles import watch

                changes = watch(folder, recursive=False)
            console.print(
                Text(f"Watching {folder}: save a sheet to have it judged; Ctrl-C ends.", style="dim")
            )
            for batch in changes:
                for path in saved_sheets(batch):
                    judge_saved(console, path, sheets, sandbox)
        except KeyboardInterrupt:
            console.print("Your progress is kept. `course watch` goes on from here.")
        except (OSError, RuntimeError) as error:
            print(error, file=sys.stderr)
            return 2
    return 0
