"""`course list`: all exercises, their points, and where the learner stands."""

from rich.console import Console
from rich.table import Table

from course_lib.grading.judging.exercise import DIFFICULTIES, load_sheets
from course_lib.grading.practice.progress import Progress


def add_arguments(parser):
    """`course list` takes no options."""


def state_of(record):
    """Where an exercise stands, in words."""
    if record["passed"]:
        return "✓ passed"
    if record["attempts"]:
        return f"tried {record['attempts']}×"
    return "open"


def main(arguments):
    """Prints the table."""
    progress = Progress()
    table = Table(box=None, header_style="bold", pad_edge=False)
    sheets = load_sheets()
    longest = max(len(exercise.name) for sheet in sheets for exercise in sheet.exercises)
    table.add_column("chapter")
    table.add_column("exercise", min_width=longest, no_wrap=True)  # to be typed again: never cut
    for heading in ("points", "minutes", "difficulty", "state"):
        table.add_column(heading, justify="right" if heading in ("points", "minutes") else "left")
    for sheet in sheets:
        for number, exercise in enumerate(sheet.exercises):
            state = state_of(progress.of(exercise.name))
            table.add_row(
                "" if number else sheet.name,
                exercise.name,
                str(exercise.points),
                str(exercise.minutes),
                DIFFICULTIES[exercise.difficulty],
                state,
                style="green" if state == "✓ passed" else "",
            )
    Console(highlight=False).print(table)
    return 0
