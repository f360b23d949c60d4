"""A chapter that says what it did not measure is not built."""

import pytest

from course_lib.chapters import claim, finding


@pytest.mark.parametrize("budget", ["cpu", "gpu"])
def test_a_claim_that_does_not_hold_fails(monkeypatch, budget):
    monkeypatch.setenv("COURSE_BUDGET", budget)
    claim(True, "the sun rises")
    with pytest.raises(AssertionError, match="does not bear this out: the sun sets"):
        claim(False, "the sun sets")


def test_quick_claims_nothing(monkeypatch):
    monkeypatch.setenv("COURSE_BUDGET", "quick")
    claim(False, "the sun sets")


@pytest.mark.parametrize(("budget", "said"), [("cpu", "**Measured.** A"), ("quick", "*Not decided with")])
def test_a_finding_says_whether_it_was_decided(monkeypatch, budget, said):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setenv("COURSE_BUDGET", budget)
    finding("a is b.", True)
    assert [item.data[: len(said)] for item in shown] == [said]


def test_a_finding_that_does_not_hold_is_not_shown(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    monkeypatch.setenv("COURSE_BUDGET", "cpu")
    with pytest.raises(AssertionError, match="A is b"):
        finding("a is b.", False)
    assert not shown
