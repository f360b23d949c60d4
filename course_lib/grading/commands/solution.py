"""`course solution`: our solution of an exercise, once the learner's own has passed."""

import sys

from course_lib.grading.judging.exercise import UnknownExercise, find_exercise
from course_lib.grading.practice.progress import Progress
from course_lib.grading.practice.solution_code import read_solution


def add_arguments(parser):
    """The options of `course solution`."""
    parser.add_argument("name", help="name of the exercise")
    parser.add_argument(
        "--give-up", action="store_true", help="show it even though no answer of yours has passed"
    )


def main(arguments):
    """Prints the code; exit status 0, 1 while it is not open yet, 2 when there is none."""
    try:
        exercise = find_exercise(arguments.name)
        if not arguments.give_up and not Progress().of(exercise.name)["passed"]:
            print(
                f"The solution opens once {exercise.name} has passed. `course hint {exercise.name}` helps on "
                f"the way; `course solution {exercise.name} --give-up` shows it now.",
                file=sys.stderr,
            )
            return 1
        print(read_solution(exercise))
    except (UnknownExercise, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0
