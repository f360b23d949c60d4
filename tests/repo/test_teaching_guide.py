"""The tables of the teaching guide are those that were measured."""

import re
from pathlib import Path

import pytest

from benchmarks.graders import tables
from benchmarks.graders.__main__ import FILES, read

ROOT = Path(__file__).parents[2]
TABLES = {"attacks": tables.attack_table, "speed": tables.speed_table}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_was_measured(name):
    guide = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    (shown,) = re.findall(
        rf"<!-- {name}: python -m benchmarks.graders {name} -->\n(.*?)<!-- end -->", guide, re.S
    )
    record = read(FILES[name])
    assert shown.strip() == (TABLES[name](record) if record else "Not measured yet.")
