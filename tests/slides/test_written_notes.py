"""Chapters whose notes are written: every slide has all four kinds."""

import pytest

from course_lib.authoring.folders import project_folder
from course_lib.authoring.slides.cells import read_cells
from course_lib.authoring.slides.deck import deck_of, plain
from course_lib.authoring.slides.notes import HEADS
from course_lib.authoring.stored_notebooks import executed_with_notes

WRITTEN = (
    "01_language_models",
    "02_sequence_to_sequence",
    "03_attention",
    "04_queries_keys_values",
    "05_multi_head_attention",
    "06_positions",
    "07_the_block",
    "08_the_transformer",
    "09_word_pieces",
    "10_bert_pretraining",
    "11_fine_tuning_sentences",
    "12_fine_tuning_tokens",
    "13_what_to_mask",
    "14_electra",
    "15_smaller",
    "16_masks_as_tasks",
)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_slide_has_something_to_say_to_ask_to_expect_and_to_look_out_for(name):
    cells = executed_with_notes(project_folder() / "notebooks" / f"{name}.ipynb").cells
    missing = {
        plain(slide.heading): lacking
        for slide in deck_of(read_cells(cells))
        if (lacking := [head for head in HEADS if f"<h4>{head}</h4>" not in slide.notes])
    }
    assert not missing
