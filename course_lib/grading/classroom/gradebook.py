"""The folder of a grading run: what was marked stays marked, whatever happens to the run."""

import dataclasses
import json
import secrets
import time
from pathlib import Path

import filelock

from course_lib.files import write_whole
from course_lib.grading.classroom.record import Record
from course_lib.grading.classroom.reports import class_page, marks_table, student_file_name, student_page
from course_lib.grading.classroom.reports.comments import read_comments
from course_lib.grading.judging.stored import as_type, read_stored

SETTINGS = {"seed": int, "sheets": list[str], "course": str}  # what a later run reads of them
LOCK_SECONDS = 2.0  # a child that a killed run was just starting holds its lock for a moment more


def read_records(folder):
    """The records that the reports of a run are about.

    Args:
        folder: the folder that `course grade` wrote.

    Returns:
        list of `Record`, ordered by student.

    Raises:
        ValueError: when it is no such folder, holds no marks yet, or a record cannot be read.
    """
    folder, records = Path(folder), []
    if not (folder / "run.json").is_file():
        raise ValueError(f"Expected a folder of `course grade`. Received: {folder}, without run.json.")
    for page in sorted((folder / "students").glob("*.html")):  # those who have gone have no page
        path = folder / "records" / f"{page.stem}.json"
        try:
            records.append(Record.from_json(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise ValueError(f"{path} cannot be read ({error}): run `course grade` once more.") from None
    if not records:
        raise ValueError(f"There are no marks in {folder} yet: `course grade` puts them there.")
    return sorted(records, key=lambda record: record.student)


class Gradebook:
    """Keeps the records of a run, one file a submission, and writes its reports.

    The folder holds `run.json` (what the run was asked for), `records/`, `students/` (a page each),
    `marks.csv` and `class.html`. What the instructor says goes on the pages of the students: the table
    `comments.csv`, by exercise, and `comments/`, a text file named like a student's page. Every file appears
    whole or not at all. Use it as a context manager: while it is open, no other run can use the folder.

    Args:
        folder: the folder; made when it is not there.

    Attributes:
        problems: sentences on the records that `find` could not read.

    Raises:
        ValueError: when the folder holds other things and no `run.json`.
        RuntimeError: when another run is at work in it.
    """

    def __init__(self, folder):
        self.folder, self.problems = Path(folder), []
        if self.folder.exists() and not (self.folder / "run.json").exists():
            strange = [path.name for path in self.folder.iterdir() if path.name != ".lock"]
            if strange:
                raise ValueError(
                    f"Expected an empty folder or that of an earlier run for the marks. Received: {folder}, "
                    f"which holds {strange[0]!r}."
                )
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = filelock.FileLock(self.folder / ".lock", timeout=LOCK_SECONDS)

    def __enter__(self):
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise RuntimeError(f"Another run is at work in {self.folder}; wait for it to end.") from None
        return self

    def __exit__(self, *exception):
        self._lock.release()

    def settings(self):
        """What the run in this folder was asked for: a dict, empty for a new folder.

        Raises:
            ValueError: when `run.json` cannot be read.
        """
        path = self.folder / "run.json"
        try:
            settings = read_stored(dict, path.read_text(encoding="utf-8"))
            for name in SETTINGS.keys() & settings.keys():
                as_type(SETTINGS[name], settings[name], name)
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise ValueError(f"{path} is not readable: {error}. Use another folder for the marks.") from None
        return settings

    def save_settings(self, settings):
        """Writes what the run was asked for."""
        self._write("run.json", json.dumps(settings, indent=1, ensure_ascii=False) + "\n")

    def find(self, submission, sheets, seed):
        """The record of the very same submission, marked on the same sheets with the same seed.

        Args:
            submission: a `Submission`.
            sheets: names of sheets.
            seed: the seed of the submission.

        Returns:
            a `Record` with today's view of its lateness, or None when it must be marked (again): faults are.
        """
        path = self._record_path(submission.student)
        try:
            record = Record.from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            self.problems.append(f"{path} cannot be read ({error}), and the submission is marked again.")
            return None
        wanted = (submission.sha256, tuple(sheets), seed)
        if (record.sha256, record.sheets, record.seed) != wanted or record.status == "fault":
            return None
        return dataclasses.replace(
            record,
            notes=submission.notes,
            submitted_at=submission.submitted_at,
            is_late=submission.is_late,
            path=submission.name,
        )

    def put_records_aside(self):
        """Renames `records/`, so that everything is marked anew and no earlier mark is lost."""
        records = self.folder / "records"
        if records.exists():
            moment = time.strftime("%Y%m%d-%H%M%S")
            records.rename(self.folder / f"records.until-{moment}-{secrets.token_hex(2)}")

    def save(self, record):
        """Writes a record; when this returns, no crash can lose it."""
        self._write(self._record_path(record.student).relative_to(self.folder), record.to_json() + "\n")

    def write_reports(self, records, run):
        """Writes `marks.csv`, the pages of the students and the page of the class.

        Args:
            records: list of `Record`.
            run: Dict of words and values about the run, for the head of the page of the class.
        """
        pages = {f"students/{student_file_name(record.student)}.html": record for record in records}
        comments = self.comments()  # names were checked at the start; whoever is not marked yet is no mistake
        for name, record in pages.items():
            own = comments.get(record.student, {})
            whole = "\n\n".join(filter(None, (own.get(""), self._comment(record.student))))
            self._write(name, student_page(record, whole, own))
        for path in (self.folder / "students").glob("*.html"):
            if f"students/{path.name}" not in pages:  # of an entry that has gone from the submissions
                path.unlink()
        self._write("marks.csv", marks_table(records))
        self._write("class.html", class_page(records, run))

    def comments(self, students=None, exercises=None):
        """The table `comments.csv`: see `read_comments`.

        Args:
            students: names of those who handed in; not checked when None.
            exercises: names of the exercises that were asked for; not checked when None.
        """
        return read_comments(self.folder / "comments.csv", students, exercises)

    def _comment(self, student):
        path = self.folder / "comments" / f"{student_file_name(student)}.txt"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _record_path(self, student):
        return self.folder / "records" / f"{student_file_name(student)}.json"

    def _write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        # A lone surrogate, which no UTF-8 stands for, is written as the escape that JSON has for it.
        write_whole(path, text.encode("utf-8", errors="backslashreplace"))
