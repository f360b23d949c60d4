"""What the README shows works as shown."""

import doctest
import re
from pathlib import Path

import pytest

from course_lib.cli import COMMANDS

ROOT = Path(__file__).parents[2]


def test_the_snippet_runs():
    outcome = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted >= 5
    assert outcome.failed == 0


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_documents_name_only_course_commands_that_exist(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|&& )course ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_the_map_shows_every_chapter_there_is():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for source in (ROOT / "notebooks").glob("[0-9]*.py"):
        assert f"notebooks/{source.stem}.ipynb" in readme
