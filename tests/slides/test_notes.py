"""Notes: gathered from the chapter, and written for a slide."""

import nbformat
import nbformat.v4 as v4
import pytest

from course_lib.authoring.slides.cells import Cell, read_cells
from course_lib.authoring.slides.deck import deck_of
from course_lib.authoring.slides.notes import Notes
from course_lib.authoring.slides.words import words_of
from course_lib.authoring.stored_notebooks import (
    CodeDiffersError,
    code_hash,
    executed_with_notes,
    read_source,
    update_text,
)

SOURCE = """# %% [markdown] {"slideshow": {"slide_type": "slide"}}
# # 9 · A chapter
#
# Text.

# %% [markdown] {"slideshow": {"slide_type": "notes"}}
# **Say** Good morning.
#
# **Ask** Why?

# %%
6 * 7
"""


def cell(text, kind=""):
    return Cell(kind, words_of(text), source=text)


def notes_of(*cells):
    return deck_of([cell("## 3.2 Scores\n\nText.", "slide"), *cells])[0].notes


def test_the_text_between_slides_is_said():
    assert notes_of(cell("Between.")) == "<h4>Say</h4><p>Between.</p>"


def test_a_prediction_is_asked_and_what_comes_of_it_expected():
    answer = Cell("", words_of("It is seven."), source="say(x)", is_code=True)
    html = notes_of(cell("Text.\n\n> **Write down your prediction.** How many?\n\nAfter."), answer)
    assert "<h4>Ask</h4><p><strong>Write down your prediction.</strong> How many?</p><h4>Expect" in html
    assert "<h4>Expect</h4><p>It is seven.</p>" in html


def test_what_is_measured_follows_what_is_expected():
    """An answer in words is no reason to leave out the numbers that it points to."""
    written = cell("**Ask** How many?\n\n**Expect** Fewer than you think.", "notes")
    answer = Cell("", words_of("It is seven."), source="say(x)", is_code=True)
    assert "<h4>Expect</h4><p>Fewer than you think.</p><p>It is seven.</p>" in notes_of(written, answer)


def test_without_a_question_results_are_said():
    assert "Expect" not in notes_of(Cell("", words_of("It is seven."), source="say(x)", is_code=True))


def test_mistakes_of_the_exercises_of_this_place_are_named():
    html = notes_of(cell("→ *Exercise* [`masked_softmax`]."))
    assert "over the queries, not over the keys" in html.split("Look out for")[1]


def test_a_short_question_has_its_answers_even_beside_written_notes():
    written = Cell("notes", words_of(""), source="**Ask** Why?")
    html = notes_of(written, cell("❓ **Question** [`eighteen_per_cent`] to this section."))
    ask, expect = html.split("<h4>Ask</h4>")[1].split("<h4>Expect</h4>")
    expect, look_out = expect.split("<h4>Look out for</h4>")
    assert ask.startswith("<p>Why?</p>") and "18 % of the attention lies on padding" in ask
    assert ask.count("<li>") == 4 and "<strong>d)</strong>" in ask
    assert "<strong>d)</strong>" in expect and "its exponential is 1" in expect
    assert all(f"<strong>{letter})</strong>" in look_out for letter in "abc") and "d)" not in look_out


def test_written_notes_come_first_and_replace_what_was_gathered():
    gathered = cell("Between.\n\n> **Predict.** How many?\n\n→ [`masked_softmax`].")
    written = cell(
        "**Say** First.\n\n**Ask** What?\n\n**Expect** Seven.\n\n**Look out for** Nothing.", "notes"
    )
    html = notes_of(gathered, written)
    assert html.index("First.") < html.index("Between.")
    assert "How many?" not in html.split("<h4>Ask")[1] and "over the queries" not in html
    for head in ("Say", "Ask", "Expect", "Look out for"):
        assert html.count(f"<h4>{head}</h4>") == 1


def test_a_mistake_is_named_with_the_words_of_the_sheet():
    html = notes_of(cell("**Look out for** `masked_softmax.wrong_axis` of course.", "notes"))
    assert "The weights sum to one over the queries, not over the keys." in html


def test_a_mistake_that_no_sheet_knows_is_refused():
    with pytest.raises(ValueError, match=r"Expected a mistake of `masked_softmax`: wrong_axis, .*no_such"):
        Notes().add_written(cell("**Look out for** `masked_softmax.no_such`", "notes"))


@pytest.mark.parametrize("text", ["Just text.", "**Tell** them.", "Before **Say** it."])
def test_notes_without_a_head_are_refused(text):
    with pytest.raises(ValueError, match="Expected notes under"):
        Notes().add_written(cell(text, "notes"))


def test_a_slide_of_several_pages_has_its_notes_on_each():
    slides = deck_of([cell("## 1.1 Long\n\n" + "* item\n" * 60, "slide"), cell("Between.")])
    assert len(slides) > 1
    assert {slide.notes for slide in slides} == {"<h4>Say</h4><p>Between.</p>"}
    assert [slide.is_continued for slide in slides] == [False] + [True] * (len(slides) - 1)


@pytest.fixture
def source(tmp_path):
    """A chapter, and a notebook that was executed from it."""
    path = tmp_path / "09_chapter.py"
    path.write_text(SOURCE, encoding="utf-8")
    notebook = read_source(path)
    notebook.metadata["course"] = {"code_sha256": code_hash(notebook)}
    nbformat.write(notebook, path.with_suffix(".ipynb"))
    return path


def test_notes_are_in_the_source_and_not_in_the_notebook(source):
    stored = nbformat.read(source.with_suffix(".ipynb"), as_version=4)
    assert [each.cell_type for each in stored.cells] == ["markdown", "code"]
    merged = executed_with_notes(source.with_suffix(".ipynb")).cells
    assert [each.cell_type for each in merged] == ["markdown", "markdown", "code"]
    assert "Good morning" in deck_of(read_cells(merged))[0].notes


def test_new_notes_leave_notebook_and_hash_alone(source):
    before = source.with_suffix(".ipynb").read_bytes()
    update_text(source)
    stored, digest = source.with_suffix(".ipynb").read_bytes(), code_hash(read_source(source))
    source.write_text(SOURCE.replace("Why?", "Why not?\n#\n# **Expect** Because."), encoding="utf-8")
    assert update_text(source) is False
    assert code_hash(read_source(source)) == digest
    assert source.with_suffix(".ipynb").read_bytes() == stored
    assert b"Good morning" not in before + stored


def test_a_source_with_other_cells_is_refused(source):
    source.write_text(f"{SOURCE}\n# %%\n1\n", encoding="utf-8")
    with pytest.raises(CodeDiffersError, match="another number of cells"):
        executed_with_notes(source.with_suffix(".ipynb"))


def test_a_notebook_without_a_source_has_no_notes(tmp_path):
    path = tmp_path / "09_alone.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_markdown_cell("# Alone")]), path)
    assert len(executed_with_notes(path).cells) == 1
