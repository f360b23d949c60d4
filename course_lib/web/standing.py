"""What a page is told: where the learner stands, hints and answers given so far, and verdicts as HTML."""

import html
import threading

from course_lib.authoring.site.verdicts import verdict_as_html
from course_lib.grading.commands.watch import current_exercise
from course_lib.grading.judging.exercise import Exercise, Sheet, find_exercise, load_sheets
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.checking import Checked
from course_lib.grading.practice.progress import Progress
from course_lib.grading.questions import Judgement, Question, judge, load_questions
from course_lib.web.sheet_state import Answer, Conflict

PRINTED_LINES, PRINTED_COLUMNS = 12, 160


class Standing:
    """The learner's progress file, as pages see it; what several threads write is written in turn.

    Example:
        >>> Standing().of_exercise(find_exercise("masked_softmax"))["passed"]
        False
    """

    def __init__(self):
        self._lock = threading.Lock()

    def count(self, verdict: Verdict) -> None:
        """Counts an attempt, and remembers the exercise as the one worked on last."""
        with self._lock:
            progress = Progress()
            progress.record(verdict)
            progress.move_to(verdict.exercise)

    def give_hint(self, exercise: Exercise) -> dict:
        """Gives the next hint, and tells the exercise as `of_exercise` does."""
        with self._lock:
            Progress().next_hint(exercise)
        return self.of_exercise(exercise)

    def answer(self, question: Question, chosen: str, version: str) -> Judgement:
        """Judges an answer to a short question and keeps it.

        Args:
            question: the question.
            chosen: the chosen letters.
            version: of the answer that was kept when these were chosen.

        Returns:
            the `Judgement`.

        Raises:
            Conflict: when neither that answer nor this one is kept.
            ValueError: when nothing is chosen, or a letter that the question does not have.
        """
        judgement = judge(question, chosen)
        if not judgement.chosen:
            raise ValueError("Choose an answer first.")
        with self._lock:
            kept = Progress().of_question(question.name)["chosen"]
            if kept not in (version, judgement.chosen):
                raise Conflict(Answer(kept, kept))
            Progress().answer(judgement)
        return judgement

    def of_question(self, question: Question) -> dict:
        """The answer that is kept, its own version; whether one was right, whether several letters are."""
        kept = Progress().of_question(question.name)
        return {
            "text": kept["chosen"],
            "version": kept["chosen"],
            "passed": kept["passed"],
            "several": len(question.right) > 1,
        }

    def of_exercise(self, exercise: Exercise) -> dict:
        """Points, whether it passed, and the hints given so far, as plain data."""
        progress = Progress()
        record = progress.of(exercise.name)
        return {
            "passed": record["passed"],
            "earned": progress.points_of(exercise, record),
            "points": exercise.points,
            "hints": list(exercise.hints[: max(record["hints"], 0)]),
            "num_hints": len(exercise.hints),
        }

    def of_course(self, sheet: Sheet) -> dict:
        """Exercises passed, points and questions of a sheet and of the whole course, and where to go on."""
        progress = Progress()
        following = current_exercise(progress)
        return {
            "sheet": _sums([sheet], progress),
            "course": _sums(load_sheets(), progress),
            "next": following and {"name": following, "sheet": find_exercise(following).sheet},
        }


def verdict_for_page(checked: Checked) -> dict:
    """A verdict as a page shows it: its outcome, and HTML in which nothing of the answer is markup."""
    verdict, printed = checked.verdict, checked.run.printed.rstrip()
    shown = verdict_as_html(verdict)
    if printed and verdict.outcome == "not yet":
        lines = printed.split("\n")
        kept = [line[:PRINTED_COLUMNS] for line in lines[:PRINTED_LINES]]
        text = "\n".join(kept + (["…"] if len(lines) > PRINTED_LINES else []))
        shown += f'<p>It printed:</p><pre tabindex="0">{html.escape(text)}</pre>'
    return {"outcome": verdict.outcome, "html": shown}


def _sums(sheets, progress):
    exercises = [exercise for sheet in sheets for exercise in sheet.exercises]
    records = progress.of_all([exercise.name for exercise in exercises])
    questions = [question for sheet in sheets for question in load_questions(sheet.name)]
    return {
        "passed": sum(record["passed"] for record in records.values()),
        "exercises": len(exercises),
        "earned": sum(progress.points_of(exercise, records[exercise.name]) for exercise in exercises),
        "points": sum(exercise.points for exercise in exercises),
        "right": progress.num_right(questions),
        "questions": len(questions),
    }
