"""A class whose right, wrong and blank answers are drawn by a seed, and the notebooks it hands in."""

import ast
import json
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_lib.authoring.exercises import build_sheet
from course_lib.grading.judging.exercise import find_exercise, load_sheets

ROOT = Path(__file__).parents[2]
SHEET = "03_attention"


@dataclass(frozen=True)
class Paper:
    """What one student hands in.

    Attributes:
        student: Who.
        answers: Source of the answer to each exercise.
        kinds: For each exercise `"right"`, `"blank"`, or the name of the mutant that was taken.
    """

    student: str
    answers: dict[str, str]
    kinds: dict[str, str]


@cache
def sheet():
    """The `Sheet` that is graded."""
    return next(entry for entry in load_sheets() if entry.name == SHEET)


@cache
def solution_text():
    """The solution of the sheet, in jupytext's percent format."""
    return (ROOT / "solutions" / f"{SHEET}.py").read_text(encoding="utf-8")


def due_points(paper):
    """The points each answer of a paper has earned, by how the class was drawn."""
    return {
        exercise.name: exercise.points if paper.kinds[exercise.name] == "right" else 0
        for exercise in sheet().exercises
    }


@cache
def right_answers():
    """The solution of each exercise, as source."""
    names = {exercise.name for exercise in sheet().exercises}
    nodes = ast.parse(solution_text()).body
    return {node.name: ast.unparse(node) for node in nodes if getattr(node, "name", None) in names}


@cache
def blank_answers():
    """The empty answer to each exercise: its docstring, and `raise NotImplementedError`."""
    blanks = {}
    for name, source in right_answers().items():
        function = ast.parse(source).body[0]
        function.body = [function.body[0], ast.parse("raise NotImplementedError").body[0]]
        blanks[name] = ast.unparse(function)
    return blanks


@cache
def wrong_answers(name):
    """The source of each mutant of an exercise, renamed to the exercise, with the helpers of its file."""
    path = ROOT / "tests" / "mutants" / find_exercise(name).sheet / f"{name}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    mutants = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
    shared = [ast.unparse(node) for node in tree.body[1:] if node not in mutants]
    answers = {}
    for node in mutants:
        mutant, node.name = node.name, name
        answers[mutant] = "\n\n\n".join([*shared, ast.unparse(node)])
    return answers


def draw_class(size, seed):
    """Draws a class: each student has a chance of their own to answer rightly; of the rest a third is blank.

    Args:
        size: Number of students.
        seed: Integer; the same seed draws the same class.

    Returns:
        List of `Paper`.
    """
    generator = random.Random(seed)
    papers = []
    for number in range(1, size + 1):
        chance, answers, kinds = generator.uniform(0.3, 1.0), {}, {}
        for exercise in sheet().exercises:
            name = exercise.name
            if generator.random() < chance:
                kinds[name], answers[name] = "right", right_answers()[name]
            elif generator.random() < 1 / 3:
                kinds[name], answers[name] = "blank", blank_answers()[name]
            else:
                kinds[name], answers[name] = generator.choice(sorted(wrong_answers(name).items()))
        papers.append(Paper(f"student{number:03d}", answers, kinds))
    return papers


def fill_notebook(text, answers):
    """Puts answers into a notebook, in place of the cells that define them.

    Args:
        text: JSON text of the notebook that was handed out.
        answers: Source by exercise.

    Returns:
        JSON text of the notebook to hand in.

    Raises:
        ValueError: When a cell for an answer is missing.
    """
    notebook = json.loads(text)
    missing = set(answers)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        for name in sorted(missing):
            if cell["cell_type"] == "code" and f"def {name}(" in source:
                cell["source"] = answers[name].splitlines(keepends=True)
                missing.discard(name)
    if missing:
        raise ValueError(f"The notebook has no cell for: {', '.join(sorted(missing))}.")
    return json.dumps(notebook, indent=1)


@cache
def handout():
    """The sheet as our learners get it, as JSON text of a notebook."""
    return build_sheet(sheet(), solution_text(), f"{SHEET}.py")
