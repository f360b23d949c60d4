"""`course export`: the course for learners, as a repository, for Gradescope, for Otter."""

import sys
import tomllib

from course_lib.authoring.exports import (
    ExportError,
    choose_sheets,
    gradescope_files,
    otter_files,
    repository_files,
    student_files,
    write_folder,
    write_zip,
)
from course_lib.authoring.folders import project_folder
from course_lib.grading.judging.exercise import UnknownExercise

# kind: (what it is, where it goes when not said)
KINDS = {
    "student": ("a zip for learners: chapters, blank sheets, checks, no solutions", "course-student.zip"),
    "repository": ("a folder to push: the same, with a workflow that judges and links for a hub", "course"),
    "gradescope": ("an autograder for one sheet, to upload to Gradescope", "autograder.zip"),
    "otter": ("a folder of master notebooks for `otter assign`", "otter"),
}
NEXT_STEPS = {
    "student": "Hand it out; its README.md says how to start. No solution is in it.",
    "repository": (
        "Next: cd {out} && git init -b main && git add -A && git commit -m 'The course', and push it.\n"
        "On GitHub, make it a template; what learners push is judged by .github/workflows/judge.yml.\n"
        "No solution is in it."
    ),
    "gradescope": (
        "On Gradescope, Configure Autograder: choose Ubuntu 22.04 or newer and a container of 3 GB, upload\n"
        "it, and try a solved and a blank sheet. Keep it to yourself: it holds the checks."
    ),
    "otter": (
        "Next: cd {out} && otter assign {sheet}.ipynb dist\n"
        "dist/student goes to learners, dist/autograder has the zip for `otter run` and Gradescope. Otter\n"
        "judges in the kernel of the submission: for marks that hold against cheating use `course grade`."
    ),
}


def add_arguments(parser):
    """The options of `course export`."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="|".join(KINDS))
    for kind, (words, place) in KINDS.items():
        options = kinds.add_parser(kind, help=words, description=words[0].upper() + words[1:] + ".")
        is_single = kind == "gradescope"
        options.add_argument(
            "--sheet",
            dest="sheets",
            nargs=1 if is_single else "+",
            required=is_single,
            default=[],
            metavar="SHEET",
            help="name of the sheet, e.g. 03_attention" if is_single else "names of sheets (default: all)",
        )
        if kind == "repository":
            options.add_argument("--hub", default="", metavar="ADDRESS", help="a JupyterHub: adds RELEASE.md")
            options.add_argument(
                "--address", metavar="ADDRESS", help="of the repository (default: the course's)"
            )
            options.add_argument("--branch", default="main", help="that learners are given (default: main)")
        options.add_argument("--out", default=place, metavar="PATH", help=f"where to (default: {place})")


def published_at(root):
    """The address that the course is published at, or nothing: `Repository` under `[project.urls]`."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return table["project"].get("urls", {}).get("Repository", "")


def main(arguments):
    """Exports; the exit status is 0, or 2 when nothing was written."""
    try:
        root = project_folder()
        sheets = choose_sheets(arguments.sheets)
        if arguments.kind == "student":
            write_zip(arguments.out, student_files(root, sheets))
        elif arguments.kind == "repository":
            address = published_at(root) if arguments.address is None else arguments.address
            files = repository_files(root, sheets, address, arguments.hub, arguments.branch)
            write_folder(arguments.out, files)
        elif arguments.kind == "gradescope":
            write_zip(arguments.out, gradescope_files(root, sheets[0]))
        else:
            write_folder(arguments.out, otter_files(root, sheets))
    except (ExportError, UnknownExercise, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Wrote {arguments.out}: {', '.join(sheet.name for sheet in sheets)}.")
    print(NEXT_STEPS[arguments.kind].format(out=arguments.out, sheet=sheets[0].name))
    return 0
