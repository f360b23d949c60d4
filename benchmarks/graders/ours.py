"""`course grade`, as the benchmark drives it."""

import sys

from benchmarks.graders.classroom import SHEET, fill_notebook, handout
from course_lib.grading.classroom.record import Record


class Ours:
    """The grader of this course."""

    name = "course grade"

    def version(self):
        """Version of the course."""
        from course_lib import __version__

        return __version__

    def prepare(self, folder):
        """Nothing has to be set up: the sheet is part of the course."""

    def stage(self, folder, papers, processes):
        """Writes the notebooks that are handed in.

        Args:
            folder: An empty folder.
            papers: List of `Paper`.
            processes: How many may work at once.

        Returns:
            List of commands that grade them.
        """
        (folder / "submissions").mkdir()
        for paper in papers:
            text = fill_notebook(handout(), paper.answers)
            (folder / "submissions" / f"{paper.student}_{SHEET}.ipynb").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "course_lib.cli", "grade", "submissions", "--out", "graded"]
        return [[*command, "--sheet", SHEET, "--seed", "1", "--jobs", str(processes)]]

    def points(self, folder, papers):
        """Points by student and exercise; None for a student without a mark."""
        return {paper.student: self._points_of(folder, paper.student) for paper in papers}

    def _points_of(self, folder, student):
        path = folder / "graded" / "records" / f"{student}.json"
        if not path.exists():
            return None
        record = Record.from_json(path.read_text(encoding="utf-8"))
        if record.status == "fault":
            return None
        return {mark.verdict.exercise: mark.verdict.points for mark in record.exercises}
