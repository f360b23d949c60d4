"""`course hint`: the next hint for an exercise."""

import sys

from course_lib.grading.judging.exercise import UnknownExercise
from course_lib.grading.practice.notebook import hint


def add_arguments(parser):
    """The options of `course hint`."""
    parser.add_argument("name", help="name of the exercise")


def main(arguments):
    """Prints the hint, one layer deeper each time."""
    try:
        print(hint(arguments.name))
    except UnknownExercise as error:
        print(error, file=sys.stderr)
        return 2
    return 0
