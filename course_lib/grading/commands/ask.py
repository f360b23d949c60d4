"""`course ask`: the short questions at the ends of a chapter's sections."""

import shutil
import sys
import textwrap

from course_lib.grading.judging.exercise import UnknownExercise
from course_lib.grading.practice.progress import Progress
from course_lib.grading.questions import UnknownQuestion, find_question, judge, load_questions


def add_arguments(parser):
    """The options of `course ask`."""
    parser.add_argument("name", help="a chapter (03, 03_attention) or one question")
    parser.add_argument(
        "--answer", metavar="LETTERS", help="judge this answer to one question, and ask nothing"
    )


def questions_of(name):
    """The questions that a name stands for: one of its own, or those of a chapter.

    Raises:
        UnknownQuestion: when it is neither, or the chapter has no questions.
    """
    try:
        questions = load_questions(name)
    except UnknownExercise:
        return (find_question(name),)
    if not questions:
        raise UnknownQuestion(f"There are no questions to chapter {name}.")
    return questions


def main(arguments):
    """Asks, keeping answers; exit status 0 when all are right, 1 if not, 2 for an unknown name or letter."""
    try:
        questions = questions_of(arguments.name)
        if arguments.answer is not None:
            if len(questions) > 1:
                raise ValueError(f"--answer belongs to one question. {arguments.name} has {len(questions)}.")
            judgement = _judged(questions[0], arguments.answer)
            return 0 if judgement.passed else 1
    except (UnknownQuestion, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    results = [_ask(question) for question in questions]
    print(f"{sum(results)} of {len(results)} right.")
    return 0 if all(results) else 1


def _ask(question):
    """Asks until the answer is right or none is given."""
    print(f"\n{_wrapped(question)}")
    while True:
        try:
            chosen = input(f"{', '.join(question.letters)} (nothing: go on): ")
        except EOFError:
            print()
            return False
        if not chosen.strip():
            return False
        try:
            judgement = _judged(question, chosen)
        except ValueError as error:
            print(error)
            continue
        if judgement.passed:
            return True


def _judged(question, chosen):
    """Judges an answer, keeps it and says what is said of it."""
    judgement = judge(question, chosen)
    Progress().answer(judgement)
    print(_wrapped(judgement))
    return judgement


def _wrapped(text):
    """Text in lines that fit the terminal, further lines of an answer under its first word."""
    width, lines = min(shutil.get_terminal_size().columns, 110), []
    for line in str(text).split("\n"):
        indent = " " * (5 if line.startswith("  ") else 0)
        lines += textwrap.wrap(line, width, subsequent_indent=indent) or [""]
    return "\n".join(lines)
