"""Small submissions, and runs of the graders over them, for the tests of marking."""

import json
import os
from pathlib import Path

from course_lib.cli import main

SHEET = "03_attention"
RIGHT = """
from keras import ops
def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    return weights * ops.cast(mask, weights.dtype)
"""
WRONG = "def masked_softmax(scores, mask):\n    return scores * 2\n"
BLANK = "def masked_softmax(scores, mask):\n    raise NotImplementedError\n"


def hand_in(folder, **texts):
    """Writes a submission per student: student → text of the sheet."""
    folder.mkdir(exist_ok=True)
    for student, text in texts.items():
        (folder / f"{student}.py").write_text(text, encoding="utf-8")
    return folder


def grade(submissions, out, *options):
    """Runs `course grade`; returns its exit status."""
    return main(["grade", str(submissions), "--out", str(out), "--sheet", SHEET, *map(str, options)])


def records_in(out):
    """The records of a run, as pairs of student and JSON text."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(Path(out, "records").glob("*"))}


def without_times(record):
    """A record as a dict, but for the seconds that it and its exercises took: all else must come again."""
    table = json.loads(record)
    del table["seconds"]
    for mark in table["exercises"]:
        del mark["seconds"]
    return table


def stub_bubblewrap(folder, real, monkeypatch, failures):
    """Puts a `bwrap` first on PATH that passes its trial and then makes no sandbox for so many times.

    Args:
        folder: An empty folder.
        real: Path of the real program, which does everything else.
        monkeypatch: Sets PATH.
        failures: How many sandboxes fail; None for all.
    """
    for number in range(failures or 0):
        (folder / f"fails.{number}").mkdir(parents=True)
    take = f'for one in {folder}/fails.*; do /bin/rmdir "$one" 2>/dev/null && fail; done'
    program = folder / "bwrap"
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        "#!/bin/sh\n"
        "fail() { echo 'bwrap: no more space' >&2; exit 1; }\n"
        f"if ! /bin/mkdir {folder}/tried 2>/dev/null; then\n"
        f"{'fail' if failures is None else take}\n"
        "fi\n"
        f'exec {real} "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
