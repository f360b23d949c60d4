"""The doctor tells a healthy installation from a broken one, and survives both."""

import sys

import pytest

from course_lib import backend, doctor


@pytest.fixture
def fast_backend(monkeypatch):
    healthy = [doctor.Finding("backend", "Keras backend", "ok", "tensorflow 2.21.0")]
    monkeypatch.setattr(doctor, "backend_findings", lambda: healthy)


def test_a_healthy_installation_is_ready(fast_backend, capsys):
    assert doctor.main() == 0
    report = capsys.readouterr().out
    assert report.rstrip().endswith("Ready.")
    assert "multi30k" in report
    assert "sandbox" in report


def test_the_backend_probe_multiplies_matrices():
    findings = doctor.backend_findings()
    assert [finding.state for finding in findings] == ["ok", "ok"]
    assert "CPU" in findings[1].detail.upper()


def test_a_missing_package_is_a_problem_with_a_remedy(fast_backend, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_version", lambda package: None if package == "sacrebleu" else "1.0")
    assert doctor.main() == 1
    report = capsys.readouterr().out
    assert "problem  sacrebleu" in report
    assert "pip install -e ." in report
    assert "1 problem" in report


def test_an_optional_package_may_be_missing(monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda package: None if package == "tensorflow-text" else "1.0")
    states = {finding.name: finding for finding in doctor.version_findings()}
    assert states["tensorflow-text"].state == "note"
    assert "pure-Python" in states["tensorflow-text"].advice


def test_an_unknown_or_absent_backend_is_a_problem(monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "theano")
    assert [finding.state for finding in doctor.backend_findings()] == ["problem"]
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    find_spec = backend.util.find_spec
    monkeypatch.setattr(backend.util, "find_spec", lambda name: None if name == "jax" else find_spec(name))
    (finding,) = doctor.backend_findings()
    assert finding.state == "problem"
    assert finding.detail == "jax is not installed"
    assert "KERAS_BACKEND=tensorflow" in finding.advice


def test_a_backend_that_crashes_is_a_line_of_the_report(monkeypatch):
    monkeypatch.setattr(doctor, "DEVICE_PROBE", "import os; os._exit(132)")
    (finding,) = doctor.backend_findings()
    assert finding.state == "problem"
    assert "exit status 132" in finding.detail


def test_a_backend_that_hangs_is_a_line_of_the_report(monkeypatch):
    monkeypatch.setattr(doctor, "DEVICE_PROBE", "import time; time.sleep(60)")
    monkeypatch.setattr(doctor, "PROBE_SECONDS", 1)
    (finding,) = doctor.backend_findings()
    assert "did not start within 1 s" in finding.detail


def test_a_part_that_breaks_does_not_hide_the_others(fast_backend, monkeypatch, capsys):
    def data_findings():
        raise RuntimeError("no registry")

    monkeypatch.setattr(doctor, "data_findings", data_findings)
    assert doctor.main() == 1
    report = capsys.readouterr().out
    assert "RuntimeError: no registry" in report
    assert "sandbox" in report


def test_corpora_are_found_in_the_mirror_by_name_and_size(monkeypatch, tmp_path):
    from course_lib.data import CORPORA

    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    corpus = next(c for c in CORPORA.values() if all(file.size for file in c.files.values()))
    before = {finding.name: finding for finding in doctor.data_findings()}[corpus.name]
    assert before.state == "note"
    assert before.detail.startswith("0 of ")
    (tmp_path / corpus.name).mkdir()
    for file in corpus.files.values():
        with open(tmp_path / corpus.name / file.name, "wb") as handle:
            handle.truncate(file.size)
    after = {finding.name: finding for finding in doctor.data_findings()}[corpus.name]
    assert (after.state, after.detail) == ("ok", "present (mirror)")


def test_a_mirror_that_is_no_folder_is_a_problem(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "nowhere"))
    assert doctor.data_findings()[0].state == "problem"


def test_sandbox_is_tried_not_guessed(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (finding,) = doctor.sandbox_findings()
    assert finding.state == "note"
    assert "not installed" in finding.detail
    failing = tmp_path / "bwrap"
    failing.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('No permissions')\n")
    failing.chmod(0o755)
    (finding,) = doctor.sandbox_findings()
    assert finding.state == "note"
    assert "bubblewrap fails: No permissions" in finding.detail
