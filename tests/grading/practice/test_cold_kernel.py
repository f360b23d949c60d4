"""A sheet in a Jupyter kernel that nothing but the sheet itself has prepared, as an editor starts it."""

import json
import os
from pathlib import Path

import nbformat.v4 as v4
import pytest
from nbclient import NotebookClient

from course_lib.grading.judging.exercise import load_sheets

ROOT = Path(__file__).parents[3]
PREPARED = ("PYTHONSTARTUP", "TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND")
ENDLESS = "def masked_softmax(scores, mask):\n    while True:\n        scores = scores + 1\n"


def code_cells(sheet):
    notebook = json.loads((ROOT / "exercises" / f"{sheet}.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("sheet", [sheet.name for sheet in load_sheets()])
def test_a_sheet_imports_first_what_silences_the_backend(sheet):
    first = next(line for line in code_cells(sheet)[0].splitlines() if line.strip())
    assert first.startswith("from course_lib.grading import check, failing_case, hint, solution")


def test_a_sheet_starts_silently_and_an_interrupt_is_one_line(tmp_path, monkeypatch):
    start, blank, check = code_cells("03_attention")[:3]
    assert "def masked_softmax" in blank and check == "check(masked_softmax)"
    sources = [start, blank, check, ENDLESS, "# to be interrupted\ncheck(masked_softmax)", "1 + 1"]
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout_func=lambda cell: 5 if "interrupted" in cell.source else 300,
        interrupt_on_timeout=True,
        allow_errors=True,
        resources={"metadata": {"path": str(ROOT / "exercises")}},
    )
    environment = {name: value for name, value in os.environ.items() if name not in PREPARED}
    client.execute(env=environment | {"PYTHONPATH": str(ROOT)})
    outputs = [cell.outputs for cell in notebook.cells]
    assert outputs[0] == outputs[1] == outputs[3] == []
    (verdict,) = outputs[2]
    assert verdict.output_type == "execute_result"
    assert verdict.data["text/plain"].startswith("○ masked_softmax: blank (0 of 6 points)")
    assert "○ masked_softmax: blank" in verdict.data["text/html"]
    (interrupt,) = outputs[4]
    assert interrupt.traceback == ["masked_softmax: interrupted, so there is no verdict."]
    assert outputs[5][0].data["text/plain"] == "2"
