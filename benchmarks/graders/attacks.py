"""What each grader makes of hostile answers: an attacker hands in beside a neighbour who is right."""

import ast
import contextlib
import itertools
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from attacks import Attack, Planted, attack_cell, load_attacks

from benchmarks.graders.box import FIRST_USER, MEMORY_BYTES, boxed, hand_over
from benchmarks.graders.classroom import ROOT, Paper, due_points, right_answers
from benchmarks.graders.commands import GraderFailed, environment_of
from benchmarks.graders.ours import Ours

SCENE = Path(__file__).with_name("scene.py")
ANSWERS = Path(__file__).with_name("answers")
EXERCISE = "masked_softmax"
SECONDS = 90.0  # for each submission, before a grader is said to hang
AT_ONCE = 3  # most of a hostile submission's time is waiting
USERS = itertools.count(FIRST_USER)
PLACEHOLDERS = Planted(7654321, 76543, "/planted-folder", "planted-marker")
LEFT_OUT = {"types_into_the_terminal": "No grader had a terminal here."}
HARM = {
    "stolen": "marks stolen",
    "neighbour": "neighbour's mark lost",
    "read": "secret read",
    "written": "written outside",
    "reached": "network reached",
    "killed": "process outside killed",
    "running": "left running",
    "files": "files left outside",
    "hung": "hung",
    "memory": "memory without limit",
    "crashed": "no mark",
    "others": "own other answers lost",
}
SIGNS = {  # what `Outside.harm` says
    "was changed": "written",
    "connection came in": "reached",
    "process was ended": "killed",
    "was left running": "running",
    "was left behind": "files",
}


def all_attacks():
    """Every attack by name: an honest answer and the classic cheats first, then the tests' corpus."""
    first = {}
    for path in sorted(ANSWERS.glob("*.py"), key=lambda path: path.stem != "honest"):
        source = path.read_text(encoding="utf-8")
        group = "control" if path.stem == "honest" else "cheats"
        first[path.stem] = Attack(path.stem, ast.get_docstring(ast.parse(source)), source, group, ())
    corpus = {name: attack for name, attack in load_attacks().items() if name not in LEFT_OUT}
    first["patched_numpy"] = corpus.pop("patched_numpy")
    return first | corpus


def papers_for(attack):
    """The attacker's paper, one answer of which is the attack, and the neighbour's, graded after it."""
    right = dict.fromkeys(right_answers(), "right")
    source = attack_cell(attack, EXERCISE, right_answers()[EXERCISE], PLACEHOLDERS)
    mallory = Paper("mallory", right_answers() | {EXERCISE: source}, right | {EXERCISE: attack.name})
    return [mallory, Paper("neighbour", right_answers(), right)]


def stage_scene(grader, attack, folder):
    """Writes the submissions of one attack and the SPEC of its scene; gives the command that plays it."""
    work = folder / "work"
    work.mkdir()
    commands = [list(map(str, command)) for command in grader.stage(work, papers_for(attack), 1)]
    is_boxed = not isinstance(grader, Ours)
    spec = {
        "folder": str(work),
        "tests": str(ROOT / "tests"),
        "commands": commands,
        "environment": environment_of(commands[0]) | ({"HOME": str(folder / "home")} if is_boxed else {}),
        "seconds": SECONDS * 2 / len(commands),
        "memory_bytes": MEMORY_BYTES,
        "is_boxed": is_boxed,
        "placeholders": {field: str(value) for field, value in vars(PLACEHOLDERS).items()},
        "submissions": [str(path) for path in work.rglob("*.ipynb") if "mallory" in str(path)],
    }
    path = folder / "spec.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    if not is_boxed:
        return [sys.executable, str(SCENE), str(path)]
    (folder / "home").mkdir()
    user = next(USERS)
    hand_over(folder, user)
    network = attack.name == "network_outside"
    return boxed([grader.python, SCENE, path], folder, user, grader.python, [ROOT / "tests", SCENE], network)


@contextlib.contextmanager
def scratch_folder():
    """A temporary folder; `rm` takes it away, which folders too deep for Python's own removal do not stop."""
    folder = Path(tempfile.mkdtemp(prefix="graders-")).resolve()
    try:
        yield folder
    finally:
        subprocess.run(["rm", "-rf", folder], stderr=subprocess.DEVNULL)


def play(grader, attack):
    """Lets one grader meet one attack.

    Returns:
        A dict: `harm` (ids of `HARM`, worst first; empty when it survived), `points` of both students,
        `attacked` (those for the attacked exercise), and how the `commands` of the grader ended.
    """
    with scratch_folder() as folder:
        papers = papers_for(attack)
        folder.chmod(0o755)
        command = list(map(str, stage_scene(grader, attack, folder)))
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            process.wait(SECONDS * 2 + 60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        try:
            scene = json.loads((folder / "scene.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):  # it was brought down itself
            scene = None
        try:
            points = grader.points(folder / "work", papers)
        except (GraderFailed, OSError, ValueError, KeyError, TypeError, IndexError):
            points = {paper.student: None for paper in papers}
    found = find_harm(attack, scene, points, papers)
    return {
        "harm": [kind for kind in HARM if kind in found],
        "points": {student: marks and sum(marks.values()) for student, marks in points.items()},
        "attacked": (points["mallory"] or {}).get(EXERCISE),
        "commands": scene
        and [{key: entry[key] for key in ("status", "stopped", "seconds")} for entry in scene["commands"]],
    }


def find_harm(attack, scene, points, papers):
    """Tells what an attack has brought about, as a set of ids of `HARM`."""
    mallory, neighbour = papers
    due, marks, found = due_points(mallory), points["mallory"], set()
    if marks and marks.get(EXERCISE) and not can_be_right(attack):
        found.add("stolen")
    if points["neighbour"] != due_points(neighbour):
        found.add("neighbour")
    if marks is None or scene is None:
        found.add("crashed")
    elif any(marks.get(name) != value for name, value in due.items() if name != EXERCISE):
        found.add("others")
    if scene is None:
        return found
    stops = " ".join(entry["stopped"] for entry in scene["commands"])
    signs = {
        "read": scene["leaked"],
        "reached": scene["has_network"],
        "hung": "no end" in stops,
        "memory": "memory" in stops,
    }
    found |= {kind for kind, sign in signs.items() if sign}
    return found | {kind for sign, kind in SIGNS.items() for words in scene["harm"] if sign in words}


def can_be_right(attack):
    """Whether an attack returns the right answer, so that full marks for it are no theft."""
    return "passed" in attack.diagnoses or "return honest(" in attack.source


def measure(graders, names, known, store):
    """Plays attacks, storing after each one.

    Args:
        graders: The graders; one that has met an attack before, as `known` says, is spared it.
        names: Names of the attacks, to be played even so; all when empty.
        known: Dict from the name of an attack to its row, as stored before.
        store: Function that is given all rows after each attack.
    """
    rows, attacks = dict(known), all_attacks()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        played = {}
        for name in names or attacks:
            attack, row = attacks[name], rows.get(name, {"graders": {}})
            rows[name] = row | {"what": attack.what.split("\n")[0], "group": attack.group}
            for grader in graders:
                if grader.name not in row["graders"] or name in names:
                    played[pool.submit(play, grader, attack)] = name, grader.name
        try:
            for future in as_completed(played):
                name, grader = played[future]
                met = rows[name]["graders"][grader] = future.result()
                print(f"{name}, {grader}: {', '.join(met['harm']) or 'survived'}", flush=True)
                store({key: rows[key] for key in attacks if rows.get(key, {}).get("graders")})
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # what was met later would be stored nowhere
            raise
