"""`course watch`: judges a sheet whenever it is saved, and remembers where you are."""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.grading.commands.check import add_limits, judge_all, limits_of, show, summary
from course_lib.grading.judging.exercise import find_exercise, load_exercises, load_sheets
from course_lib.grading.practice.checking import find_tasks, judge_task
from course_lib.grading.practice.progress import Progress, course_root
from course_lib.grading.sandbox import Sandbox


def add_arguments(parser):
    """The options of `course watch`."""
    add_limits(parser)


def current_exercise(progress):
    """Name of the exercise to go on with: the last one worked on, or, once it passed, the first open one."""
    waiting = [name for name in load_exercises() if not progress.of(name)["passed"]]
    if progress.position in waiting:
        return progress.position
    return waiting[0] if waiting else None


def saved_sheets(changes):
    """Paths of the sheets among the files that changed, without the copies that editors make."""
    names = {sheet.name for sheet in load_sheets()}
    paths = {Path(path) for _, path in changes}
    return sorted(
        path for path in paths if path.stem in names and path.suffix in (".ipynb", ".py") and path.exists()
    )


def judge_saved(console, path, sandbox):
    """Judges every exercise of a saved sheet and says what comes next."""
    verdicts = judge_all(console, find_tasks([str(path)]), sandbox)
    console.print(summary(verdicts), style="bold")
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
            name = current_exercise(Progress())
            if name:
                show(console, judge_task(find_tasks([name])[0], sandbox))
            _say_next(console, Progress())
            if changes is None:
                from watchfiles import watch

                changes = watch(folder, recursive=False)
            console.print(
                Text(f"Watching {folder}: save a sheet to have it judged; Ctrl-C ends.", style="dim")
            )
            for batch in changes:
                for path in saved_sheets(batch):
                    judge_saved(console, path, sandbox)
        except KeyboardInterrupt:
            console.print("Your progress is kept. `course watch` goes on from here.")
        except (OSError, RuntimeError) as error:
            print(error, file=sys.stderr)
            return 2
    return 0
