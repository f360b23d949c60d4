"""`course grade-one`: marks one submission; the same submission and seed give the same marks, anywhere."""

import json
import sys
from pathlib import Path

from course_lib.files import write_whole
from course_lib.grading.classroom.archives import hash_submission
from course_lib.grading.classroom.grade_one import grade_one
from course_lib.grading.classroom.reports import NoMark, gradescope_results
from course_lib.grading.classroom.reports.text import tidy
from course_lib.grading.classroom.roster import parse_entry_name
from course_lib.grading.classroom.submissions import Submission
from course_lib.grading.commands.check import add_limits, limits_of
from course_lib.grading.commands.grade import choose_isolation
from course_lib.grading.judging.exercise import UnknownExercise, find_sheet
from course_lib.grading.sandbox import Sandbox


def add_arguments(parser):
    """The options of `course grade-one`."""
    parser.add_argument("submission", help="a .ipynb or .py file, a folder or a .zip")
    parser.add_argument("--sheet", action="append", required=True, metavar="NAME", help="may be repeated")
    parser.add_argument("--seed", type=int, required=True, help="draws the inputs")
    parser.add_argument("--student", help="who handed it in (default: told from the name of the submission)")
    parser.add_argument("--out", metavar="FILE", help="write the record there, not to standard output")
    parser.add_argument("--gradescope", metavar="FILE", help="write Gradescope's results.json there")
    parser.add_argument(
        "--verdicts",
        action="store_true",
        help="print the verdict on every exercise, and end with 3 unless all have passed",
    )
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="mark even where nothing isolates the submission from this machine",
    )
    add_limits(parser)


def read_submission(path, student):
    """The `Submission` at a path; times play no part in the marks of one.

    Raises:
        FileNotFoundError: when there is nothing.
    """
    if not path.exists():
        raise FileNotFoundError(f"There is no submission {path}.")
    student = student or parse_entry_name(path.name, is_folder=path.is_dir()).student
    return Submission(student, path, path.name, hash_submission(path), None, False)


def verdicts_of(record):
    """The verdicts of a record as plain text, and the sum."""
    lines = [tidy(str(mark.verdict)) for mark in record.exercises]
    passed = sum(mark.verdict.passed for mark in record.exercises)
    if record.status == "unreadable":
        lines = [f"This could not be read, so there was nothing to judge: {tidy(record.problem)}"]
    whole = f"{passed} of {len(record.exercises)} exercises passed"
    return "\n\n".join([*lines, f"{record.points:g} of {record.possible} points, {whole}."])


def main(arguments):
    """Marks; exit status 0 when there is a mark, 1 when the grader failed, 2 when it could not begin.

    With `--verdicts` it is 3 when there is a mark and not every exercise has passed.
    """
    try:
        sheets = [find_sheet(name) for name in arguments.sheet]
        submission = read_submission(Path(arguments.submission).absolute(), arguments.student)
        tier, _ = choose_isolation(arguments.trust_submissions)
        with Sandbox(limits_of(arguments), tier) as sandbox:
            record = grade_one(submission, sheets, arguments.seed, sandbox)
        if arguments.out:
            write_whole(arguments.out, record.to_json() + "\n")
        if record.status == "fault":
            print(f"The grader failed; this is no mark: {record.problem}", file=sys.stderr)
            return 1
        if arguments.gradescope:
            write_whole(
                arguments.gradescope, json.dumps(gradescope_results(record), ensure_ascii=False) + "\n"
            )
        if arguments.verdicts:
            print(verdicts_of(record))
        elif not arguments.out and not arguments.gradescope:
            print(record.to_json())
    except (UnknownExercise, NoMark, OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    is_whole = all(mark.verdict.passed for mark in record.exercises)
    return 3 if arguments.verdicts and not is_whole else 0
