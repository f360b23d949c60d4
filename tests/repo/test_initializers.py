"""No initializer draws for two tables: an object of Keras gives the same numbers at every call."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def drawn_twice(code):
    """Names that a function gives an initializer of its own, and hands on more than once."""
    found = set()
    for scope in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)):
        made = {
            node.targets[0].id
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and ast.unparse(node.value).startswith("keras.initializers.")
        }
        cloned = {node.value for node in ast.walk(scope) if is_clone(node)}
        names = {node for node in ast.walk(scope) if isinstance(node, ast.Name)} - cloned
        used = [node.id for node in names if isinstance(node.ctx, ast.Load)]
        found |= {name for name in made if used.count(name) > 1}
    return found


def is_clone(node):
    """`name.clone`, which draws anew."""
    return isinstance(node, ast.Attribute) and node.attr == "clone"


def test_the_search_finds_one():
    code = "def make():\n    draw = keras.initializers.RandomNormal()\n    return {}"
    assert drawn_twice(code.format("table(draw), table(draw)")) == {"draw"}
    assert not drawn_twice(code.format("table(draw), table(draw.clone())"))


@pytest.mark.parametrize("folder", ["notebooks", "course_lib", "benchmarks", "solutions"])
def test_every_table_has_an_initializer_of_its_own(folder):
    paths = [path for path in (ROOT / folder).rglob("*.py") if "held_out_answers" not in path.parts]
    assert paths
    found = {path.name: names for path in paths if (names := drawn_twice(path.read_text(encoding="utf-8")))}
    assert not found
