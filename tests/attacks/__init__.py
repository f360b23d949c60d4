"""A corpus of hostile, broken and awkward answers, and the means to put them into a sheet.

Each file holds one attack: its docstring says what it does and what a grader must not let happen, and
`attack(honest, *args, **kwargs)` stands in for the answer of any exercise; `honest` is the right one. Lines
`PLANTED_… = …` are filled in by whoever runs it: what was planted outside for the attack to go for. A list
`BEHIND` of (text, times) follows the answer in its cell. Folders are groups, and `attacks.toml` says in which
ways our grader may call each attack.

None of them does lasting harm where it is not contained: what they fork and leave running ends by itself
within ten minutes, files that they leave carry the planted marker in their names or stand in their working
folder, and the one that kills whatever it can signal kills only the planted process if that is within reach.
`Outside` plants what they go for and says afterwards what came of it.
"""

import ast
import re
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path

from attacks.outside import Outside, Planted

__all__ = ["Attack", "Outside", "Planted", "attack_cell", "build_sheet", "honest_answer", "load_attacks"]
FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Attack:
    """One attack: its name, what it does, its source, its group, and what our grader may say of it."""

    name: str
    what: str
    source: str
    group: str
    diagnoses: tuple[str, ...]


def load_attacks():
    """Every attack by name, in the order of `attacks.toml`.

    Raises:
        ValueError: When files and table differ.
    """
    table = tomllib.loads((FOLDER / "attacks.toml").read_text(encoding="utf-8"))
    files = {(path.parent.name, path.stem) for path in FOLDER.glob("*/*.py")}
    listed = {(folder, name) for folder, entries in table.items() for name in entries}
    if files != listed:
        raise ValueError(f"attacks.toml and the folders beside it differ in: {sorted(files ^ listed)}")
    attacks = {}
    for folder, entries in table.items():
        for name, diagnoses in entries.items():
            source = (FOLDER / folder / f"{name}.py").read_text(encoding="utf-8")
            what = ast.get_docstring(ast.parse(source))
            attacks[name] = Attack(name, what, source, folder.replace("_", " "), tuple(diagnoses))
    return attacks


def attack_cell(attack, exercise, honest, planted=None):
    """Code that answers one exercise by an attack.

    Args:
        attack: The `Attack`.
        exercise: Name of the exercise.
        honest: Source of a right answer: `def <exercise>(…): …`.
        planted: The `Planted` to aim it at.

    Returns:
        Source that defines the exercise's function and names of its own that end in that name.
    """
    source = attack.source
    for field, value in vars(planted or Planted()).items():
        source = re.sub(
            rf"(?m)^PLANTED_{field.upper()} = .*$", f"PLANTED_{field.upper()} = {value!r}", source
        )
    return "\n".join(
        [
            f"def attack_{exercise}():",
            textwrap.indent(source, "    "),
            "    return attack",
            "",
            f"attack_{exercise} = attack_{exercise}()",
            "",
            re.sub(rf"\b{exercise}\b", f"honest_{exercise}", honest),
            "",
            f"def {exercise}(*args, **kwargs):",
            f"    return attack_{exercise}(honest_{exercise}, *args, **kwargs)",
            *_behind(attack),
        ]
    )


def _behind(attack):
    """The text that follows an attack in its cell, if there is any."""
    for node in ast.parse(attack.source).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "BEHIND":
            yield "".join(text * times for text, times in ast.literal_eval(node.value))


def build_sheet(solution, answers):
    """Replaces answers of a solved sheet.

    Args:
        solution: Source of the sheet, `solutions/<sheet>.py`.
        answers: Dict from the name of a function in it to the source that is to stand in its place.

    Returns:
        The source of the sheet, every other answer being right.

    Raises:
        KeyError: For a name that the sheet does not define.
    """
    nodes = {node.name: node for node in ast.parse(solution).body if isinstance(node, ast.FunctionDef)}
    lines = solution.splitlines()
    for name, source in sorted(answers.items(), key=lambda pair: -nodes[pair[0]].lineno):
        lines[nodes[name].lineno - 1 : nodes[name].end_lineno] = source.splitlines()
    return "\n".join(lines) + "\n"


def honest_answer(solution, name):
    """The source of one function of a solved sheet."""
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_source_segment(solution, node)
    raise KeyError(name)
