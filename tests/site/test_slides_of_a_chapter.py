"""A chapter's page leads to its slides where they were made, and only there."""

import nbformat.v4 as v4
import pytest

from course_lib.authoring.site.build import copy_slides
from course_lib.authoring.site.chapters import chapter_page


@pytest.mark.parametrize("has_slides", [True, False])
def test_the_button_is_there_when_slides_were_made(has_slides):
    chapter = v4.new_notebook(cells=[v4.new_markdown_cell("# 3 · Attention")])
    page = chapter_page(chapter, "03_attention", has_slides=has_slides)
    assert ('<a href="../slides/03_attention.html">Slides</a>' in page.cells[0].source) is has_slides


def test_decks_and_what_they_need_are_copied(tmp_path):
    made, target = tmp_path / "slides", tmp_path / "site" / "slides"
    for name in ("03_attention.html", "03_attention.pdf", "04_other.html", "files/reveal.js"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name)
    copy_slides(made, target, ["03_attention"])
    found = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    assert found == ["03_attention.html", "03_attention.pdf", "files/reveal.js"]
    copy_slides(made, target, [])
    assert not target.exists()
