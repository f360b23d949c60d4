"""A record as Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/)."""

from course_lib.grading.classroom.reports.text import tidy, tidy_line


class NoMark(RuntimeError):
    """Raised for a fault of the grader: there is no mark, so nothing may be uploaded."""


def gradescope_results(record):
    """Turns a record into what `/autograder/results/results.json` must hold.

    Students see, per exercise, the verdict in full. Findings go to a test that is hidden: Gradescope never
    shows it to students and always to instructors.

    **A fault is no zero.** Gradescope has no way to say "no mark yet": a results file must hold a score, its
    harness uploads a score of 0 itself when the file is not JSON or the time is over, and without any results
    file it uploads no score but reports that "the autograder failed to execute correctly", which students see
    and instructors can answer with *Regrade submission*. So a fault must end without a results file: this
    function raises, and the program that called it is to exit with an error, having printed the reason
    (standard output is shown to instructors only).

    Args:
        record: a `Record`.

    Returns:
        a dict ready for `json.dump`.

    Raises:
        NoMark: for a fault; the message is for the instructor.

    Example:
        >>> from course_lib.grading.classroom.record import Record
        >>> record = Record("ada", "ada.py", "0" * 64, ("03_attention",), 7, "bubblewrap", "unreadable")
        >>> gradescope_results(record)["score"]
        0
    """
    if record.status == "fault":
        raise NoMark(
            "The grader failed, so there is no mark and no results file; grade this submission again. "
            f"What happened: {tidy(record.problem)}"
        )
    tests = [_test(mark) for mark in record.exercises]
    if record.findings:
        tests.append(_findings(record.findings))
    remarks = [record.problem] if record.problem else []
    remarks += record.notes
    if record.is_late:
        remarks.append("Handed in after the deadline.")
    remarks.append(f"Seed {record.seed}, isolation: {record.tier}.")
    return {
        "score": record.points,
        "execution_time": round(record.seconds, 1),
        "output": "\n".join(tidy(remark) for remark in remarks),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "seed": record.seed,
            "tier": record.tier,
            "sheets": list(record.sheets),
            "status": record.status,
            "sha256": record.sha256,
            "is_late": record.is_late,
        },
    }


def _test(mark):
    verdict = mark.verdict
    _, _, words = str(verdict).partition("\n")  # Gradescope shows the headline itself
    output = tidy(words, longest=12_000)
    if mark.printed.strip():
        output += f"\n\nWhat it printed:\n{tidy(mark.printed)}"
    return {
        "name": tidy_line(verdict.exercise),
        "score": verdict.points,
        "max_score": verdict.possible,
        "status": "passed" if verdict.passed else "failed",
        "output": output,
        "output_format": "text",
        "visibility": "visible",
        "extra_data": {"seed": verdict.seed, "diagnosis": verdict.diagnosis},
    }


def _findings(findings):
    lines = []
    for finding in findings:
        place = ", ".join(tidy_line(part) for part in (finding.exercise or "", finding.place) if part)
        lines.append(f"{place or 'submission'}: {tidy_line(finding.message, 500)}")
        if finding.source:
            lines.append(f"    {tidy_line(finding.source)}")
    return {
        "name": "Findings to weigh (instructors only, no effect on the mark)",
        "output": tidy("\n".join(lines), longest=12_000),
        "output_format": "text",
        "visibility": "hidden",
    }
