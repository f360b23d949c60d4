"""Every command that a result page names begins."""

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
COMMANDS = sorted(
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
    for path in FOLDER.rglob("*.py")
    if '__name__ == "__main__"' in path.read_text()
)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_imports_is_there(name):
    module = importlib.import_module(name)
    assert module.__name__ == name
