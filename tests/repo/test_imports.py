"""Imports between the packages of `course_lib` run one way, and the model side needs no TensorFlow."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2] / "course_lib"
ORDER = (
    "text",
    "data",
    "layers",
    "models",
    "objectives",
    "training",
    "decoding",
    "evaluation",
    "checkpoints",
    "plots",
    "chapters",
    "grading",
    "authoring",
    "web",
)
COMMANDS = ("cli", "tour", "doctor", "lab", "backend")  # beside the packages: what `course …` runs and needs
EVERYWHERE = ("quiet", "files")  # how TensorFlow starts; files that appear whole
KERAS_ONLY = ("layers", "models", "objectives", "decoding")
# Who may import these beside the commands: exercises are built from what grading knows of them.
APPLICATIONS = {
    "grading": ("grading", "authoring", "web"),
    "authoring": ("authoring", "web"),
    "web": ("web",),
}


def imported_modules(path, everywhere=True):
    """Absolute names of the modules a file imports; with `everywhere=False`, those at import time only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else _import_time_nodes(tree)
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(LIBRARY.parent).with_suffix("").parts[: -node.level or None]
            prefix = ".".join(package) + "." if node.level else ""
            module = (prefix + (node.module or "")).rstrip(".")
            names.add(module)
            if module == "course_lib":
                names |= {f"course_lib.{alias.name}" for alias in node.names}
    return names


def _import_time_nodes(node):
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _import_time_nodes(child)


def package_of(module):
    parts = module.split(".")
    return parts[1] if parts[0] == "course_lib" and len(parts) > 1 else None


def library_files():
    return sorted(path for path in LIBRARY.rglob("*.py") if "__pycache__" not in path.parts)


def test_every_package_has_its_place_in_the_order():
    packages = {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    assert packages <= set(ORDER)
    assert {path.stem for path in LIBRARY.glob("*.py")} <= {*COMMANDS, *EVERYWHERE, "__init__"}


def test_imports_run_one_way():
    wrong = []
    for path in library_files():
        own = path.relative_to(LIBRARY).parts[0]
        if own.endswith(".py"):
            continue
        for module in imported_modules(path):
            package = package_of(module)
            if package in COMMANDS or (package in ORDER and ORDER.index(package) > ORDER.index(own)):
                wrong.append(f"{path.relative_to(LIBRARY)} imports {module}")
    assert not wrong


def test_the_library_imports_neither_grading_nor_authoring():
    wrong = [
        f"{path.relative_to(LIBRARY)} imports {module}"
        for path in library_files()
        for module in imported_modules(path)
        if path.parent != LIBRARY
        and package_of(module) in APPLICATIONS
        and path.relative_to(LIBRARY).parts[0] not in APPLICATIONS[package_of(module)]
    ]
    assert not wrong


def test_model_side_imports_keras_and_numpy_only():
    allowed = {*sys.stdlib_module_names, "keras", "numpy", "course_lib"}
    wrong = [
        f"{path.relative_to(LIBRARY)} imports {module}"
        for path in library_files()
        if path.relative_to(LIBRARY).parts[0] in KERAS_ONLY
        for module in imported_modules(path)
        if module.split(".")[0] not in allowed
    ]
    assert not wrong


def test_tensorflow_is_never_imported_at_import_time():
    wrong = [
        f"{path.relative_to(LIBRARY)} imports {module}"
        for path in library_files()
        for module in imported_modules(path, everywhere=False)
        if module.split(".")[0] in ("tensorflow", "tensorflow_text")
    ]
    assert not wrong


def test_verdicts_import_numpy_only():
    wrong = [
        f"{path.name} imports {module}"
        for path in sorted((LIBRARY / "grading" / "checks").rglob("*.py"))
        for module in imported_modules(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "numpy"}
    ]
    assert not wrong


WITHOUT_TENSORFLOW = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tensorflow", "tensorflow_text"):
            raise ImportError(f"{name} is blocked here")
sys.meta_path.insert(0, Blocked())
import importlib
for module in sys.argv[1:]:
    importlib.import_module(module)
assert "tensorflow" not in sys.modules
import keras
from course_lib.models import Seq2Seq
ids = keras.ops.array([[5, 6, 7]])
batch = {"source_token_ids": ids, "source_padding_mask": ids != 0,
         "target_token_ids": ids, "target_padding_mask": ids != 0}
print(keras.backend.backend(), Seq2Seq(11, 13, 4, 6, score="additive")(batch).shape)
"""


def test_models_work_on_jax_with_tensorflow_blocked():
    pytest.importorskip("jax")
    present = [f"course_lib.{name}" for name in ORDER if (LIBRARY / name / "__init__.py").exists()]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_TENSORFLOW, *present],
        capture_output=True,
        text=True,
        cwd=LIBRARY.parent,
        env={**os.environ, "KERAS_BACKEND": "jax"},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split("\n")[-2] == "jax (1, 3, 13)"
