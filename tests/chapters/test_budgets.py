"""The table of budgets."""

import pytest

from course_lib.chapters import chapter_budget
from course_lib.chapters.budgets import BUDGET_NAMES, CHAPTER_BUDGETS


def test_every_row_has_one_value_for_each_budget():
    for rows in CHAPTER_BUDGETS.values():
        for values in rows.values():
            assert len(values) == len(BUDGET_NAMES)


@pytest.mark.parametrize("name", BUDGET_NAMES)
@pytest.mark.parametrize("chapter", CHAPTER_BUDGETS)
def test_environment_chooses_the_column(monkeypatch, chapter, name):
    monkeypatch.setenv("COURSE_BUDGET", name)
    budget = chapter_budget(chapter)
    assert (budget.name, budget.chapter) == (name, chapter)
    for attribute, values in CHAPTER_BUDGETS[chapter].items():
        assert getattr(budget, attribute) == values[BUDGET_NAMES.index(name)]


@pytest.mark.parametrize("value", [None, ""])
def test_cpu_is_the_default(monkeypatch, value):
    monkeypatch.delenv("COURSE_BUDGET", raising=False)
    if value is not None:
        monkeypatch.setenv("COURSE_BUDGET", value)
    assert chapter_budget("03_attention").name == "cpu"


def test_unknown_names_are_refused(monkeypatch):
    monkeypatch.setenv("COURSE_BUDGET", "quick")
    with pytest.raises(ValueError, match="`chapter` must be one of 01_.*Received: chapter=3_attention"):
        chapter_budget("3_attention")
    with pytest.raises(AttributeError, match="num_epochs.*Received: num_epoch"):
        _ = chapter_budget("03_attention").num_epoch
    with pytest.raises(AttributeError, match="cannot be changed"):
        chapter_budget("03_attention").num_epochs = 1
    monkeypatch.setenv("COURSE_BUDGET", "tpu")
    with pytest.raises(ValueError, match="must be one of quick, cpu, gpu. Received: COURSE_BUDGET=tpu"):
        chapter_budget("03_attention")
