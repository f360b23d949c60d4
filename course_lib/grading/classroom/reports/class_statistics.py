"""What the records of a class add up to."""

from dataclasses import dataclass
from statistics import median

from course_lib.grading.judging.exercise import UnknownExercise, find_exercise
from course_lib.grading.worker.generic_diagnoses import GENERIC_DIAGNOSES


@dataclass(frozen=True)
class Misconception:
    """One diagnosis of one exercise, and the students who got it.

    `kind` is `"known"` for a mistake of the exercise's own list, `"blank"`, or `"other"`.
    """

    exercise: str
    diagnosis: str
    kind: str
    words: str
    students: tuple[str, ...]

    @property
    def label(self):
        """The diagnosis in a few words, e.g. `wrong axis`."""
        generic = GENERIC_DIAGNOSES.get(self.diagnosis)
        return generic.label if generic else self.diagnosis.replace("_", " ")


@dataclass(frozen=True)
class ExerciseRow:
    """How a class did on one exercise; `misconceptions` by count, the most frequent first."""

    exercise: str
    points: int
    passed: int
    tried: int
    total: int
    median_seconds: float
    longest_seconds: float
    misconceptions: tuple[Misconception, ...]

    @property
    def share(self):
        """The share that passed, from 0 to 1."""
        return self.passed / self.total


def exercise_rows(records):
    """Counts, per exercise, who passed and who got which diagnosis.

    Args:
        records: `Record`s; those that are not marked are left out, since they say nothing of an exercise.

    Returns:
        list of `ExerciseRow`, the hardest exercise first; equal ones in the order of the records.
    """
    entries = {}
    for record in records:
        if record.status == "marked":
            for mark in record.exercises:
                entries.setdefault(mark.verdict.exercise, []).append((record.student, mark))
    return sorted((_row(name, pairs) for name, pairs in entries.items()), key=lambda row: row.share)


def most_frequent(rows, count):
    """The most frequent mistakes of all exercises, blanks left out: those are seen in the shares."""
    tried = [mistake for row in rows for mistake in row.misconceptions if mistake.kind != "blank"]
    return sorted(tried, key=lambda mistake: -len(mistake.students))[:count]


def _row(name, pairs):
    by_diagnosis = {}
    for student, mark in pairs:
        if not mark.verdict.passed:
            by_diagnosis.setdefault(mark.verdict.diagnosis, []).append((student, mark.verdict))
    seconds = [mark.seconds for _, mark in pairs]
    mistakes = [_misconception(name, diagnosis, entries) for diagnosis, entries in by_diagnosis.items()]
    return ExerciseRow(
        name,
        points=pairs[0][1].verdict.possible,
        passed=sum(mark.verdict.passed for _, mark in pairs),
        tried=len(pairs) - len(by_diagnosis.get("not_attempted", ())),
        total=len(pairs),
        median_seconds=median(seconds),
        longest_seconds=max(seconds),
        misconceptions=tuple(sorted(mistakes, key=lambda mistake: -len(mistake.students))),
    )


def _misconception(name, diagnosis, entries):
    try:
        known = find_exercise(name).mistakes
    except UnknownExercise:
        known = {}
    students = tuple(student for student, _ in entries)
    if diagnosis in known:
        return Misconception(name, diagnosis, "known", known[diagnosis].message, students)
    kind = "blank" if diagnosis == "not_attempted" else "other"
    # A mistake that the sheet no longer lists is told in the words the first student read.
    words = "" if diagnosis in GENERIC_DIAGNOSES else entries[0][1].message
    return Misconception(name, diagnosis, kind, words, students)
