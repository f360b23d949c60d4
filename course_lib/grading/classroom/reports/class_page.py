"""What the instructor gets: one page on the whole class."""

from statistics import mean, median

from course_lib.grading.classroom.reports.class_statistics import exercise_rows, most_frequent
from course_lib.grading.classroom.reports.figures import (
    KIND_COLOURS,
    KIND_WORDS,
    as_svg,
    mistake_bars,
    passed_bars,
    points_histogram,
)
from course_lib.grading.classroom.reports.page import render

NUM_MOST_FREQUENT = 12


def class_page(records, run):
    """Writes the page of a class: points, exercises, misconceptions, findings, and who needs a look.

    Args:
        records: `Record`s; those of students are linked as `students/<file name>.html`.
        run: facts of the run to show, in order: words → value, list of values, or None for "not said".

    Returns:
        a self-contained HTML page.

    Example:
        >>> from course_lib.grading.classroom.record import Record
        >>> record = Record("ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "fault")
        >>> "1 not marked" in class_page([record], {"seed": 7})
        True
    """
    records = sorted(records, key=lambda record: (record.student.casefold(), record.student))
    rows = exercise_rows(records)
    points = [record.points for record in records if record.status != "fault"]
    possible = max((record.possible for record in records), default=0)
    return render(
        "class_page.html",
        records=records,
        run={words.replace("_", " "): _facts(value) for words, value in run.items() if value is not None},
        faults=[record for record in records if record.status == "fault"],
        unreadable=[record for record in records if record.status == "unreadable"],
        late=[record for record in records if record.is_late],
        findings=[(record, finding) for record in records for finding in record.findings],
        points=points,
        possible=possible,
        rows=rows,
        seconds=sorted(record.seconds for record in records),
        kinds=[(KIND_COLOURS[kind], KIND_WORDS[kind]) for kind in KIND_COLOURS],
        mean=mean,
        median=median,
        **_plots(rows, points, possible),
    )


def _facts(value):
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _plots(rows, points, possible):
    """The figures, each under the name that the template has for it; None where there is nothing to show."""
    plots = {"histogram": None, "shares": None, "frequent": None, "mistakes": {}}
    if points and possible:
        figure = points_histogram(points, possible)
        plots["histogram"] = as_svg(figure, "points", "Histogram of points; the table of students has them.")
    if rows:
        words = "Share of students who passed each exercise; the table below has the numbers."
        plots["shares"] = as_svg(passed_bars(rows), "shares", words)
    frequent = most_frequent(rows, NUM_MOST_FREQUENT)
    if frequent:
        figure = mistake_bars(frequent, len(frequent[0].students), names_exercise=True)
        plots["frequent"] = as_svg(figure, "frequent", "The most frequent mistakes of all exercises.")
    longest = max((len(mistake.students) for row in rows for mistake in row.misconceptions), default=0)
    for number, row in enumerate(rows):
        if row.misconceptions:
            figure = mistake_bars(row.misconceptions, longest, names_exercise=False)
            words = f"Students per diagnosis of {row.exercise}; the table below has the numbers."
            plots["mistakes"][row.exercise] = as_svg(figure, f"mistakes{number}", words)
    return plots
