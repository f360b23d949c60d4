"""`course progress`: how far the learner is, chapter by chapter."""

import sys
from pathlib import Path

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.table import Table

from course_lib.grading.commands.watch import current_exercise
from course_lib.grading.judging.exercise import load_sheets
from course_lib.grading.practice.progress import Progress, is_course
from course_lib.grading.questions import load_questions


def add_arguments(parser):
    """`course progress` takes no options."""


def main(arguments):
    """Prints one bar per chapter, the total, and what comes next; exit status 2 where there is no course."""
    progress, console = Progress(), Console(highlight=False)
    if not progress.path.exists() and not is_course():
        print(
            f"There is no course in {Path.cwd()} or above it, and no progress is kept here. "
            "Run `course progress` in the folder of the course.",
            file=sys.stderr,
        )
        return 2
    table = Table(box=None, show_header=False, pad_edge=False)
    earned = possible = right = asked = 0
    for sheet in load_sheets():
        points = sum(progress.points_of(exercise) for exercise in sheet.exercises)
        passed = sum(progress.of(exercise.name)["passed"] for exercise in sheet.exercises)
        bar = ProgressBar(total=max(sheet.points, 1), completed=points, width=7)
        words = f"{passed} of {len(sheet.exercises)} passed"
        questions = load_questions(sheet.name)
        answered = progress.num_right(questions)
        of_questions = f"{answered}/{len(questions)} questions"
        table.add_row(sheet.name, bar, f"{points:g}/{sheet.points} points", words, of_questions)
        earned, possible = earned + points, possible + sheet.points
        right, asked = right + answered, asked + len(questions)
    console.print(table)
    following = current_exercise(progress)
    said = f"{earned:g} of {possible} points. {right} of {asked} questions right. "
    console.print(said + (f"Next: {following}" if following else "All done."))
    kept = f"Kept in {progress.path}" if progress.path.exists() else "Nothing is kept yet."
    console.print(kept, style="dim", soft_wrap=True)
    return 0
