"""`course hint`: the next hint for an exercise."""

import sys

from course_lib.grading.judging.exercise import UnknownExercise, find_exercise
from course_lib.grading.practice.progress import Progress


def add_arguments(parser):
    """The options of `course hint`."""
    parser.add_argument("name", help="name of the exercise")


def main(arguments):
    """Prints the hint, one layer deeper each time."""
    try:
        exercise = find_exercise(arguments.name)
    except UnknownExercise as error:
        print(error, file=sys.stderr)
        return 2
    progress = Progress()
    were_all_given = progress.had_all_hints(exercise)
    number = progress.next_hint(exercise) + 1
    print(f"Hint {number} of {len(exercise.hints)}: {exercise.hints[number - 1]}")
    if were_all_given:
        print(f"There is no further one. `course solution {exercise.name} --give-up` shows our solution.")
    return 0
