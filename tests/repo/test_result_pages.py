"""The tables of the pages are those that were measured."""

import pytest
from PIL import Image

from benchmarks import page
from benchmarks.ladder.picture import description
from benchmarks.record import RESULTS, read_record


@pytest.mark.parametrize("path", page.PAGES, ids=lambda path: path.name)
def test_a_page_shows_what_was_measured(path):
    text = path.read_text(encoding="utf-8")
    assert text == page.filled(text), "Run `python -m benchmarks.page`."


def test_the_picture_shows_the_ladder_that_was_measured():
    with Image.open(page.PICTURE) as picture:
        measured = read_record(RESULTS / "ladder.json")
        assert picture.text["Description"] == description(measured), "Run `python -m benchmarks.page`."


def test_every_result_has_its_place():
    places = [place[1] for path in page.PAGES for place in page.PLACE.findall(path.read_text("utf-8"))]
    assert sorted(places) == sorted(page.TABLES)


def test_an_old_table_is_replaced():
    old = "a\n<!-- ladder: python -m benchmarks.ladder -->\nold\n<!-- end -->\nb\n"
    new = page.filled(old)
    assert new.startswith("a\n<!-- ladder") and new.endswith("<!-- end -->\nb\n")
    assert "old" not in new and "| GRU, dot |" in new
