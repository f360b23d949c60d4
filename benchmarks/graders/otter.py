"""otter-grader, as the benchmark drives it: one `otter run` for each submission."""

import json
from pathlib import Path

from benchmarks.graders.classroom import SHEET, fill_notebook
from benchmarks.graders.commands import run
from benchmarks.graders.peer_sheet import otter_notebook


class Otter:
    """otter-grader in an environment of its own.

    Args:
        python: Path of that environment's Python.
    """

    name = "otter run"

    def __init__(self, python):
        self.python = Path(python).absolute()
        self.autograder = self.blank = None

    def version(self):
        """Version of otter-grader."""
        return run([self.python, "-c", "import otter; print(otter.__version__)"], ".").strip()

    def prepare(self, folder):
        """Makes the assignment in an empty folder; otter's own test of the solution is part of it."""
        (folder / f"{SHEET}.ipynb").write_text(otter_notebook(), encoding="utf-8")
        run([self.python, "-m", "otter", "assign", f"{SHEET}.ipynb", "dist", "--no-pdfs"], folder)
        (self.autograder,) = (folder / "dist" / "autograder").glob("*.zip")
        self.blank = (folder / "dist" / "student" / f"{SHEET}.ipynb").read_text(encoding="utf-8")

    def stage(self, folder, papers, processes):
        """Writes the notebooks that are handed in, and returns the commands that grade them."""
        (folder / "autograder.zip").write_bytes(self.autograder.read_bytes())
        for paper in papers:
            (folder / "submissions" / paper.student).mkdir(parents=True)
            (folder / "graded" / paper.student).mkdir(parents=True)
            path = folder / "submissions" / paper.student / f"{SHEET}.ipynb"
            path.write_text(fill_notebook(self.blank, paper.answers), encoding="utf-8")
        return [self._command(paper.student) for paper in papers]

    def _command(self, student):
        paths = [f"submissions/{student}/{SHEET}.ipynb", "-a", "autograder.zip", "-o", f"graded/{student}"]
        return [self.python, "-m", "otter", "run", *paths, "--no-logo"]

    def points(self, folder, papers):
        """Points by student and exercise; None for a student without a mark."""
        return {paper.student: self._points_of(folder / "graded" / paper.student) for paper in papers}

    def _points_of(self, folder):
        path = folder / "results.json"
        if not path.exists():
            return None
        tests = json.loads(path.read_text(encoding="utf-8"))["tests"]
        points = {test["name"]: test["score"] for test in tests if "score" in test}
        return points or None
