"""What the tables of all platforms have in common: one column is filled, everything else stays."""

from dataclasses import dataclass

from course_lib.grading.classroom.platforms.table import TableError


@dataclass(frozen=True)
class Filled:
    """A table with marks in it.

    Attributes:
        text: the table as it is to be written.
        column: name of the column that was filled.
        num_filled: how many lines got a mark.
        notes: what the instructor should know, in words.
    """

    text: str
    column: str
    num_filled: int
    notes: tuple[str, ...] = ()


def parse_points(cell):
    """The number in a cell, with a point or a comma in it, or None.

    Example:
        >>> parse_points("10.0"), parse_points("10,5"), parse_points("(read only)")
        (10.0, 10.5, None)
    """
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def share_of(possible, counted, where, is_scaled):
    """By what a mark is multiplied so that full marks are full marks on the platform.

    Args:
        possible: the points of the sheet.
        counted: the points that the platform counts for it, or None where its table does not say.
        where: words for the place that says so.
        is_scaled: whether marks may be turned into shares of what the platform counts.

    Raises:
        TableError: when the two differ and nothing is to be scaled.
    """
    if counted is None or counted == possible:
        return 1.0
    if not is_scaled or counted <= 0 or not possible:
        raise TableError(
            f"{where} counts {counted:g} points, the marks are of {possible:g}. Change it there, or add "
            "--scale to hand in shares of what it counts."
        )
    return counted / possible


def put(table, found, column, shares, keep=lambda row: None):
    """Puts marks into a column.

    Args:
        table: a `Table`, which is changed.
        found: Dict from the place of a line to its `Mark`.
        column: place of the column.
        shares: function from a line to the factor of its mark.
        keep: function from a line to words on why it must stay as it is, or None.

    Returns:
        a pair: how many were put, and notes on those that were not.
    """
    count, notes = 0, []
    with_comma = table.delimiter == ";"
    for place, mark in sorted(found.items()):
        row = table.rows[place]
        reason = "the grader failed, so there is no mark" if mark.points is None else keep(row)
        if reason:
            notes.append(f"{mark.student}: left as it was, for {reason}.")
            continue
        cell = f"{round(mark.points * shares(row), 2):g}"
        row[column] = cell.replace(".", ",") if with_comma else cell
        count += 1
    return count, notes


def conclude(table, column, ids, count, notes, num_learners):
    """The `Filled` table, with what there is to say about it."""
    text = table.text(ids)
    notes = [*notes]
    if left := num_learners - count - len(notes):
        notes.append(f"{left} lines have no marks here and stayed as they were.")
    notes += [
        f"{place}: an apostrophe was put before what a spreadsheet takes for a formula."
        for place in table.guarded
    ]
    return Filled(text, table.columns[column], count, tuple(notes))
