"""Every command that a result page names is there, and what it imports as well."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "benchmarks/README.md", "docs/teaching.md")
COMMANDS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
    for path in (ROOT / "benchmarks").rglob("*.py")
    if '__name__ == "__main__"' in path.read_text()
)


@pytest.mark.parametrize("page", PAGES)
def test_a_command_that_is_named_is_there(page):
    named = set(re.findall(r"python -m (benchmarks[.\w]*)", (ROOT / page).read_text()))
    assert named and sorted(named - set(COMMANDS)) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_imports_is_there(name):
    package = ROOT / name.replace(".", "/")
    importlib.import_module(f"{name}.__main__" if package.is_dir() else name)  # or it raises
