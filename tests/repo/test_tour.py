"""The tour runs from beginning to end, on less data, and tells what it measured."""

import argparse
import re

import pytest

from course_lib import cli, lab, tour
from course_lib.data import ToyLanguage


@pytest.fixture
def small_tour(monkeypatch, tmp_path):
    monkeypatch.setattr(tour, "NUM_TRAIN_SENTENCES", 2_500)
    monkeypatch.setattr(tour, "NUM_TEST_SENTENCES", 31)
    monkeypatch.setattr(tour, "FOLDER", tmp_path / "tour")
    monkeypatch.setenv("COURSE_STATE", str(tmp_path / "state"))
    return tmp_path


@pytest.mark.timeout(900)
def test_attention_wins_the_picture_is_saved_and_answers_are_judged(small_tour, capsys):
    assert tour.main() == 0
    said = capsys.readouterr().out
    rows = dict(
        re.findall(r"^   (with(?:out)? attention) +([\d,]+ +\d+ +[\d.]+ +[\d.-]+) *$", said, re.MULTILINE)
    )
    assert set(rows) == {"with attention", "without attention"}
    attention, plain = (rows[name].split() for name in ("with attention", "without attention"))
    assert float(attention[2]) > float(plain[2])
    diagonal = float(re.search(r"diagonal, a guess +([\d.]+)", said).group(1))
    assert float(attention[3]) < diagonal
    assert plain[3] == "-"
    assert (small_tour / "tour" / "attention.png").read_bytes().startswith(b"\x89PNG")
    assert "rejected: not_attempted" in said
    assert "rejected: mask_after_softmax" in said
    assert said.count("accepted") == 1
    assert "course lab" in said
    assert max(len(line) for line in said.splitlines() if str(small_tour) not in line) <= 100
    assert not (small_tour / "state").exists()  # the learner's own progress is untouched


def test_both_models_train_on_the_same_batches_and_are_tested_on_other_sentences():
    task = tour.ToyTask(num_train=200, num_test=29, seed=3)
    toy = ToyLanguage()
    assert {toy.split_of(pair.source) for pair in task.test} == {"test"}
    inputs = task.test_inputs
    for name, side in (("source_padding_mask", "source"), ("target_padding_mask", "target")):
        lengths = [len(getattr(pair, side)) + 1 for pair in task.test]  # the end or start token counts
        assert inputs[name].sum(axis=1).tolist() == lengths


def test_lab_opens_the_first_chapter_or_the_one_named():
    assert lab.chapter_to_open().name.startswith("01_language_models")
    assert lab.chapter_to_open("03").name.startswith("03_attention")


def test_lab_starts_jupyterlab_in_the_course_folder(monkeypatch, tmp_path):
    started = {}

    def call(command, cwd, env):
        started.update(command=command, cwd=cwd, env=env)
        return 0

    monkeypatch.setattr(lab.subprocess, "call", call)
    monkeypatch.setenv("COURSE_DATA", "data")
    arguments = argparse.Namespace(chapter=None, browser=False, allow_root=False, port=8891)
    assert lab.main(arguments) == 0
    assert started["command"][1:3] == ["-m", "jupyterlab"]
    assert started["command"][-2:] == ["--no-browser", "--port=8891"]
    assert (started["cwd"] / "course_lib").is_dir()
    assert started["env"]["COURSE_DATA"].endswith("data")
    assert started["env"]["COURSE_DATA"] != "data"


@pytest.mark.parametrize("status, user, has_words", [(1, 0, True), (0, 0, False), (1, 1000, False)])
def test_a_refusal_to_start_as_root_is_explained(monkeypatch, capsys, status, user, has_words):
    monkeypatch.setattr(lab.subprocess, "call", lambda *_, **__: status)
    monkeypatch.setattr(lab.os, "geteuid", lambda: user, raising=False)
    arguments = argparse.Namespace(chapter=None, browser=False, allow_root=False, port=None)
    assert lab.main(arguments) == status
    assert ("course lab --allow-root" in capsys.readouterr().out) == has_words


def test_leave_to_start_as_root_is_passed_on(monkeypatch, capsys):
    monkeypatch.setattr(lab.subprocess, "call", lambda command, **_: "--allow-root" not in command)
    monkeypatch.setattr(lab.os, "geteuid", lambda: 0, raising=False)
    assert cli.main(["lab", "--no-browser", "--allow-root"]) == 0
    assert cli.main(["lab", "--no-browser"]) == 1


def test_the_tour_says_what_to_type_where_the_shell_does_not_know_course(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tour.sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(tour.shutil, "which", lambda name: None)
    assert tour.activation_command() == ". .venv/bin/activate"
    monkeypatch.setattr(tour.shutil, "which", lambda name: "/elsewhere/course")
    assert tour.activation_command() == ". .venv/bin/activate"
    monkeypatch.setattr(tour.shutil, "which", lambda name: str(tmp_path / ".venv" / "bin" / name))
    assert tour.activation_command() is None
