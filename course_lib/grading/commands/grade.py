"""`course grade`: marks a folder of submissions."""

import datetime
import os
import secrets
import sys
from collections import Counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from course_lib import __version__
from course_lib.grading.classroom.grade_one import derive_seed
from course_lib.grading.classroom.gradebook import Gradebook
from course_lib.grading.classroom.intake import UnreadableSubmission
from course_lib.grading.classroom.local_run import grade_here
from course_lib.grading.classroom.submissions import find_submissions
from course_lib.grading.classroom.submitted_sheets import choose_file, read_sheets
from course_lib.grading.commands.check import add_limits, limits_of
from course_lib.grading.judging.exercise import UnknownExercise, find_sheet, load_sheets
from course_lib.grading.sandbox.isolation import LimitsOnly, strongest


def add_arguments(parser):
    """The options of `course grade`."""
    parser.add_argument("submissions", help="folder of submissions: .ipynb, .py, a folder or a .zip each")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="folder for marks and reports")
    parser.add_argument(
        "--sheet",
        action="append",
        metavar="NAME",
        help="sheet to mark, e.g. 03_attention; may be repeated (default: those most students handed in)",
    )
    parser.add_argument("--seed", type=int, help="give the marks of an earlier run again, bit for bit")
    parser.add_argument("--due", metavar="TIME", help="deadline, ISO 8601; what came later is marked late")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="submissions at a time")
    parser.add_argument("--regrade", action="store_true", help="mark again what was marked before")
    parser.add_argument(
        "--trust-submissions",
        action="store_true",
        help="mark even where nothing isolates the submissions from this machine",
    )
    parser.add_argument("--dask", metavar="ADDRESS", help="mark on the workers of a dask.distributed cluster")
    add_limits(parser)


def choose_isolation(is_trusted):
    """The strongest tier there is, if it is strong enough for other people's code.

    Args:
        is_trusted: whether the submissions are trusted with this machine.

    Returns:
        a pair: the tier, and words on why no stronger one was taken.

    Raises:
        RuntimeError: when nothing isolates the submissions and they are not trusted.
    """
    tier, reasons = strongest()
    if tier is LimitsOnly and not is_trusted:
        raise RuntimeError(
            "Nothing here isolates submissions from this machine, nor their marks from them: "
            f"{'; '.join(reasons)}. Install bubblewrap (Linux), or grade in a container as root. If "
            "you trust every submission with this machine, add --trust-submissions."
        )
    return tier, reasons


def sheets_handed_in(submissions):
    """The sheets that at least half of the readable submissions hold a file for."""
    counts, readable = Counter(), 0
    for submission in submissions:
        try:
            files = read_sheets(submission.path)
        except (UnreadableSubmission, OSError):
            continue
        readable += 1
        counts.update(sheet.name for sheet in load_sheets() if choose_file(files, sheet) is not None)
    return [sheet for sheet in load_sheets() if readable and counts[sheet.name] * 2 >= readable]


def settle(arguments, earlier, submissions):
    """What the run is to do: its seed and sheets, those of an earlier run in the same folder first.

    Raises:
        ValueError: when an earlier run was asked for something else.
        UnknownExercise: for a sheet that does not exist.
    """
    wanted = [find_sheet(name) for name in arguments.sheet or ()]
    asked = {
        "sheets": [sheet.name for sheet in wanted] or None,
        "seed": arguments.seed,
        "course": __version__,
    }
    if not arguments.regrade:
        for key, value in asked.items():
            if earlier and value is not None and value != earlier.get(key):
                raise ValueError(
                    f"The marks in {arguments.out} have {key} {earlier.get(key)}. Received: {value}. "
                    "Use another folder, or --regrade to mark everything anew."
                )
        wanted = wanted or [find_sheet(name) for name in earlier.get("sheets", ())]
    sheets = wanted or sheets_handed_in(submissions)
    if not sheets:
        raise ValueError("No sheet of the course is in most of the submissions; name one with --sheet.")
    seed = arguments.seed
    if seed is None:
        seed = earlier.get("seed", secrets.randbits(32))
    return sheets, seed


def main(arguments):
    """Marks a folder.

    The exit status is 0 when every submission has its marks, 1 when the grader failed on some, 2 when it
    could not begin, 130 when interrupted.
    """
    console = Console(highlight=False, soft_wrap=True)
    try:
        if arguments.jobs < 1:
            raise ValueError(f"--jobs must be at least 1. Received: {arguments.jobs}.")
        names = [find_sheet(name).name for name in arguments.sheet or ()]
        submissions = find_submissions(arguments.submissions, arguments.due, names)
        if not submissions:
            raise ValueError(f"There is no submission in {arguments.submissions}.")
        with Gradebook(arguments.out) as gradebook:
            return grade_folder(arguments, console, gradebook, submissions)
    except (UnknownExercise, OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def grade_folder(arguments, console, gradebook, submissions):
    """Marks what has no mark yet, and writes the reports."""
    sheets, seed = settle(arguments, gradebook.settings(), submissions)
    names = [sheet.name for sheet in sheets]
    exercises = [exercise.name for sheet in sheets for exercise in sheet.exercises]
    gradebook.comments([submission.student for submission in submissions], exercises)  # before hours of work
    tier = None
    if not arguments.dask:
        tier, reasons = choose_isolation(arguments.trust_submissions)
        console.print(f"Isolation: {tier.name} ({tier.detail})")
        for reason in reasons:
            console.print(f"  nothing stronger: {reason}")
    run = {
        "seed": seed,
        "sheets": names,
        "isolation": tier.name if tier else "that of each worker of the cluster",
        "course": __version__,
        "started": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "due": arguments.due,
        "seconds for an exercise": arguments.seconds,
        "memory for an exercise in GB": arguments.memory,
    }
    if arguments.regrade:
        gradebook.put_records_aside()
    gradebook.save_settings(run)
    found = [gradebook.find(each, names, derive_seed(seed, each.student)) for each in submissions]
    records = {record.student: record for record in found if record is not None}
    for problem in gradebook.problems:
        console.print(problem, markup=False)
    console.print(
        f"{len(submissions)} submissions, sheet {', '.join(names)}, seed {seed}"
        + (f"; {len(records)} were marked before" if records else "")
    )
    waiting = [submission for submission in submissions if submission.student not in records]
    is_interrupted = False
    try:
        mark(arguments, console, waiting, sheets, seed, tier, gradebook, records)
    except KeyboardInterrupt:
        is_interrupted = True
    done = [records[submission.student] for submission in submissions if submission.student in records]
    gradebook.write_reports(done, run)
    return conclude(console, arguments.out, submissions, done, is_interrupted)


def mark(arguments, console, submissions, sheets, seed, tier, gradebook, records):
    """Marks submissions here or on a cluster, keeps each record as it comes, and shows how far it is."""
    columns = (TextColumn("Marking"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    limits = limits_of(arguments)
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Marking", total=len(submissions))

        def keep(record):
            gradebook.save(record)
            records[record.student] = record
            progress.advance(task)

        if tier is None:
            from course_lib.grading.classroom.cluster import grade_on_cluster

            is_trusted = arguments.trust_submissions
            grade_on_cluster(submissions, sheets, seed, limits, arguments.dask, is_trusted, keep)
        else:
            grade_here(submissions, sheets, seed, tier, limits, arguments.jobs, keep)


def conclude(console, folder, submissions, records, is_interrupted):
    """Says how the run ended, and returns its exit status."""
    counts = Counter(record.status for record in records)
    words = [f"{counts['marked']} marked"]
    words += [f"{counts['unreadable']} unreadable (zero points, said why)"] if counts["unreadable"] else []
    words += [f"{counts['fault']} without a mark, for the grader failed"] if counts["fault"] else []
    console.print(", ".join(words) + f". Marks: {folder}/marks.csv. The class: {folder}/class.html.")
    for record in records:
        if record.status == "fault":
            console.print(f"  {record.student}: {record.problem.splitlines()[0][:300]}", markup=False)
    if is_interrupted:
        console.print(f"Interrupted with {len(submissions) - len(records)} to go: the same command goes on.")
        return 130
    if counts["fault"]:
        console.print("The same command marks these again and leaves the others alone.")
    return 1 if counts["fault"] else 0
