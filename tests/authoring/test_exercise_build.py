import json
import shutil
from types import SimpleNamespace

import nbformat
import pytest

from course_lib.authoring.exercises import (
    MarkerError,
    build_all,
    build_sheet,
    exercise_header,
    main,
    strip_regions,
)
from course_lib.authoring.reset import ResetError, reset, reset_cell, reset_definition
from course_lib.authoring.reset import main as reset_main
from course_lib.grading.judging.exercise import (
    Sheet,
    UnknownExercise,
    find_exercise,
    load_sheets,
    parse_sheet,
)
from course_lib.grading.practice.progress import Progress
from course_lib.grading.questions import judge

TOML = """
title = "A sheet"
[[exercise]]
name = "double"
points = 1
minutes = 5
difficulty = 2
prerequisites = []
hints = ["a"]
mistakes = {}
[[exercise]]
name = "Layer"
points = 3
minutes = 7
difficulty = 1
prerequisites = ["double"]
hints = ["a"]
mistakes = {}
"""
SHEET = parse_sheet("09_sheet", TOML)
SOURCE = '''# %% [markdown]
# # Sheet
#
# Work from top to bottom.

# %%
from course_lib.grading import check

# %% [markdown]
# ## Double
#
# Twice the number.


# %%
def double(number):
    """Twice the number."""
    # BEGIN SOLUTION
    twice = 2 * number
    return twice
    # END SOLUTION


# %%
check(double)

# %% [markdown]
# ## Layer


# %%
class Layer:
    """A layer."""

    def __init__(self, units):
        self.units = units

    def call(self, x):
        if x:
            # BEGIN SOLUTION
            return x
            # END SOLUTION
        return None
'''


def test_a_sheet_is_built():
    notebook = json.loads(build_sheet(SHEET, SOURCE, "solutions/09_sheet.py"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    chapter = "chapter [A sheet](../notebooks/09_sheet.ipynb)"
    assert sources[0] == (
        f"# Sheet\n\n*2 exercises · 4 points · about 12 minutes · {chapter}*\n\nWork from top to bottom."
    )
    assert sources[2].startswith(
        "## Double\n\n*1 point · about 5 minutes · moderate · needs nothing before it"
    )
    assert sources[2].endswith("*\n\nTwice the number.")
    assert sources[3] == (
        'def double(number):\n    """Twice the number."""\n    raise NotImplementedError("double: write me")'
    )
    assert "needs `double`" in sources[5]
    assert '        if x:\n            raise NotImplementedError("Layer.call: write me")' in sources[6]
    assert "return x" not in sources[6] and "self.units = units" in sources[6]


def test_an_exercise_leads_back_to_the_section_that_asks_for_it():
    sections = {"Layer": ("../notebooks/09_sheet.ipynb#cell-id=section-9-2", "9.2 Layers")}
    cells = json.loads(build_sheet(SHEET, SOURCE, "solutions/09_sheet.py", sections))["cells"]
    assert [cell["id"] for cell in cells if cell["cell_type"] == "markdown"] == [
        "09-sheet-000",
        "double",
        "Layer",
    ]
    double, layer = ("".join(cell["source"]) for cell in (cells[2], cells[5]))
    assert "section" not in double
    assert layer.endswith(" · section [9.2 Layers](../notebooks/09_sheet.ipynb#cell-id=section-9-2)*")


def test_the_built_notebook_is_valid_and_empty():
    text = build_sheet(SHEET, SOURCE, "solutions/09_sheet.py")
    nbformat.validate(nbformat.reads(text, as_version=4))
    for cell in json.loads(text)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None
    assert "SOLUTION" not in text and "twice" not in text.replace("Twice", "")


def test_building_twice_gives_the_same_bytes():
    first = build_sheet(SHEET, SOURCE, "solutions/09_sheet.py")
    assert first == build_sheet(SHEET, SOURCE, "solutions/09_sheet.py")
    ids = [cell["id"] for cell in json.loads(first)["cells"]]
    assert len(set(ids)) == len(ids)


def test_every_built_cell_parses():
    for text in build_all().values():
        for cell in json.loads(text)["cells"]:
            if cell["cell_type"] == "code":
                compile("".join(cell["source"]), "cell", "exec")


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ("# BEGIN SOLUTION\n    twice", "# BEGIN SOLUTON\n    twice", 18, "misspelt"),
        ("# BEGIN SOLUTION\n    twice", "# Begin solution\n    twice", 18, "stands alone"),
        ("# BEGIN SOLUTION\n    twice", "#BEGIN SOLUTION\n    twice", 18, "stands alone"),
        ("# BEGIN SOLUTION\n    twice", "# BEGIN  SOLUTION\n    twice", 18, "stands alone"),
        ("# BEGIN SOLUTION\n    twice", "# BEGN SOLUTION\n    twice", 18, "misspelt"),
        ("    # END SOLUTION\n\n\n# %%\ncheck", "    # END SOLUTIONS\n\n\n# %%\ncheck", 21, "misspelt"),
        ("    # END SOLUTION\n\n\n# %%\ncheck", "\n\n# %%\ncheck", 39, "opened at line 18"),
        ("            # END SOLUTION\n", "", 40, "never closed"),
        ("    # BEGIN SOLUTION\n    twice", "    twice", 20, "never opened"),
        ("    twice = 2 * number", "    # BEGIN SOLUTION\n    twice = 2", 19, "opens inside"),
        ("    return twice\n    # END SOLUTION", "    return twice  # END SOLUTION", 20, "stands alone"),
        ("check(double)", "# BEGIN SOLUTION\ncheck(double)\n# END SOLUTION", 25, "inside a function"),
        (
            "    def __init__",
            "    # BEGIN SOLUTION\n    # END SOLUTION\n    def __init__",
            35,
            "inside a function",
        ),
        ("check(double)", "check(double", 25, "never closed"),
    ],
)
def test_broken_markers_are_named_with_file_and_line(old, new, line, words):
    assert old in SOURCE
    with pytest.raises(MarkerError, match=words) as caught:
        build_sheet(SHEET, SOURCE.replace(old, new, 1), "solutions/09_sheet.py")
    assert str(caught.value).startswith(f"solutions/09_sheet.py:{line}:"), caught.value


def test_ordinary_comments_are_no_markers():
    text = "def f():\n    # The solution begins with a mask; see `# %%`\n    return '#'  # end\n"
    assert strip_regions(text) == (text, [])


def test_the_table_and_the_source_must_list_the_same():
    short = Sheet("09_sheet", "A sheet", SHEET.exercises[:1])
    with pytest.raises(MarkerError, match=r"Expected: \['double'\]. Received: \['double', 'Layer'\]"):
        build_sheet(short, SOURCE, "solutions/09_sheet.py")


def test_an_exercise_needs_a_heading_before_it():
    with pytest.raises(MarkerError, match="heading"):
        build_sheet(SHEET, SOURCE.replace("# ## Double", "# Double"), "solutions/09_sheet.py")


def test_the_header_says_what_the_table_says():
    header = exercise_header(SHEET.exercises[1])
    assert header == '*3 points · about 7 minutes · gentle · needs `double` · stuck? `hint("Layer")`*'


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of the committed solutions in a folder of its own."""
    from pathlib import Path

    root = Path(__file__).parents[2]
    (tmp_path / "exercises").mkdir()
    (tmp_path / "solutions").mkdir()
    for path in (root / "solutions").glob("*.py"):
        (tmp_path / "solutions" / path.name).write_text(path.read_text())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSE_STATE", str(tmp_path / "state"))
    return tmp_path


def build(check=False, sheets=()):
    return main(SimpleNamespace(check=check, sheets=list(sheets)))


def test_course_build_writes_and_checks(course, capsys):
    assert build(check=True) == 1
    assert "out of date: exercises/03_attention.ipynb" in capsys.readouterr().out
    assert not list((course / "exercises").iterdir()), "--check writes nothing"
    assert build() == 0
    assert len(list((course / "exercises").iterdir())) == len(load_sheets())
    assert build(check=True) == 0
    path = course / "exercises" / "03_attention.ipynb"
    path.write_text(path.read_text() + " ")
    assert build(check=True) == 1
    assert build(sheets=["03_attention"]) == 0
    assert build(check=True) == 0


def test_course_build_names_the_broken_file(course, capsys):
    path = course / "solutions" / "03_attention.py"
    path.write_text(path.read_text().replace("# END SOLUTION", "# END SOLUTON", 1))
    assert build() == 1
    assert capsys.readouterr().out.startswith("solutions/03_attention.py:")
    path.unlink()
    assert build(sheets=["03_attention"]) == 1
    assert "the file is missing" in capsys.readouterr().out


def learner_cells(path):
    return ["".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]]


def test_resetting_an_exercise_leaves_the_rest(course):
    build()
    path = course / "exercises" / "03_attention.ipynb"
    notebook = json.loads(path.read_text())
    blank = learner_cells(path)
    (index,) = [number for number, source in enumerate(blank) if "def masked_softmax" in source]
    notebook["cells"][index]["source"] = "def masked_softmax(scores, mask):\n    return (broken"
    notebook["cells"][0]["source"] = "my own words"
    path.write_text(json.dumps(notebook))
    mine = path.read_text()
    Progress().next_hint(find_exercise("masked_softmax"))
    changed, copy = reset("masked_softmax")
    assert changed == path and copy.read_text() == mine
    assert learner_cells(path) == ["my own words", *blank[1:]]
    assert Progress().of("masked_softmax")["hints"] == 0
    _, second = reset("masked_softmax")
    assert second != copy


def test_resetting_a_sheet_forgets_its_exercises_and_questions(course):
    build()
    for name, chosen in (("eighteen_per_cent", "d"), ("too_good_perplexity", "b")):
        Progress().answer(judge(name, chosen))
    Progress().next_hint(find_exercise("masked_softmax"))
    reset("dot_score")
    assert Progress().of_question("eighteen_per_cent")["passed"]
    reset("03_attention")
    assert Progress().of("masked_softmax")["hints"] == 0
    assert not Progress().of_question("eighteen_per_cent")["chosen"]
    assert Progress().of_question("too_good_perplexity")["passed"], "that of another sheet"


def test_resetting_a_deleted_exercise_puts_it_at_the_end():
    blank = build_sheet(SHEET, SOURCE, "solutions/09_sheet.py")
    empty = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    restored = json.loads(reset_cell(empty, blank, "double"))
    assert "def double" in "".join(restored["cells"][0]["source"])


def test_resetting_a_script():
    blank = strip_regions(SOURCE)[0]
    mine = SOURCE.replace("twice = 2 * number", "twice = 3 * number") + "\nMINE = 1\n"
    restored = reset_definition(mine, blank, "double")
    assert "3 * number" not in restored and 'raise NotImplementedError("double: write me")' in restored
    assert "return x" in restored and restored.endswith("MINE = 1\n")
    assert "def double" in reset_definition("x = 1\n", blank, "double")
    with pytest.raises(ResetError, match="Line 1 of the sheet is not Python"):
        reset_definition("def (", blank, "double")


def test_resetting_a_sheet_that_is_beyond_repair(course, capsys):
    build()
    path = course / "exercises" / "03_attention.ipynb"
    blank = path.read_text()
    path.write_text("not a notebook")
    with pytest.raises(ResetError, match="course reset SHEET"):
        reset("masked_softmax")
    assert reset_main(SimpleNamespace(name="03_attention")) == 0
    assert path.read_text() == blank
    assert "is blank again" in capsys.readouterr().out
    path.unlink()
    assert reset("03") == (path, None)
    assert path.read_text() == blank


def test_without_solutions_the_sheet_comes_from_what_was_handed_out(course, capsys):
    build()
    path = course / "exercises" / "03_attention.ipynb"
    blank = path.read_text()
    shutil.rmtree(course / "solutions")
    assert reset_main(SimpleNamespace(name="03")) == 2
    assert "solutions/03_attention.py:1: the file is missing" in capsys.readouterr().err
    (course / "exercises" / ".blank").mkdir()
    (course / "exercises" / ".blank" / path.name).write_text(blank)
    for name in ("03", "masked_softmax"):
        path.write_text(blank.replace("masked_softmax: write me", "mine"))
        changed, copy = reset(name)
        assert changed == path and "mine" in copy.read_text()
        assert learner_cells(path) == learner_cells(path.parent / ".blank" / path.name)


def test_resetting_an_unknown_name(course, capsys):
    build()
    with pytest.raises(UnknownExercise, match="masked_softmax"):
        reset("masked_softmx")
    assert reset_main(SimpleNamespace(name="masked_softmx")) == 2
    assert "Did you mean" in capsys.readouterr().err
