"""Hostile answers in whole submissions: each costs itself only, and nothing outside is read, changed or left.

Importing the backend takes seconds, so many attacks share a submission, one for an exercise; some exercises
of every submission stay honest and must have full marks, and a neighbour is judged at the same time.
"""

import importlib.util
import json
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest
from attacks import Outside, attack_cell, build_sheet, honest_answer, load_attacks

from course_lib.grading.classroom.grade_one import grade_one
from course_lib.grading.commands.grade_one import read_submission
from course_lib.grading.judging.exercise import find_sheet, load_exercises, load_sheets
from course_lib.grading.sandbox import Limits, Sandbox
from course_lib.grading.sandbox.fork_worker import FrameBuffer
from course_lib.grading.sandbox.isolation import LimitsOnly, strongest

SOLUTIONS = Path(__file__).parents[3] / "solutions"
SEED = 20
LIMITS = Limits(seconds=20.0, memory_bytes=2**30)
RECORD_LIMIT = 400_000  # characters
ATTACKS = load_attacks()
EXERCISES = load_exercises()
# Their results are one tensor of real numbers, as the attacks that cheat take them to be, and no other answer
# calls one of them.
PLACES = (
    "token_perplexity",
    "bigram_counts",
    "continuation_probability",
    "kneser_ney_bigram",
    "negative_sampling_loss",
    "elman_step",
    "last_state",
    "gru_step",
    "token_cross_entropy",
    "length_normalised_scores",
    "masked_softmax",
    "dot_score",
    "multiplicative_score",
    "additive_score",
    "attention_context",
    "attention_step",
    "local_weights",
    "soft_lookup",
    "attend_from",
    "softmax_jacobian",
    "split_heads",
    "merge_heads",
    "sinusoidal_encoding",
    "offset_matrix",
    "add_positions",
    "rotate_by_position",
    "attention_with_relative_bias",
    "position_wise_network",
    "filter_normalised_direction",
    "warmup_rate",
    "smoothed_cross_entropy",
)
NUM_PACKS = -(-len(ATTACKS) // len(PLACES))
# Every pack gets its share of those that take long.
PACKS = [
    dict(zip(PLACES, list(ATTACKS.values())[number::NUM_PACKS], strict=False)) for number in range(NUM_PACKS)
]
# Every other exercise stays honest, in one pack or another, between the attacks and behind them: what comes
# before an honest answer and after it must not matter.
HONEST = [
    [name for name in EXERCISES if name not in PLACES][number::NUM_PACKS] for number in range(NUM_PACKS)
]
HURRIED_SECONDS = 2.0  # for attacks that never end, or stop what should report their end
FOUND = {attack.name: (number, place) for number, pack in enumerate(PACKS) for place, attack in pack.items()}


@pytest.fixture(scope="module")
def tier():
    tier, reasons = strongest()
    if tier is LimitsOnly:
        pytest.skip(f"nothing isolates here: {'; '.join(reasons)}")
    return tier


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    with Outside(tmp_path_factory.mktemp("outside")) as outside:
        yield outside


@dataclass
class Outcome:
    """What came of all packs: their records, the neighbour's beside each, and what was seen outside."""

    records: list
    neighbours: list
    alive: list
    harm: list
    left: list

    def mark(self, number, exercise):
        marks = self.records[number].exercises
        return next(mark for mark in marks if mark.verdict.exercise == exercise)

    def said(self, number, exercise):
        """What was said of an answer, in the words of `attacks.toml`."""
        verdict = self.mark(number, exercise).verdict
        is_wrong = verdict.diagnosis in (
            "described_mistake",
            "unknown_mistake",
            *EXERCISES[exercise].mistakes,
        )
        return "passed" if verdict.passed else "wrong" if is_wrong else verdict.diagnosis


class Descendants(threading.Thread):
    """Takes down every process that stems from this one from now on, until it is told to stop."""

    def __init__(self):
        super().__init__(daemon=True)
        self.before = set(psutil.Process().children(recursive=True))
        self.seen = set()
        self._stop_now = threading.Event()

    def run(self):
        while not self._stop_now.wait(0.1):
            self.seen |= set(psutil.Process().children(recursive=True))

    def alive(self):
        self._stop_now.set()
        self.join()
        _, alive = psutil.wait_procs(self.seen - self.before, timeout=5)
        return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def write_solved(folder, answers_of=lambda sheet, solution: {}):
    """A submission with every sheet, solved but for the answers given for it."""
    folder.mkdir()
    for sheet in load_sheets():
        solution = (SOLUTIONS / f"{sheet.name}.py").read_text(encoding="utf-8")
        text = build_sheet(solution, answers_of(sheet, solution))
        (folder / f"{sheet.name}.py").write_text(text, encoding="utf-8")
    return folder


def write_pack(folder, pack, planted):
    def answers_of(sheet, solution):
        names = [exercise.name for exercise in sheet.exercises if exercise.name in pack]
        return {name: attack_cell(pack[name], name, honest_answer(solution, name), planted) for name in names}

    return write_solved(folder, answers_of)


def write_neighbour(path, outside):
    """A plain submission with two mistakes and a secret in it."""
    solution = (SOLUTIONS / "03_attention.py").read_text(encoding="utf-8")
    text = solution.replace("axis=-1)", "axis=-2)", 1).replace(
        "/ query.shape[-1] ** 0.5", "/ query.shape[-1]"
    )
    path.write_text(f"# {outside.secrets['file']}\n{text}", encoding="utf-8")
    return path


class HurriedSandbox(Sandbox):
    """A sandbox that does not wait long for those exercises of a pack that are never going to end."""

    pack = {}

    def run(self, text, filename, name, *args, **kwargs):
        attack = self.pack.get(name)
        if attack and attack.group in ("never ends", "kills others") and "time_out" in attack.diagnoses:
            self.limits = replace(self.limits, seconds=HURRIED_SECONDS)
        return super().run(text, filename, name, *args, **kwargs)


def judge_here(path, sandbox, sheets):
    return grade_one(read_submission(path, path.stem), sheets, SEED, sandbox)


def judge_pack(path, sandbox, number):
    """Judges a pack on its attacks and its share of the honest exercises."""
    names = {*PACKS[number], *HONEST[number]}
    sheets = [
        replace(sheet, exercises=tuple(exercise for exercise in sheet.exercises if exercise.name in names))
        for sheet in load_sheets()
    ]
    sandbox.pack = PACKS[number]
    return judge_here(path, sandbox, sheets)


@pytest.fixture(scope="module")
def sandbox(tier):
    """The sandbox of everybody who means no harm."""
    with Sandbox(Limits(), tier) as sandbox:
        sandbox.start()
        yield sandbox


@pytest.fixture(scope="module")
def neighbour_alone(sandbox, outside, tmp_path_factory):
    path = write_neighbour(tmp_path_factory.mktemp("alone") / "neighbour.py", outside)
    return judge_here(path, sandbox, [find_sheet("03")])


@pytest.fixture(scope="module")
def judged(tier, sandbox, outside, neighbour_alone, tmp_path_factory):
    """All packs, judged one after the other in one sandbox, the neighbour beside each of them in another."""
    work = tmp_path_factory.mktemp("work")
    kept = work / "tmp"
    kept.mkdir()
    hostile = [
        write_pack(work / f"mallory{number}", pack, outside.planted) for number, pack in enumerate(PACKS)
    ]
    neighbour = write_neighbour(work / "neighbour.py", outside)
    descendants, records, neighbours = Descendants(), [], []
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as executor:
        patch.setattr(tempfile, "tempdir", str(kept))
        descendants.start()
        with HurriedSandbox(LIMITS, tier) as theirs:
            for number, path in enumerate(hostile):
                beside = executor.submit(judge_here, neighbour, sandbox, [find_sheet("03")])
                records.append(executor.submit(judge_pack, path, theirs, number).result())
                neighbours.append(beside.result())
    return Outcome(records, neighbours, descendants.alive(), outside.harm(), sorted(kept.rglob("*")))


@pytest.mark.parametrize("name", ATTACKS)
def test_each_attack_is_told_for_what_it_is(judged, name):
    number, exercise = FOUND[name]
    verdict = judged.mark(number, exercise).verdict
    assert judged.said(number, exercise) in ATTACKS[name].diagnoses, str(verdict)[:2000]
    assert verdict.points == (verdict.possible if verdict.passed else 0)


@pytest.mark.parametrize("number", range(NUM_PACKS))
def test_honest_answers_of_the_same_submission_have_full_marks(judged, number):
    assert judged.records[number].status == "marked", judged.records[number].problem
    said = {name: judged.said(number, name) for name in HONEST[number]}
    assert said == dict.fromkeys(HONEST[number], "passed")


@pytest.mark.parametrize("number", range(NUM_PACKS))
def test_a_neighbour_has_the_marks_it_has_alone(judged, neighbour_alone, number):
    assert judged.neighbours[number].marks() == neighbour_alone.marks()


def test_the_neighbour_has_two_mistakes(neighbour_alone):
    diagnoses = {mark.verdict.exercise: mark.verdict.diagnosis for mark in neighbour_alone.exercises}
    assert diagnoses["masked_softmax"] == "wrong_axis"
    assert diagnoses["dot_score"] is not None
    assert list(diagnoses.values()).count(None) == len(diagnoses) - 2


def test_nothing_outside_is_harmed_and_nothing_is_left(judged):
    assert judged.harm == []
    assert judged.alive == []
    assert judged.left == []


@pytest.mark.parametrize("number", range(NUM_PACKS))
def test_no_secret_is_told_and_the_record_is_fit_to_keep(judged, outside, number):
    record = judged.records[number]
    text = record.to_json()
    assert outside.leaked(text) == []
    assert len(text) < RECORD_LIMIT
    assert type(record).from_json(text.encode("utf-8").decode("utf-8")) == record


def test_spies_have_looked_and_found_nothing(judged):
    for name in ("reads_files", "reads_environment", "reads_memory", "reads_solutions"):
        message = judged.mark(*FOUND[name]).verdict.message
        num_places = int(message.split(" places searched")[0].split()[-1])
        assert num_places > 0
        assert "found: []" in message, message


SPIES = ("reads_files", "reads_environment", "reads_memory", "reads_solutions", "network_inside")


def test_without_isolation_spies_find_and_knock(tmp_path):
    """What the tests above look for does show where nothing holds it back."""
    places = ("masked_softmax", "dot_score", "multiplicative_score", "additive_score", "attention_context")
    pack = dict(zip(places, map(ATTACKS.get, SPIES), strict=True))
    (tmp_path / "other").mkdir()
    with Outside(tmp_path / "other") as other:
        path = write_pack(tmp_path / "spy", pack, other.planted) / "03_attention.py"
        with Sandbox(Limits(), LimitsOnly) as unshielded:
            record = judge_here(path, unshielded, [find_sheet("03")])
        told = {mark.verdict.exercise: other.leaked(mark.verdict.message) for mark in record.exercises}
        assert told["masked_softmax"] == ["file"]
        assert told["dot_score"] == ["variable"]
        assert "file" in told["multiplicative_score"]
        assert "checks" in record.exercises[3].verdict.message
        assert len([words for words in other.harm() if "A connection came in" in words]) >= 3


@pytest.mark.parametrize("name", ["reads_solutions", "steals_the_reference"])
def test_attacks_look_for_modules_that_exist(name):
    names = {}
    exec(ATTACKS[name].source.partition("def ")[0], names)
    modules = [module for module in names["MODULES"] if module.startswith("course_lib")]
    assert len(modules) >= 3
    assert [module for module in modules if importlib.util.find_spec(module) is None] == []


def test_forged_frames_are_of_the_form_the_grader_reads():
    source = ATTACKS["forged_results"].source.partition("def attack")[0]
    names = {}
    exec(source, names)
    frames = [list(FrameBuffer().feed(names["frame"](claim))) for claim in names["CLAIMS"]]
    assert frames[0] == [{"result": 0.1375}]
    assert all(len(trees) == 1 and isinstance(trees[0], dict) for trees in frames)


def cells_of_sheet():
    """The solved third sheet as a list of notebook cells, and where each exercise stands."""
    solution = (SOLUTIONS / "03_attention.py").read_text(encoding="utf-8")
    cells, places = [], {}
    for part in solution.split("# %%")[1:]:
        kind = "markdown" if part.startswith(" [markdown]") else "code"
        source = part.partition("\n")[2]
        for exercise in find_sheet("03").exercises:
            if f"def {exercise.name}(" in source:
                places[exercise.name] = len(cells)
        cells.append({"cell_type": kind, "id": f"c{len(cells)}", "metadata": {}, "source": source})
    return cells, places


def write_notebook(path, cells):
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def said_in(record):
    assert record.status == "marked", record.problem
    return {mark.verdict.exercise: mark.verdict.diagnosis or "passed" for mark in record.exercises}


def with_source(cell, source, kind="code"):
    return {**cell, "cell_type": kind, "source": source}


def test_a_mangled_notebook_loses_only_what_was_mangled(sandbox, outside, tmp_path):
    cells, places = cells_of_sheet()
    source = {name: cells[place]["source"] for name, place in places.items()}
    mark = outside.folder / "shell-was-here"
    shell = f"!touch {mark}\n%cd /\n%run nothing.py\nx = !touch {mark}\n!!touch {mark}\n?print\nops??\n"
    wrong = "def multiplicative_score(query, key, kernel):\n    return query\n"
    changes = {
        "masked_softmax": [with_source(cells[0], shell + source["masked_softmax"] + "\n" + shell)],
        "dot_score": [with_source(cells[0], f"%%bash\ntouch {mark}\n" + source["dot_score"])],
        "multiplicative_score": [
            with_source(cells[0], source["multiplicative_score"]),
            with_source(cells[0], wrong),
        ],
        "additive_score": [
            with_source(cells[0], "def additive_score(*args):\n    return 1\n"),
            with_source(cells[0], source["additive_score"]),
        ],
        "attention_context": [cells[places["attention_context"]]] * 3,
        "attention_step": [with_source(cells[0], source["attention_step"], "markdown")],
        "local_weights": [with_source(cells[0], source["local_weights"], "raw")],
        "alignment_error_rate": [
            with_source(cells[0], cells[places["alignment_error_rate"] - 1]["source"].replace("# ", "")),
            with_source(cells[0], "def broken(:\n"),
            cells[places["alignment_error_rate"]],
        ],
    }
    for name, place in sorted(places.items(), key=lambda pair: -pair[1]):
        cells[place : place + 1] = changes[name]
    path = write_notebook(tmp_path / "03_attention.ipynb", cells)
    record = judge_here(path, sandbox, [find_sheet("03")])
    said = said_in(record)
    assert said.pop("multiplicative_score") not in ("passed", "stopped", "not_found")
    assert said == {
        "masked_softmax": "passed",
        "dot_score": "not_found",
        "additive_score": "passed",
        "attention_context": "passed",
        "attention_step": "not_found",
        "local_weights": "not_found",
        "alignment_error_rate": "passed",
    }
    notes = {mark.verdict.exercise: mark.verdict.notes for mark in record.exercises}
    assert "defined 2 times" in str(notes["additive_score"])
    assert "defined 3 times" in str(notes["attention_context"])
    assert not mark.exists()


NOT_ONE_FUNCTION = """
import numpy as np
from keras import ops

def masked_softmax_v2(scores, mask):
    return scores

def dot_score(query):
    return query

async def multiplicative_score(query, key, kernel):
    return query

def additive_score(query, key, query_kernel, key_kernel, scale):
    yield query

class attention_context:
    def __init__(self, scores):
        pass

attention_step = np.float32(3)

if True:
    local_weights = lambda scores, center, window: scores

# \\xe9\\xff: not UTF-8
alignment_error_rate = "not a function"
"""


def test_answers_that_are_no_such_function(sandbox, tmp_path):
    path = tmp_path / "03_attention.py"
    path.write_bytes(NOT_ONE_FUNCTION.encode().replace(b"\\xe9\\xff", b"\xe9\xff"))
    record = judge_here(path, sandbox, [find_sheet("03")])
    assert said_in(record) == {
        "masked_softmax": "not_found",
        "dot_score": "raised",
        "multiplicative_score": "wrong_type",
        "additive_score": "wrong_type",
        "attention_context": "raised",
        "attention_step": "not_found",
        "local_weights": "described_mistake",
        "alignment_error_rate": "not_found",
    }
    assert "masked_softmax_v2" in record.exercises[0].verdict.message


HOPELESS = {
    "broken.ipynb": b'{"cells": [{"cell_type": "code", "source": ["def masked_softmax(',
    "empty.ipynb": b"",
    "list.ipynb": b"[]",
    "deep.ipynb": b"[" * 10**6,
    "numbers.ipynb": b'{"cells": ' + b"9" * 10**5 + b"}",
    "noise.py": bytes(range(256)) * 100,
    "nested.py": b"def masked_softmax(scores, mask):\n    return " + b"(" * 10**4 + b")" * 10**4,
    "additions.py": b"def masked_softmax(scores, mask):\n    return " + b"1+" * 10**5 + b"1",
    "powers.py": b"def masked_softmax(scores, mask):\n    return " + b"9**9**9**9**9",
}


@pytest.fixture(scope="module")
def light_sandbox(tier):
    """A sandbox with the backend that is imported soonest, and little time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", "numpy")
        with Sandbox(Limits(seconds=2.0), tier) as sandbox:
            yield sandbox


@pytest.mark.parametrize("name", HOPELESS)
def test_files_beyond_hope_get_a_record_and_no_marks(light_sandbox, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOPELESS[name])
    record = judge_here(path, light_sandbox, [find_sheet("03")])
    assert record.status in ("marked", "unreadable"), record.problem
    assert record.points == 0
    assert len(record.to_json()) < RECORD_LIMIT


def test_a_notebook_of_50_megabytes_is_judged_or_refused_in_words(sandbox, tmp_path):
    cells, _ = cells_of_sheet()
    output = {"output_type": "stream", "name": "stdout", "text": ["x" * 50 * 2**20]}
    cells = [{**cell, "outputs": [output]} if number == 1 else cell for number, cell in enumerate(cells)]
    path = write_notebook(tmp_path / "03_attention.ipynb", cells)
    record = judge_here(path, sandbox, [find_sheet("03")])
    if record.status == "unreadable":
        assert "MB" in record.problem
    else:
        assert set(said_in(record).values()) == {"passed"}
    assert len(record.to_json()) < RECORD_LIMIT
