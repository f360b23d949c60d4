"""The notebook builder refuses what should not be shown, and never damages what was there."""

import base64
import io
import os
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import numpy as np
import pytest
from PIL import Image

from course_lib.authoring import (
    build_notebook,
    build_slides,
    code_hash,
    execute_source,
    notebook_problems,
    read_source,
)
from course_lib.authoring.images import smaller_png
from course_lib.authoring.problems import first_line

SOURCE = """# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# # A small chapter

# %%
import os
import sys

print("one", end="\\r")
print("two")
print(os.environ["COURSE_BUDGET"], os.path.basename(os.getcwd()))

# %%
6 * 7
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "chapters"
    folder.mkdir()
    path = folder / "01_small.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_a_good_source_is_stored_with_its_origin(source):
    cells = []
    assert build_notebook(source, "quick", on_cell=lambda *where: cells.append(where)) == []
    notebook = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[1].outputs[0].text == "two\nquick chapters\n"
    assert notebook.cells[2].outputs[0].data["text/plain"] == "42"
    assert cells == [(1, 2, "import os"), (2, 2, "6 * 7")]
    origin = notebook.metadata["course"]
    assert origin["code_sha256"] == code_hash(read_source(source)) == code_hash(notebook)
    assert origin["budget"] == "quick"
    assert origin["versions"]["keras"]
    assert origin["machine"]["cores"] >= 1
    assert origin["seconds"] > 0
    assert len(origin["cell_seconds"]) == 2
    assert 0 <= sum(origin["cell_seconds"]) <= origin["seconds"] + 0.2
    assert [path.name for path in source.parent.iterdir() if path.name.startswith(".")] == []


def test_executing_twice_gives_the_same_cells(source):
    first, second = (execute_source(source, "quick") for _ in range(2))
    assert first.cells == second.cells
    assert len({cell.id for cell in first.cells}) == len(first.cells)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import warnings\nwarnings.warn('old name')", "wrote to stderr"),
        ("1 / 0", "ZeroDivisionError"),
        ("import sys\nprint(sys.prefix + '/home/someone/x', '/home/someone')", "path of this machine"),
        ("object()", "address of an object"),
    ],
)
def test_a_bad_cell_is_named_and_the_stored_notebook_kept(source, code, said):
    stored = source.with_suffix(".ipynb")
    stored.write_text("as it was")
    source.write_text(f"{SOURCE}\n# %%\n{code}\n", encoding="utf-8")
    problems = build_notebook(source, "quick")
    assert len(problems) == 1
    assert said in problems[0]
    assert first_line(code) in problems[0]
    assert stored.read_text() == "as it was"


def test_without_store_nothing_is_written(source):
    assert build_notebook(source, "quick", store=False) == []
    assert sorted(path.name for path in source.parent.iterdir()) == ["01_small.py"]


def test_unknown_budget_is_refused(source):
    with pytest.raises(ValueError, match=r"`budget` must be one of quick, cpu, gpu. Received: budget='fast'"):
        execute_source(source, "fast")


def test_errors_kept_in_a_notebook_are_problems():
    error = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    good = v4.new_code_cell(
        "good()", outputs=[v4.new_output("stream", name="stdout", text="loss 0.5 at step 3")]
    )
    notebook = v4.new_notebook(cells=[good, v4.new_code_cell("\n\nbad()", outputs=[error])])
    assert notebook_problems(notebook) == ["cell 2 (bad()): raised ValueError: no"]


def test_a_large_picture_is_a_problem():
    text = base64.b64encode(bytes(100_100)).decode("ascii")
    picture = v4.new_output("display_data", data={"image/png": text})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("show()", outputs=[picture])])
    (problem,) = notebook_problems(notebook)
    assert problem.startswith("cell 1 (show()): shows a picture of 100,")


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_smaller_picture_looks_the_same(mode):
    ramp = np.linspace(0, 255, 7 * 11 * 3).reshape(7, 11, 3).astype("uint8")
    pixels = np.kron(ramp, np.ones((13, 17, 1), "uint8"))
    picture = Image.fromarray(pixels).convert(mode)
    file = io.BytesIO()
    picture.save(file, format="PNG", compress_level=0)
    small = smaller_png(file.getvalue())
    assert len(small) < len(file.getvalue()) / 2
    seen = np.asarray(Image.open(io.BytesIO(small)).convert("RGB")).astype(int)
    assert np.abs(seen - pixels).max() <= 16
    assert base64.b64encode(small)


def test_slides_hold_the_tagged_cells_only(source, tmp_path):
    assert build_notebook(source, "quick") == []
    page = build_slides(source.with_suffix(".ipynb"), tmp_path / "slides").read_text(encoding="utf-8")
    assert "A small chapter" in page
    assert "COURSE_BUDGET" not in page


def test_a_notebook_without_slides_is_refused(tmp_path):
    path = tmp_path / "09_plain.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("# Plain")]), path)
    with pytest.raises(ValueError, match="Expected cells with a slide type"):
        build_slides(path, tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere kernels have ports")
def test_a_kernel_is_reached_by_files_of_its_own(tmp_path):
    source = tmp_path / "01_kernel.py"
    lines = "import json\nfrom ipykernel import get_connection_info\n"
    lines += "told = json.loads(get_connection_info())\nprint(told['transport'], told['ip'])\n"
    source.write_text(f"# %%\n{lines}")
    told = [execute_source(source, "quick").cells[0].outputs[0].text.split() for _ in range(2)]
    assert [transport for transport, _ in told] == ["ipc", "ipc"]
    assert told[0][1] != told[1][1]
    assert not Path(told[0][1]).parent.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["01_kernel.py"]
