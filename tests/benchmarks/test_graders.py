"""The class that three graders mark, the sheet as the peers get it, and the tables; no grader is run."""

import ast
import json

import nbformat
import pytest

from benchmarks.graders import attacks, classroom, peer_sheet, tables
from benchmarks.graders.ours import Ours
from benchmarks.graders.speed import disagreements
from course_lib.grading.judging.exercise import find_exercise
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.worker.probe import run_call

NAMES = [exercise.name for exercise in classroom.sheet().exercises]


def checked(name, answer):
    """Runs the peers' check of an answer, given as source or as a function; raises when it does not pass."""
    namespace = {}
    exec(peer_sheet.IMPORTS, namespace)
    if callable(answer):
        namespace[name] = answer
    else:
        exec(answer, namespace)
    exec(peer_sheet.check_source(name), namespace)


def defined(source):
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def test_a_class_is_drawn_again_by_its_seed_and_has_answers_of_every_kind():
    papers = classroom.draw_class(12, seed=7)
    assert papers == classroom.draw_class(12, seed=7) != classroom.draw_class(12, seed=8)
    kinds = {kind for paper in papers for kind in paper.kinds.values()}
    assert {"right", "blank"} < kinds and len(kinds) > 10
    for paper in papers:
        assert list(paper.answers) == NAMES
        for name, source in paper.answers.items():
            assert [found for found in defined(source) if not found.startswith("_")] == [name]
        blanks = [name for name, kind in paper.kinds.items() if kind == "blank"]
        assert all("raise NotImplementedError" in paper.answers[name] for name in blanks)
        assert sum(classroom.due_points(paper).values()) < 45 or set(paper.kinds.values()) == {"right"}


def test_answers_take_the_place_of_the_blanks_in_a_notebook():
    paper = classroom.draw_class(1, seed=3)[0]
    sources = ["".join(cell["source"]) for cell in json.loads(classroom.handout())["cells"]]
    filled = json.loads(classroom.fill_notebook(classroom.handout(), paper.answers))["cells"]
    changed = [
        "".join(cell["source"])
        for cell, source in zip(filled, sources, strict=True)
        if "".join(cell["source"]) != source
    ]
    assert changed == list(paper.answers.values())
    with pytest.raises(ValueError, match="no cell for: gru_step"):
        classroom.fill_notebook(classroom.handout(), {"gru_step": "def gru_step(): pass"})


@pytest.mark.parametrize("name", NAMES)
def test_the_check_of_the_peers_passes_what_is_right_and_nothing_else(name):
    checked(name, classroom.right_answers()[name])
    with pytest.raises(NotImplementedError):
        checked(name, classroom.blank_answers()[name])
    for mutant, source in classroom.wrong_answers(name).items():
        try:
            checked(name, source)
        except Exception:
            continue
        pytest.fail(f"{mutant} passes")


def test_an_object_that_equals_everything_passes_the_check_of_the_peers_but_not_ours():
    namespace = {}
    exec(attacks.all_attacks()["agreeable_object"].source, namespace)

    def masked_softmax(scores, mask):
        return namespace["attack"](None, scores, mask)

    checked("masked_softmax", masked_softmax)
    results = [run_call(masked_softmax, case) for case in draw_cases("masked_softmax", 1)]
    assert judge(find_exercise("masked_softmax"), 1, results).diagnosis == "wrong_type"


def test_peers_get_every_exercise_once_with_its_points_and_its_check_hidden():
    otter = nbformat.reads(peer_sheet.otter_notebook(), as_version=4)
    text = "\n".join(cell.source for cell in otter.cells)
    assert text.count("# BEGIN QUESTION") == text.count("# HIDDEN") == len(NAMES)
    nbgrader = nbformat.reads(peer_sheet.nbgrader_notebook(), as_version=4)
    roles = [cell.metadata["nbgrader"] for cell in nbgrader.cells if "nbgrader" in cell.metadata]
    assert sum(role.get("points", 0) for role in roles) == classroom.sheet().points
    assert [role["grade_id"] for role in roles if role["solution"]] == NAMES
    for name in NAMES:
        assert f"name: {name}\n" in text and classroom.right_answers()[name].splitlines()[-1] in text


def test_ours_is_given_one_notebook_for_each_student(tmp_path):
    papers = classroom.draw_class(2, seed=7)
    (command,) = Ours().stage(tmp_path, papers, 2)
    assert command[-2:] == ["--jobs", "2"]
    assert len(list((tmp_path / "submissions").glob("*.ipynb"))) == 2
    assert Ours().points(tmp_path, papers) == {"student001": None, "student002": None}


def test_marks_that_differ_from_what_is_due_are_named():
    first, second = classroom.draw_class(2, seed=7)
    marks = {first.student: classroom.due_points(first) | {"dot_score": 4}, second.student: None}
    found = disagreements([first, second], marks)
    assert found == {
        f"dot_score, {first.kinds['dot_score']}: 4 of 0 points due": [first.student],
        "no mark at all": [second.student],
    }


QUIET = {
    "commands": [{"status": 0, "stopped": "", "seconds": 9.0, "last_words": ""}],
    "harm": [],
    "leaked": [],
    "has_network": False,
}


def test_harm_is_told_from_marks_and_from_what_was_seen():
    attack = attacks.all_attacks()["patched_numpy"]
    mallory, neighbour = papers = attacks.papers_for(attack)
    full = classroom.due_points(neighbour)
    honest = {"mallory": full | {"masked_softmax": 0}, "neighbour": full}
    assert attacks.find_harm(attack, QUIET, honest, papers) == set()
    assert attacks.find_harm(attack, QUIET, {"mallory": full, "neighbour": full}, papers) == {"stolen"}
    assert attacks.find_harm(attack, None, {"mallory": None, "neighbour": None}, papers) == {
        "crashed",
        "neighbour",
    }
    lost = {"mallory": dict.fromkeys(full, 0), "neighbour": full}
    hung = QUIET | {"commands": [QUIET["commands"][0] | {"stopped": "no end after 90 s"}]}
    assert attacks.find_harm(attack, hung, lost, papers) == {"others", "hung"}
    seen = QUIET | {"harm": ["secret.txt in the planted folder was changed.", "Process 7 was left running."]}
    assert attacks.find_harm(attack, seen, honest, papers) == {"written", "running"}


def test_the_attack_aims_at_what_the_scene_plants():
    attack = attacks.all_attacks()["kills_everything"]
    source = attacks.papers_for(attack)[0].answers["masked_softmax"]
    assert f"PLANTED_PROCESS = {attacks.PLACEHOLDERS.process}" in source


def test_the_table_names_the_worst_first_and_counts():
    met = {"course grade": {"harm": []}, "otter run": {"harm": ["stolen", "hung"]}}
    rows = {"patched_numpy": {"what": "Says yes.", "group": "cheats", "graders": met}}
    table = tables.attack_table({"attacks": rows, "box": "In a box."})
    assert "| patched numpy | Says yes. | survived | **marks stolen**, hung |" in table
    assert "`otter run` survived 0 of 1, marks stolen by 1" in table
