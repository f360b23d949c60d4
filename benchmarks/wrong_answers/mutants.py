"""Wrong answers made from the solutions by exchanging, dropping and shifting what stands in them."""

import ast
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.mutating import mutate_code

from benchmarks.wrong_answers.operators import all_operators
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.practice.solution_code import solution_source

SOLUTIONS = Path(__file__).parents[2] / "solutions"


@dataclass(frozen=True)
class Mutant:
    """A changed solution: the exercise, what was changed by which operator, and the source."""

    exercise: str
    operator: str
    source: str

    def build(self):
        """The function or class, with the names that its sheet has.

        Raises:
            Exception: whatever its definition raises.
        """
        namespace = dict(sheet_namespace(find_exercise(self.exercise).sheet))
        exec(compile(self.source, f"<mutant of {self.exercise}>", "exec"), namespace)
        return namespace[self.exercise]


@cache
def sheet_namespace(sheet):
    """The names that a solution sheet defines; its calls of `check` and the like are not run."""
    tree = ast.parse((SOLUTIONS / f"{sheet}.py").read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not isinstance(node, ast.Expr)]
    namespace = {"__name__": f"solution_{sheet}"}
    exec(compile(tree, f"{sheet}.py", "exec"), namespace)
    return namespace


def bare_source(exercise):
    """The solution of an exercise without its docstrings, in which nothing is to be changed."""
    text = (SOLUTIONS / f"{find_exercise(exercise).sheet}.py").read_text(encoding="utf-8")
    tree = ast.parse(solution_source(text, exercise))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.unparse(tree)


def mutants_of(exercise, count=None, seed=0):
    """The mutants of an exercise's solution that Python can read, each text once.

    Args:
        exercise: its name.
        count: how many to draw at most; all when None.
        seed: of the draw.

    Returns:
        list of `Mutant`.
    """
    source, seen, found = bare_source(exercise), set(), []
    seen.add(source)
    for operator in all_operators():
        for occurrence in range(200):
            changed = mutate_code(source, operator, occurrence)
            if changed is None:
                break
            try:
                text = ast.unparse(ast.parse(changed))
            except SyntaxError:
                continue
            if text not in seen:
                seen.add(text)
                found.append(Mutant(exercise, type(operator).__name__, text))
    if count is not None and len(found) > count:
        found = random.Random(f"{seed} {exercise}").sample(found, count)
    return found
