"""`course similarity`: which submissions share code that few others have."""

import sys
from pathlib import Path

from course_lib.files import write_whole
from course_lib.grading.classroom.reports.page import render
from course_lib.grading.classroom.similarity import (
    COMMON_LEAST,
    COMMON_SHARE,
    find_pairs,
    read_code,
    read_codes,
)
from course_lib.grading.classroom.submissions import find_submissions
from course_lib.grading.practice.progress import course_root


def add_arguments(parser):
    """The options of `course similarity`."""
    parser.add_argument("submissions", help="folder of submissions: .ipynb, .py, a folder or a .zip each")
    parser.add_argument("--out", required=True, metavar="FILE", help="the page to write, ending in .html")


def known_files():
    """The sheets that were handed out and the course's solutions, as far as they are at hand."""
    root = course_root()
    files = [*root.glob("exercises/*.ipynb"), *root.glob("exercises/*.py"), *root.glob("solutions/*.py")]
    return sorted(files)


def main(arguments):
    """Writes the page; exit status 0, or 2 when it could not."""
    try:
        if not arguments.out.endswith(".html"):
            raise ValueError(f"--out must end in .html. Received: {arguments.out}.")
        submissions = find_submissions(arguments.submissions)
        if len(submissions) < 2:
            raise ValueError(f"Expected at least two submissions to compare. Received: {len(submissions)}.")
        codes, unread = read_codes(submissions)
        known = known_files()
        texts = [read_code({path.name: path.read_text(encoding="utf-8")}) for path in known]
        pairs = find_pairs(codes, texts)
        page = render(
            "similarity.html",
            pairs=pairs,
            num_compared=len(codes),
            unread=unread,
            known=[f"{path.parent.name}/{path.name}" for path in known],
            most=max(COMMON_LEAST, int(COMMON_SHARE * len(codes))),
        )
        write_whole(Path(arguments.out), page)
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(codes)} submissions compared, {len(pairs)} pairs to look at: {arguments.out}")
    return 0
