"""`course check`: judges answers in a child process and says what each one does."""

import argparse
import sys

from rich.console import Console
from rich.text import Text

from course_lib.grading.judging.exercise import UnknownExercise, find_exercise
from course_lib.grading.practice.checking import find_tasks, judge_task
from course_lib.grading.practice.failing_case import case_as_python
from course_lib.grading.practice.progress import Progress
from course_lib.grading.sandbox import Limits, Sandbox

MOST = 10**6
STYLES = {"passed": "bold green", "blank": "dim", "not yet": "bold dark_orange3"}


def amount(text):
    """A positive number from the command line, of a size that any system can take as a limit."""
    try:
        if 0 < (value := float(text)) <= MOST:
            return value
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"must be a positive number, at most {MOST}. Received: {text}.")


def add_limits(parser):
    """The options that bound what one exercise may use."""
    parser.add_argument("--seconds", type=amount, default=30.0, help="time for one exercise (default: 30)")
    parser.add_argument(
        "--memory", type=amount, default=3.0, help="memory for one exercise in GB (default: 3)"
    )


def limits_of(arguments):
    """The `Limits` the options ask for."""
    return Limits(seconds=arguments.seconds, memory_bytes=int(arguments.memory * 2**30))


def add_arguments(parser):
    """The options of `course check`."""
    parser.add_argument(
        "names", nargs="*", help="exercises, sheets or files (default: every exercise in order)"
    )
    parser.add_argument("--seed", type=int, help="draw the cases of an earlier verdict again")
    parser.add_argument(
        "--case",
        action="store_true",
        help="print the failing case as Python on standard output, and the verdict on standard error",
    )
    add_limits(parser)


def show(console, checked):
    """Prints a verdict: one line when passed or blank, the diagnosis and a worked case otherwise."""
    verdict, printed = checked.verdict, checked.run.printed.rstrip()
    head, _, rest = str(verdict).partition("\n")
    console.print(Text(head, style=STYLES[verdict.outcome]))
    if verdict.outcome == "not yet" or verdict.notes:
        console.print(Text(rest), soft_wrap=True)
    if printed and verdict.outcome == "not yet":
        lines = printed.split("\n")
        shown = [line[:160] for line in lines[:12]] + (["…"] if len(lines) > 12 else [])
        console.print(Text("  It printed:\n" + "\n".join(f"    {line}" for line in shown), style="dim"))


def judge_all(console, tasks, sandbox, seed=None):
    """Judges tasks in order, shows and records each verdict, and returns them."""
    progress, verdicts, sheet = Progress(), [], None
    for task in tasks:
        if task.path != sheet:
            sheet = task.path
            console.print(Text(f"{sheet.parent.name}/{sheet.name}", style="bold"))
        with console.status(f"Judging {task.exercise.name} …"):  # on a terminal alone
            checked = judge_task(task, sandbox, seed)
        show(console, checked)
        progress.record(checked.verdict)
        verdicts.append(checked.verdict)
    waiting = [verdict.exercise for verdict in verdicts if not verdict.passed]
    if verdicts:
        progress.move_to(waiting[0] if waiting else verdicts[-1].exercise)
    return verdicts


def summary(verdicts):
    """One line on how many passed."""
    points = sum(verdict.points for verdict in verdicts)
    possible = sum(verdict.possible for verdict in verdicts)
    passed = sum(verdict.passed for verdict in verdicts)
    return f"{passed} of {len(verdicts)} passed, {points:g} of {possible} points."


def push(exercise):
    """What helps a learner on: the next hint or, where all have been given, our solution."""
    if Progress().had_all_hints(exercise):
        return f"All hints were given: course solution {exercise.name} --give-up"
    return f"A push: course hint {exercise.name}"


def cases_as_python(verdicts):
    """The failing cases that verdicts show, as one script."""
    cases = [
        case_as_python(verdict.exercise, verdict.seed, verdict.example.index)
        for verdict in verdicts
        if verdict.example
    ]
    return "\n\n".join(cases)


def main(arguments):
    """Judges; the exit status is 0 when all passed, 1 when something did not, 2 when nothing could run."""
    console = Console(highlight=False, stderr=arguments.case)
    try:
        tasks = find_tasks(arguments.names)
        with Sandbox(limits_of(arguments)) as sandbox:
            with console.status("Starting Keras …"):
                sandbox.start()
            verdicts = judge_all(console, tasks, sandbox, arguments.seed)
    except (UnknownExercise, OSError, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    if len(verdicts) > 1:
        console.print(summary(verdicts), style="bold")
    waiting = [verdict for verdict in verdicts if not verdict.passed]
    if waiting and waiting[0].outcome == "not yet":
        console.print(push(find_exercise(waiting[0].exercise)), style="dim")
    if arguments.case:
        print(cases_as_python(waiting))
    return 1 if waiting else 0
