"""State of the learner goes to a folder of the test, never to the course itself."""

import pytest


@pytest.fixture(autouse=True)
def state_folder(tmp_path, monkeypatch):
    """Keeps progress in a fresh folder."""
    folder = tmp_path / "state"
    monkeypatch.setenv("COURSE_STATE", str(folder))
    return folder
