"""What a page asks and sends, as JSON: sheet, answer, check, stop, hint, solution, question."""

import asyncio
import json

from course_lib.grading.judging.exercise import UnknownExercise, find_exercise, find_sheet
from course_lib.grading.practice.checking import Task
from course_lib.grading.practice.progress import Progress
from course_lib.grading.practice.solution_code import read_solution
from course_lib.grading.questions import UnknownQuestion, find_question, load_questions
from course_lib.web.guarded import Guarded
from course_lib.web.judging import Stopped, TooMany
from course_lib.web.sheet_state import MOST_CHARACTERS, Conflict, SheetProblem
from course_lib.web.standing import verdict_for_page


class Refused(Exception):
    """Raised for a request that is not answered: its status, and words for the page."""

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.status = status


class Api(Guarded):
    """One address for each thing: `GET sheet`, and `POST answer`, `check`, `stop` and so on."""

    def initialize(self, state, judging, standing) -> None:
        """Takes the learner's answers, the judge and the progress."""
        self.state, self.judging, self.standing = state, judging, standing

    async def get(self, name: str) -> None:
        """Everything a page shows of a sheet."""
        await self._answer({"sheet": self._sheet}, name)

    async def post(self, name: str) -> None:
        """Saves, judges, stops that, gives a hint, shows our solution, or judges an answer to a question."""
        actions = {
            "answer": self._save,
            "check": self._check,
            "stop": self._stop,
            "hint": self._hint,
            "solution": self._solution,
            "question": self._question,
        }
        await self._answer(actions, name)

    async def _answer(self, actions, name):
        try:
            if name not in actions:
                raise Refused(404, "There is no such address.")
            told = await actions[name]()
        except Refused as error:
            self.set_status(error.status)
            told = {"problem": str(error)}
        except Conflict as conflict:
            self.set_status(409)
            told = {
                "problem": str(conflict),
                "text": conflict.answer.text,
                "version": conflict.answer.version,
            }
        except (SheetProblem, OSError) as error:
            self.set_status(500)
            told = {"problem": str(error)}
        except (TooMany, RuntimeError) as error:  # no process for the answer
            self.set_status(503)
            told = {"problem": str(error)}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(told))

    async def _sheet(self):
        try:
            sheet = find_sheet(self.get_query_argument("name", ""))
        except UnknownExercise:
            raise Refused(404, "There is no such sheet.") from None
        exercises, problem = {}, self.state.twin(sheet.name)
        for exercise in sheet.exercises:
            exercises[exercise.name] = self.standing.of_exercise(exercise)
            try:
                answer = self.state.read(exercise)
                exercises[exercise.name] |= {
                    "text": answer.text,
                    "version": answer.version,
                    "blank": self.state.blank(exercise),
                }
            except SheetProblem as error:
                problem = str(error)
        questions = {one.name: self.standing.of_question(one) for one in load_questions(sheet.name)}
        course = self.standing.of_course(sheet)
        return {"exercises": exercises, "questions": questions, "problem": problem, **course}

    async def _save(self):
        sent, exercise = self._sent(text=str, version=str)
        return {"version": self._written(exercise, sent).version}

    async def _check(self):
        sent, exercise = self._sent(text=str, version=str)
        version = self._written(exercise, sent).version
        try:
            verdict = verdict_for_page(await self.judging.judge(self._task(exercise)))
        except Stopped:
            verdict = None
        return {"version": version, "verdict": verdict, **self._stands(exercise)}

    async def _stop(self):
        _, exercise = self._sent()
        return {"stopped": await asyncio.to_thread(self.judging.stop, self._task(exercise))}

    async def _hint(self):
        _, exercise = self._sent()
        self.standing.give_hint(exercise)
        return self._stands(exercise)

    async def _solution(self):
        _, exercise = self._sent()
        if not Progress().of(exercise.name)["passed"]:
            raise Refused(403, "The solution opens once your answer has passed.")
        return {"solution": read_solution(exercise)}

    async def _question(self):
        sent = self._fields(question=str, text=str, version=str)
        try:
            question = find_question(sent["question"])
            judgement = self.standing.answer(question, sent["text"], sent["version"])
        except UnknownQuestion:
            raise Refused(404, "There is no such question.") from None
        except ValueError as error:
            raise Refused(400, str(error)) from None
        return {
            "outcome": judgement.outcome,
            "advice": judgement.advice,
            "question": self.standing.of_question(question),
            **self.standing.of_course(find_sheet(question.sheet)),
        }

    def _task(self, exercise):
        return Task(exercise, self.state.path(exercise.sheet))

    def _stands(self, exercise):
        course = self.standing.of_course(find_sheet(exercise.sheet))
        return {"exercise": self.standing.of_exercise(exercise), **course}

    def _written(self, exercise, sent):
        if len(sent["text"]) > MOST_CHARACTERS:
            raise Refused(413, f"An answer has at most {MOST_CHARACTERS} characters.")
        return self.state.write(exercise, sent["text"].replace("\r\n", "\n"), sent["version"])

    def _sent(self, **kinds):
        """The fields of the request, and the exercise it is about."""
        sent = self._fields(exercise=str, **kinds)
        try:
            return sent, find_exercise(sent["exercise"])
        except UnknownExercise:
            raise Refused(404, "There is no such exercise.") from None

    def _fields(self, **kinds):
        """The fields of the request, each of its kind."""
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise Refused(415, "Expected JSON.")
        try:
            sent = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise Refused(400, "Expected JSON.") from None
        if not isinstance(sent, dict) or any(
            not isinstance(sent.get(key), kind) for key, kind in kinds.items()
        ):
            raise Refused(400, f"Expected the fields {', '.join(kinds)}.")
        try:
            sent.get("text", "").encode()
        except UnicodeEncodeError:
            raise Refused(400, "The text holds half a character.") from None
        return sent
