"""`course progress`: how far the learner is, chapter by chapter."""

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.table import Table

from course_lib.grading.commands.watch import current_exercise
from course_lib.grading.judging.exercise import load_sheets
from course_lib.grading.practice.progress import Progress


def add_arguments(parser):
    """`course progress` takes no options."""


def main(arguments):
    """Prints one bar per chapter, the total, and what comes next."""
    progress, console = Progress(), Console(highlight=False)
    table = Table(box=None, show_header=False, pad_edge=False)
    earned = possible = 0
    for sheet in load_sheets():
        points = sum(exercise.points for exercise in sheet.exercises if progress.of(exercise.name)["passed"])
        passed = sum(progress.of(exercise.name)["passed"] for exercise in sheet.exercises)
        bar = ProgressBar(total=max(sheet.points, 1), completed=points, width=24)
        words = f"{passed} of {len(sheet.exercises)} exercises"
        table.add_row(sheet.name, bar, f"{points}/{sheet.points} points", words)
        earned, possible = earned + points, possible + sheet.points
    console.print(table)
    following = current_exercise(progress)
    console.print(f"{earned} of {possible} points. " + (f"Next: {following}" if following else "All done."))
    console.print(f"Kept in {progress.path}", style="dim", soft_wrap=True)
    return 0
