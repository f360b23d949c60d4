"""Answers in the learner's notebooks: page and notebook hold one state, and neither overwrites the other."""

import hashlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.reset import ResetError, blank_sheet, definition_pattern
from course_lib.files import write_whole
from course_lib.grading.judging.exercise import Exercise
from course_lib.grading.sandbox.limits import SHEET_BYTES

MOST_CHARACTERS = 100_000
TRIES = 3


class SheetProblem(Exception):
    """Raised when a sheet cannot be read or written; the message says why and what to do."""


@dataclass(frozen=True)
class Answer:
    """What an answer cell holds.

    Attributes:
        text: its source; what is blank in a sheet that has lost the cell.
        version: changes with every change of the text.
    """

    text: str
    version: str


class Conflict(Exception):
    """Raised when a cell has changed since it was read; `answer` is what it holds now."""

    def __init__(self, answer: Answer):
        super().__init__("The sheet has changed in the meantime.")
        self.answer = answer


class SheetState:
    """Reads and writes answer cells; every other cell stays as it is, byte for byte.

    Args:
        root: root of the course.
    """

    def __init__(self, root: Path):
        self.root = Path(root)
        self._lock = threading.Lock()
        self._blanks = {}

    def path(self, sheet: str) -> Path:
        """The notebook of a sheet."""
        return self.root / "exercises" / f"{sheet}.ipynb"

    def blank(self, exercise: Exercise) -> str:
        """What the cell of an exercise holds in a blank sheet.

        Raises:
            SheetProblem: where the blank sheet cannot be made.
        """
        return _text(self._blank_cells(exercise)[1])

    def twin(self, sheet: str) -> str | None:
        """A warning where the learner has the sheet as a script too, which `course check` takes if newer."""
        script = self.path(sheet).with_suffix(".py")
        if not script.exists():
            return None
        words = f"There is an exercises/{script.name} too. These pages work on the notebook; "
        return f"{words}`course check` and `course watch` judge whichever was saved last."

    def read(self, exercise: Exercise) -> Answer:
        """The answer as the sheet holds it now.

        Raises:
            SheetProblem: when the sheet is missing or cannot be read.
        """
        notebook, _ = self._load(exercise.sheet)
        return self._answer(notebook, exercise)

    def write(self, exercise: Exercise, text: str, version: str) -> Answer:
        """Puts a text into the answer cell.

        Args:
            exercise: the exercise.
            text: the new source of the cell.
            version: of the answer that the text was made from.

        Returns:
            the answer as it is now.

        Raises:
            Conflict: when the cell holds neither that answer nor this text.
            SheetProblem: when the sheet is missing, cannot be read or cannot be written.
        """
        path = self.path(exercise.sheet).resolve()
        with self._lock:
            for _ in range(TRIES):
                notebook, seen = self._load(exercise.sheet)
                answer = self._answer(notebook, exercise)
                if answer.text == text:
                    return answer
                if answer.version != version:
                    raise Conflict(answer)
                self._put(notebook, exercise, text)
                if _stamp(path) == seen:
                    break
            else:
                raise SheetProblem(f"{path.name} is being written by another program. Try again.")
            try:
                write_whole(path, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")
            except (OSError, UnicodeEncodeError) as error:
                raise SheetProblem(f"{path.name} cannot be written: {error}") from None
        return Answer(text, _version(text))

    def _load(self, sheet):
        path = self.path(sheet)
        try:
            seen = _stamp(path)
            if seen[1] > SHEET_BYTES:
                raise SheetProblem(f"{path.name} has {seen[1] / 2**20:.0f} MB, more than a sheet may have.")
            notebook = json.loads(path.read_text(encoding="utf-8"))
            for cell in notebook["cells"]:
                _text(cell)
        except FileNotFoundError:
            words = f"There is no exercises/{path.name} in {self.root}. `course reset {sheet}` makes it anew."
            raise SheetProblem(words) from None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            words = (
                f"{path.name} is not a readable notebook. `course reset {sheet}` restores it, keeping a copy."
            )
            raise SheetProblem(words) from None
        return notebook, seen

    def _answer(self, notebook, exercise):
        cell = self._cell(notebook, exercise)
        text = self.blank(exercise) if cell is None else _text(cell)
        return Answer(text, _version(text))

    def _cell(self, notebook, exercise):
        """The cell that counts, as when judged: the last that defines the name; else where the blank was."""
        code = [cell for cell in notebook["cells"] if cell.get("cell_type") == "code"]
        pattern = definition_pattern(exercise.name)
        if holding := [cell for cell in code if pattern.search(_text(cell))]:
            return holding[-1]
        identity = self._blank_cells(exercise)[1].get("id")
        return next((cell for cell in code if cell.get("id") == identity), None)

    def _put(self, notebook, exercise, text):
        cell = self._cell(notebook, exercise)
        if cell is None:
            heading, blank = self._blank_cells(exercise)
            cell = json.loads(json.dumps(blank))
            places = [number for number, one in enumerate(notebook["cells"]) if one.get("id") == heading]
            notebook["cells"].insert(places[0] + 1 if places else len(notebook["cells"]), cell)
        cell["source"] = text.splitlines(keepends=True) if isinstance(cell["source"], list) else text
        cell["outputs"], cell["execution_count"] = [], None

    def _blank_cells(self, exercise):
        """Id of the heading, and the cell that defines the name, in the blank sheet."""
        if exercise.sheet not in self._blanks:
            try:
                text = blank_sheet(exercise.sheet, self.root)
            except (ResetError, OSError) as error:
                raise SheetProblem(str(error)) from None
            self._blanks[exercise.sheet] = json.loads(text)["cells"]
        pattern = definition_pattern(exercise.name)
        cells = [cell for cell in self._blanks[exercise.sheet] if cell["cell_type"] == "code"]
        return exercise.name, next(cell for cell in cells if pattern.search(_text(cell)))


def _text(cell):
    source = cell["source"]
    return ("".join(source) if isinstance(source, list) else source).replace("\r\n", "\n")


def _version(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _stamp(path):
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
