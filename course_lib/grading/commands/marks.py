"""`course marks`: puts the marks of a grading run into the table of a learning platform."""

import sys
from pathlib import Path

from course_lib.files import write_whole
from course_lib.grading.classroom.gradebook import read_records
from course_lib.grading.classroom.platforms import (
    Table,
    fill_canvas,
    fill_gradescope,
    fill_moodle,
    marks_of_sheet,
    read_ids,
)
from course_lib.grading.judging.exercise import UnknownExercise

PLATFORMS = {"canvas": fill_canvas, "moodle": fill_moodle, "gradescope": fill_gradescope}


def add_arguments(parser):
    """The options of `course marks`."""
    parser.add_argument("platform", choices=PLATFORMS, help="whose table it is")
    parser.add_argument("marks", metavar="MARKS", help="the folder that `course grade` wrote")
    parser.add_argument(
        "table",
        metavar="TABLE",
        help="Canvas: the exported gradebook. Moodle: the grading worksheet or the exported gradebook. "
        "Gradescope: the roster or the downloaded grades",
    )
    parser.add_argument("--assignment", metavar="COLUMN", help="the column to fill (Canvas needs it)")
    parser.add_argument("--sheet", metavar="NAME", help="the points of this sheet alone")
    parser.add_argument("--ids", metavar="FILE", help="a table with the columns student and id: who is who")
    parser.add_argument("--by", metavar="COLUMN", help="the column of TABLE that has the ids")
    parser.add_argument("--scale", action="store_true", help="hand in shares of what the platform counts")
    parser.add_argument("--out", metavar="FILE", help="where to (default: MARKS/PLATFORM.csv)")


def main(arguments):
    """Writes the filled table; the exit status is 0, or 2 when nothing was written."""
    try:
        out = Path(arguments.out or Path(arguments.marks, f"{arguments.platform}.csv"))
        if out.exists() and out.samefile(arguments.table):
            raise ValueError(f"Expected another file than the platform's own for the marks. Received: {out}.")
        if arguments.platform == "canvas" and not arguments.assignment:
            raise ValueError("Canvas' gradebook has many columns: name the one to fill with --assignment.")
        marks = marks_of_sheet(read_records(arguments.marks), arguments.sheet)
        filled = PLATFORMS[arguments.platform](
            Table.read(arguments.table),
            marks,
            arguments.assignment,
            read_ids(arguments.ids) if arguments.ids else None,
            arguments.by,
            arguments.scale,
        )
        write_whole(out, filled.text)
    except (UnknownExercise, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Wrote {out}: {filled.num_filled} marks in the column {filled.column!r}.")
    for note in filled.notes:
        print(f"  {note}")
    return 0
