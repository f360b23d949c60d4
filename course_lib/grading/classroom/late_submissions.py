"""The rule for late submissions, and for several of one student.

- What was handed in after the deadline is late. Canvas' mark `_LATE` makes it late too, unless the table
  `submissions.csv` gives its time and there is a deadline to compare it with.
- Of several entries the last that was handed in on time counts; when all are late, the last, which is then
  marked late. With equal times the last by name counts.
- Files that are no sheet, folder or zip count only where there is nothing else.

A late submission is marked like any other and its lateness reported: what it costs is for the instructor.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """A file or folder among the submissions, and what is known of it."""

    path: Path
    name: str
    student: str
    account: str | None
    moment: datetime | None
    is_late: bool
    is_submission: bool

    @property
    def order(self):
        """What the last of several is told by."""
        return (self.moment or datetime.min.replace(tzinfo=UTC), self.name)


def is_late(moment, deadline, has_mark=False, is_listed=False):
    """Whether an entry is late.

    Args:
        moment: when it was handed in, a `datetime`, or None when that is not known.
        deadline: a `datetime`, or None when there is none.
        has_mark: whether its name bears Canvas' mark.
        is_listed: whether the table gives its time.

    Example:
        >>> noon, one = datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 3, 8, 13, tzinfo=UTC)
        >>> is_late(one, noon), is_late(noon, noon), is_late(one, None, has_mark=True)
        (True, False, True)
    """
    is_after = deadline is not None and moment is not None and moment > deadline
    is_compared = is_listed and deadline is not None
    return is_after or (has_mark and not is_compared)


def choose_entry(entries):
    """The entry of a student that counts.

    Args:
        entries: list of `Entry`, not empty.

    Returns:
        a pair: the `Entry`, and a tuple of words on each of the others.
    """
    fit = [entry for entry in entries if entry.is_submission] or entries
    chosen = max([entry for entry in fit if not entry.is_late] or fit, key=lambda entry: entry.order)
    others = [entry for entry in sorted(entries, key=lambda entry: entry.order) if entry is not chosen]
    return chosen, tuple(_note(entry, chosen) for entry in others)


def _note(entry, chosen):
    if chosen.is_submission and not entry.is_submission:
        return f"{entry.name} is no sheet, folder or zip and does not count; {chosen.name} does."
    if entry.is_late and not chosen.is_late:
        return f"{entry.name} was handed in after the deadline; {chosen.name}, on time, counts instead."
    if entry.moment == chosen.moment:
        return f"{chosen.name} was handed in at the same time as {entry.name} and counts, the last by name."
    return f"{chosen.name} was handed in later and counts instead of {entry.name}."
