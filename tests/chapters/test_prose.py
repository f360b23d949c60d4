"""Sentences and tables below a cell."""

import pytest

from course_lib.chapters import table


def test_table_is_markdown(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    table(["score", "BLEU"], [["dot", 36.9]])
    assert [item.data for item in shown] == ["| score | BLEU |\n| --- | --- |\n| dot | 36.9 |"]


def test_a_short_row_is_refused():
    with pytest.raises(ValueError, match="value for each column"):
        table(["score", "BLEU"], [["dot"]])
