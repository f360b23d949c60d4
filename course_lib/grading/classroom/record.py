"""What a grading run knows of one submission, as data that goes to JSON and back unchanged."""

import json
from dataclasses import asdict, dataclass, field, fields

from course_lib.grading.classroom.findings import Finding
from course_lib.grading.judging.stored import read_stored
from course_lib.grading.judging.verdict import Verdict

FORMAT = 1
STATUSES = ("marked", "unreadable", "fault")


@dataclass(frozen=True)
class ExerciseMark:
    """The verdict on one exercise, the seconds its calls took, what it printed, and the code it is about."""

    verdict: Verdict
    seconds: float = 0.0
    printed: str = ""
    code: str = ""


@dataclass(frozen=True)
class Record:
    """All that came of one submission.

    Attributes:
        student: who handed it in.
        path: the file or folder, relative to the folder of submissions.
        sha256: hash of its bytes: what tells whether it was marked before.
        sheets: names of the sheets it was judged on.
        seed: seed of the submission; `course grade-one PATH --seed SEED` gives the same marks again.
        tier: isolation it ran under: `"bubblewrap"`, `"separate user"`, `"limits only"`.
        status: `"marked"`; `"unreadable"` when no sheet could be read from it (every mark is zero, and
            `problem` says why); `"fault"` when the grader failed, which is no mark at all.
        problem: what was wrong, in words for the student (unreadable) or the instructor (fault).
        exercises: `ExerciseMark` per exercise of the sheets, in order; empty for a fault.
        findings: `Finding`s for the instructor.
        notes: remarks for the student, e.g. which of several files counted.
        submitted_at: ISO 8601 time, or None.
        is_late: whether that is after the deadline.
        seconds: wall-clock seconds of the whole submission.
    """

    student: str
    path: str
    sha256: str
    sheets: tuple[str, ...]
    seed: int
    tier: str
    status: str
    problem: str = ""
    exercises: tuple[ExerciseMark, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    submitted_at: str | None = None
    is_late: bool = False
    seconds: float = 0.0
    format: int = field(default=FORMAT)

    @property
    def points(self):
        """Points earned, or None for a fault: a failure of the grader is never a zero."""
        if self.status == "fault":
            return None
        return round(sum(mark.verdict.points for mark in self.exercises), 2)

    @property
    def possible(self):
        """Points that could be earned."""
        return sum(mark.verdict.possible for mark in self.exercises)

    def marks(self):
        """The part that the same submission and seed must reproduce bit for bit: no times, no places.

        Returns:
            JSON text: student, status, and every verdict in full.
        """
        kept = {
            "student": self.student,
            "status": self.status,
            "seed": self.seed,
            "verdicts": [mark.verdict.as_dict() for mark in self.exercises],
        }
        return json.dumps(kept, sort_keys=True, ensure_ascii=False)

    def to_json(self):
        """The record as JSON text; `from_json` reads it back."""
        return json.dumps(
            asdict(self) | {"points": self.points, "possible": self.possible}, indent=1, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text):
        """Reads what `to_json` wrote.

        Raises:
            ValueError: when the text is no record of this format.

        Example:
            >>> record = Record("ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "unreadable")
            >>> Record.from_json(record.to_json()) == record
            True
        """
        try:
            stored = read_stored(_Stored, text)
        except ValueError as error:
            raise ValueError(f"Not a record of a submission: {error}") from None
        if stored.format != FORMAT or stored.status not in STATUSES:
            received = f"format {stored.format}, status {stored.status!r:.40}"
            raise ValueError(f"Not a record of a submission: expected format {FORMAT}. Received: {received}.")
        names = [field.name for field in fields(cls)]
        return cls(**{name: getattr(stored, name) for name in names})


@dataclass(frozen=True)
class _Stored(Record):
    """A record as it is written: with its sums, which are there for the reader."""

    points: float | None = None
    possible: float = 0
