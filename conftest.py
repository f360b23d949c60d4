"""For tests and docstring examples alike."""

import math

import pytest


def pytest_addoption(parser):
    """`pytest tests/grading/checks -k NAME --all-seeds`, for who writes an exercise."""
    parser.addoption(
        "--all-seeds",
        dest="seconds",
        action="store_const",
        const=math.inf,
        default=0.3,
        help="judge every answer on all thirty seeds, however long it takes",
    )


@pytest.fixture(autouse=True)
def separate_progress(tmp_path, monkeypatch):
    """Exercises judged in a test do not enter the progress of whoever runs the tests."""
    monkeypatch.setenv("COURSE_STATE", str(tmp_path / "state"))
