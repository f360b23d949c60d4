"""`course list`: all exercises, their points, and where the learner stands."""

from rich.console import Console
from rich.text import Text

from course_lib.grading.judging.exercise import DIFFICULTIES, load_sheets
from course_lib.grading.judging.verdict import SIGNS
from course_lib.grading.practice.progress import Progress


def add_arguments(parser):
    """`course list` takes no options."""


def standing(record):
    """Where an exercise stands: a sign, and words.

    Example:
        >>> standing({"passed": False, "attempts": 2})
        ('✗', 'tried 2×')
    """
    if record["passed"]:
        return SIGNS["passed"], "passed"
    if record["attempts"]:
        return SIGNS["not yet"], f"tried {record['attempts']}×"
    return SIGNS["blank"], "not tried"


def main(arguments):
    """Prints a heading per sheet and a line per exercise, none longer than 80 characters."""
    progress, console, sheets = Progress(), Console(highlight=False, soft_wrap=True), load_sheets()
    longest = max(len(exercise.name) for sheet in sheets for exercise in sheet.exercises)
    for sheet in sheets:
        console.print(Text(f"{sheet.name}: {sheet.title}", style="bold"))
        for exercise in sheet.exercises:
            sign, words = standing(progress.of(exercise.name))
            points = f"{progress.points_of(exercise):g}/{exercise.points} points"
            line = f"  {sign} {exercise.name:<{longest}}  {points:<12}  {exercise.minutes:>2} min"
            line += f"  {DIFFICULTIES[exercise.difficulty]:<9}  {words}"
            console.print(Text(line, style="green" if words == "passed" else ""))
    return 0
