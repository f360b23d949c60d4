"""nbgrader, as the benchmark drives it: one `nbgrader autograde` for each share of the class."""

import json
import shutil
from pathlib import Path

from benchmarks.graders.classroom import SHEET, fill_notebook
from benchmarks.graders.commands import run
from benchmarks.graders.peer_sheet import nbgrader_notebook

READ_GRADES = """
import json, sys
from nbgrader.api import Gradebook

points = {}
for path in sys.argv[2:]:
    with Gradebook("sqlite:///" + path) as book:
        for submission in book.assignment_submissions(sys.argv[1]):
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            points[submission.student.id] = {grade.name: grade.auto_score for grade in grades}
print(json.dumps(points))
"""


class Nbgrader:
    """nbgrader in an environment of its own.

    Args:
        python: Path of that environment's Python.
    """

    name = "nbgrader autograde"

    def __init__(self, python):
        self.python = Path(python).absolute()
        self.course = self.blank = None

    def version(self):
        """Version of nbgrader."""
        return run([self.python, "-c", "import nbgrader; print(nbgrader.__version__)"], ".").strip()

    def _command(self, subcommand, course):
        return [self.python, "-m", "nbgrader", subcommand, SHEET, f"--CourseDirectory.root={course}"]

    def prepare(self, folder):
        """Makes the assignment in an empty folder, as `nbgrader generate_assignment` does."""
        path = folder / "source" / SHEET / f"{SHEET}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(nbgrader_notebook(), encoding="utf-8")
        run(self._command("generate_assignment", folder), folder)
        self.course = folder
        self.blank = (folder / "release" / SHEET / f"{SHEET}.ipynb").read_text(encoding="utf-8")

    def stage(self, folder, papers, processes):
        """Writes the notebooks that are handed in, and returns the commands that grade them.

        Every process gets a course folder and a gradebook of its own: SQLite has one writer at a time.
        """
        courses = [folder / f"course{number}" for number in range(min(processes, len(papers)))]
        for number, course in enumerate(courses):
            shutil.copytree(self.course, course)
            for paper in papers[number :: len(courses)]:
                path = course / "submitted" / paper.student / SHEET / f"{SHEET}.ipynb"
                path.parent.mkdir(parents=True)
                path.write_text(fill_notebook(self.blank, paper.answers), encoding="utf-8")
        return [self._command("autograde", course) for course in courses]

    def points(self, folder, papers):
        """Points by student and exercise; None for a student without a mark."""
        books = sorted(folder.glob("course*/gradebook.db"))
        graded = json.loads(run([self.python, "-c", READ_GRADES, SHEET, *books], folder).splitlines()[-1])
        return {paper.student: self._points_of(graded.get(paper.student)) for paper in papers}

    def _points_of(self, grades):
        if grades is None or None in grades.values():
            return None
        return {name.removesuffix("-test"): score for name, score in grades.items()}
