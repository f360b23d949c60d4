"""New text reaches a stored notebook without execution; new code does not."""

from types import SimpleNamespace

import nbformat
import nbformat.v4 as v4
import pytest

from course_lib.authoring import CodeDiffersError, code_hash, is_current, notebooks, read_source, update_text
from course_lib.authoring.stored_notebooks import as_text

SOURCE = """# %% [markdown]
# # A small chapter

# %%
6 * 7

# %% [markdown]
# Words.

# %%
7 * 8
"""


@pytest.fixture
def source(tmp_path):
    """A chapter and its notebook, with the outputs an execution would have given."""
    path = tmp_path / "01_small.py"
    path.write_text(SOURCE, encoding="utf-8")
    notebook = read_source(path)
    for number, (index, value) in enumerate([(1, "42"), (3, "56")], start=1):
        cell = notebook.cells[index]
        cell.execution_count = number
        cell.outputs = [v4.new_output("execute_result", {"text/plain": value}, execution_count=number)]
    notebook.metadata = {"course": {"budget": "cpu", "code_sha256": code_hash(notebook)}}
    path.with_suffix(".ipynb").write_text(as_text(notebook), encoding="utf-8")
    return path


def stored(source):
    return nbformat.read(source.with_suffix(".ipynb"), as_version=4)


def executed(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.source, cell.execution_count, cell.outputs) for cell in code]


def edit(source, old, new):
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Words.", "Better words — and more."),
        ("# %%\n6", "# %% [markdown]\n# A new cell between.\n\n# %%\n6"),
        ("# %% [markdown]\n# Words.\n\n", ""),
        ("# %%\n7", '# %% {"slideshow": {"slide_type": "slide"}}\n7'),
        ("# %%\n7", '# %% tags=["hide-input"]\n7'),
    ],
)
def test_text_and_tags_are_brought_in_and_outputs_stay(source, old, new):
    before = stored(source)
    edit(source, old, new)
    assert not is_current(source)
    assert update_text(source)
    after = stored(source)
    nbformat.validate(after)
    assert executed(before) == executed(after)
    assert after.metadata == before.metadata
    assert [(cell.source, cell.metadata, cell.id) for cell in after.cells] == [
        (cell.source, cell.metadata, cell.id) for cell in read_source(source).cells
    ]
    assert is_current(source)
    assert not update_text(source)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6 * 7", "6 * 9", r"code cell 1 changed \(6 \* 9\)"),
        ("7 * 8", "7 * 8  # why", "code cell 2 changed"),
        ("# %%\n7 * 8\n", "", "1 code cells in the source, 2 in the notebook"),
        ("6 * 7\n", "6 * 7\n\n# %%\n1\n", "code cell 2 changed"),
    ],
)
def test_other_code_is_refused_and_the_notebook_kept(source, old, new, said):
    before = source.with_suffix(".ipynb").read_bytes()
    edit(source, "Words.", "Other words.")
    edit(source, old, new)
    with pytest.raises(CodeDiffersError, match=said) as raised:
        update_text(source)
    assert "run `course notebooks 01_small`" in str(raised.value)
    assert source.with_suffix(".ipynb").read_bytes() == before
    assert not is_current(source)


def test_code_changed_in_both_files_is_not_what_was_executed(source):
    edit(source, "6 * 7", "6 * 9")
    edit(source.with_suffix(".ipynb"), "6 * 7", "6 * 9")
    assert not is_current(source)
    with pytest.raises(CodeDiffersError, match="changed after it was executed"):
        update_text(source)


def test_a_notebook_that_was_never_executed_is_refused(source):
    source.with_suffix(".ipynb").unlink()
    assert not is_current(source)
    with pytest.raises(CodeDiffersError, match="Received: no such file; run `course notebooks 01_small`"):
        update_text(source)


def test_line_ends_of_another_platform_are_no_change(source):
    source.write_bytes(SOURCE.replace("\n", "\r\n").encode())
    assert is_current(source)
    assert not update_text(source)


def test_the_command_names_each_chapter(source, monkeypatch, capsys):
    monkeypatch.setattr(notebooks, "chapter_sources", lambda names: [source])
    arguments = SimpleNamespace(names=["01"], text=True)
    edit(source, "Words.", "New words.")
    assert [notebooks.main(arguments), notebooks.main(arguments)] == [0, 0]
    assert capsys.readouterr().out == "01_small: new text\n01_small: up to date\n"
    edit(source, "6 * 7", "6 * 9")
    assert notebooks.main(arguments) == 1
    assert capsys.readouterr().out.startswith("01_small: refused\n  Expected 01_small.ipynb executed from")
