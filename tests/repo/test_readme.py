"""What the README shows works as shown."""

import doctest
import json
import re
from pathlib import Path

import pytest

from course_lib.cli import COMMANDS

ROOT = Path(__file__).parents[2]


def test_the_snippet_runs():
    outcome = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted >= 5
    assert outcome.failed == 0


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/teaching.md"])
def test_documents_name_only_course_commands_that_exist(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|&& )course ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)


def test_the_map_shows_every_chapter_there_is():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for source in (ROOT / "notebooks").glob("[0-9]*.py"):
        assert f"notebooks/{source.stem}.ipynb" in readme


def test_the_table_of_results_is_what_was_measured():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    ladder, chinese = (
        json.loads((ROOT / "benchmarks" / "results" / name).read_text(encoding="utf-8"))
        for name in ("ladder.json", "ladder_tatoeba_en_zh.json")
    )
    rows = [line for line in readme.splitlines() if re.match(r"\| (?:test BLEU|million parameters) \|", line)]
    shown = [[float(cell) for cell in re.findall(r"[\d.]+", row)] for row in rows]
    assert f"beam of five the Transformer reaches {ladder['transformer']['test_bleu_beam5']:.1f};" in readme
    of_two = (chinese["transformer"], *(rung for rung in chinese["rungs"] if rung["score"] == "additive"))
    greedy, recurrent = (rung["test_bleu_greedy"] for rung in of_two)
    assert f"{greedy:.1f} against {recurrent:.1f} with additive attention, greedy):" in readme
    rungs = [*ladder["rungs"], ladder["transformer"]]
    peers = [*ladder["published"], *ladder["transformer"]["published"]]
    peers = [peer for peer in peers if peer["parameters"]]
    assert shown[0] == [
        *(round(rung["test_bleu_greedy"], 1) for rung in rungs),
        *(round(peer["test_bleu_greedy"], 1) for peer in peers),
    ]
    assert shown[1] == [
        *(round(rung["parameters"] / 1e6, 2) for rung in rungs),
        *(peer["parameters"] / 1e6 for peer in peers),
    ]
