"""What the README shows works as shown."""

import doctest
import html
import json
import re
from pathlib import Path

import pytest

from course_lib.cli import COMMANDS
from course_lib.grading.judging.exercise import find_exercise, load_sheets

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


def test_the_hours_are_those_that_chapters_and_sheets_say():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "notebooks").glob("[0-9]*.py")]
    reading = sum(int(re.search(r"About (\d+) minutes", text)[1]) for text in texts)
    exercises = [exercise for sheet in load_sheets() for exercise in sheet.exercises]
    hours = round(sum(exercise.minutes for exercise in exercises) / 60)
    numbers = ("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
    count = numbers[len(texts) - 12]
    site = (ROOT / "docs" / "site" / "index.md").read_text(encoding="utf-8")
    assert f"{count.capitalize()} chapters, from counting words" in site
    words = f"About {round(reading / 60)} hours for the {count} chapters that are ready and {hours} more "
    assert words + f"for their {len(exercises)} exercises" in " ".join(readme.split())


def test_the_picture_shows_what_the_judge_says_today():
    """Words alone: numbers may differ in the last digit on another machine."""
    svg = (ROOT / "docs" / "images" / "verdict.svg").read_text(encoding="utf-8")
    shown = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", svg))).replace("\xa0", " ")
    mistake = find_exercise("masked_softmax").mistakes["mask_after_softmax"]
    said = "run: python docs/verdict_picture.py"
    for words in (mistake.message, mistake.hint, "masked_softmax: not yet", "--seed 7 --case"):
        assert words in re.sub(r"\s+", " ", shown), said
    assert len(svg) < 20_000 and not re.search(r"url\(['\"]?http|href=|@import", svg)
