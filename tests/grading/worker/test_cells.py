"""Sheets as text: lines are those of Python, outputs stay at home, and no text takes long."""

import json
import subprocess
import sys

import pytest

from course_lib.grading.worker.answers import load_answer, read_statements, select_statements
from course_lib.grading.worker.cells import python_lines, read_cells, without_outputs

SECONDS = 2.0
NO_ENDS = {
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "form feed": "\f",
    "vertical tab": "\v",
}
NO_ENDS |= {"next line": "\x85", "file separator": "\x1c", "record separator": "\x1e"}


@pytest.mark.parametrize("sign", NO_ENDS.values(), ids=NO_ENDS)
@pytest.mark.parametrize("filename", ["sheet.py", "sheet.ipynb"])
def test_a_sign_that_ends_no_line_of_python_may_stand_in_a_comment(sign, filename):
    source = f"# before{sign}after\nX = 2  # a{sign}b\ndef answer():\n    return X\n\ndef broken(:\n"
    text = source.partition("\n\ndef")[0]
    if filename.endswith(".ipynb"):
        text = json.dumps({"cells": [{"cell_type": "code", "source": text}]})
    answer, notes = load_answer(text, filename, "answer")
    assert answer() == 2 and notes == []


@pytest.mark.parametrize("sign", NO_ENDS.values(), ids=NO_ENDS)
def test_lines_are_counted_as_python_counts_them(sign):
    text = f"# a{sign}b\n\n# %%\ndef answer(:\n"
    failure, _ = load_answer(text, "sheet.py", "answer")
    assert "line 4 is not Python" in failure.message and "`def answer(:`" in failure.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_that_python_knows_ends_one(end):
    lines = ["# %%", "X = 3", "# %% [markdown]", "# prose (", "# %%", "!ls", "def answer():", "  return X"]
    text = end.join(lines)
    answer, _ = load_answer(text, "sheet.py", "answer")
    assert answer() == 3
    assert python_lines(f"a{end}b{end}") == ["a\n", "b\n"]


def test_outputs_attachments_and_prose_are_left_out_and_cells_keep_their_numbers():
    cells = [
        {"cell_type": "markdown", "source": "prose", "attachments": {"a.png": {"image/png": "A" * 10**5}}},
        {"cell_type": "code", "source": ["X = 1\n", "X"], "outputs": [{"data": {"image/png": "B" * 10**5}}]},
        {"cell_type": "raw", "source": "C" * 10**5},
        {"cell_type": "code", "source": "def answer():\n    return X", "metadata": {"D": "D" * 10**5}},
    ]
    text = json.dumps({"cells": cells, "metadata": {"E": "E" * 10**5}, "nbformat": 4, "nbformat_minor": 5})
    code = without_outputs(text, "a.ipynb")
    assert len(code) < 300
    assert read_cells(code, "a.ipynb") == read_cells(text, "a.ipynb")
    assert without_outputs(code, "a.ipynb") == code


@pytest.mark.parametrize(
    "text, words",
    [
        ("[" * 10**5, "nested too deeply"),
        ('{"cells": ' + "9" * 10**5 + "}", "too long to be read"),
        ('{"cells": [', "broken JSON at line 1"),
        ("[]", "no list of cells"),
        ('{"cells": [' + "[]," * 10**6 + "[]]}", "lists and tables: clear its outputs"),
        ('{"cells": [{"cell_type": "code", "source": 3}]}', "no list of cells"),
    ],
)
def test_what_is_no_notebook_stays_as_it_is_and_is_told_so(text, words):
    assert without_outputs(text, "a.ipynb") == text
    with pytest.raises(ValueError, match=f"a.ipynb .*{words}"):
        read_cells(text, "a.ipynb")


LONG = 60_000
PATHOLOGICAL = {
    "blank lines": "\n" * LONG + "!ls\ndef answer(): return 1",
    "blank lines of spaces": " \n" * LONG + "!ls\ndef answer(): return 1",
    "blank lines that do not parse": "\n" * LONG + "def answer(:",
    "carriage returns": "\r" * LONG + "!ls\ndef answer(): return 1",
    "number signs": "#" * LONG + "\n!ls\ndef answer(): return 1",
    "lines of a number sign": "#\n" * LONG + "!ls\ndef answer(): return 1",
    "a line of spaces": " " * LONG + "!\ndef answer(): return 1",
    "a line of spaces and a comma": "x" + " " * LONG + ",\n!ls\ndef answer(): return 1",
    "names": "x, " * LONG + "\n!ls\ndef answer(): return 1",
    "question marks": "? " * LONG + "x\n!ls\ndef answer(): return 1",
    "percent signs": "%" * LONG + "\ndef answer(): return 1",
    "equals signs": "x=" * LONG + "%\ndef answer(): return 1",
    "definitions without a name": "def" + " " * LONG + "\n!ls\ndef answer(:",
    "async without a name": "async" + " " * LONG + "\n!ls\ndef answer(:",
    "many definitions": "def answer(): return 1\n" * (LONG // 20),
    "cells": "# %%\nx = 1\n" * (LONG // 4) + "# %%\ndef answer(): return 1",
    "open brackets": "(" * LONG + "\ndef answer(): return 1",
    "nested brackets": "x = " + "(" * 150 + ")" * 150 + "\ndef answer(): return 1",
    "a chain of names": "".join(f"x{n} = x{n + 1}\n" for n in range(5000)) + "def answer(): return x0",
    "backslashes": "\\\n" * LONG + "!ls\ndef answer(): return 1",
    "quotes": "'''" * LONG + "\n!ls\ndef answer(): return 1",
}
IN_A_PROCESS = """
import sys, time
from course_lib.grading.worker.answers import load_answer
text, started = sys.stdin.read(), time.process_time()
load_answer(text, sys.argv[1], "answer")
print(time.process_time() - started)
"""


@pytest.mark.parametrize("name", PATHOLOGICAL)
@pytest.mark.parametrize("filename", ["sheet.py", "sheet.ipynb"])
def test_a_pathological_text_is_read_soon(name, filename):
    """In a process of its own, since compiling such text may bring the interpreter down."""
    text = PATHOLOGICAL[name]
    if filename.endswith(".ipynb"):
        text = json.dumps({"cells": [{"cell_type": "code", "source": text}]})
    command = [sys.executable, "-c", IN_A_PROCESS, filename]
    ran = subprocess.run(command, input=text.encode(), capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr[-300:]
    assert float(ran.stdout) < SECONDS


def test_a_deep_expression_costs_its_own_cell_only():
    deep = "x = " + "-" * 900 + "1\ny = " + "z" + ".a" * 900
    text = json.dumps(
        {"cells": [{"cell_type": "code", "source": part} for part in (deep, "def answer(): return 4")]}
    )
    answer, _ = load_answer(text, "sheet.ipynb", "answer")
    assert answer() == 4


def test_what_is_needed_is_found_through_any_chain():
    lines = [f"x{number} = x{number + 1}" for number in range(50)]
    lines += ["x50 = 1", "unused = 2", "from math import *"]
    statements, _ = read_statements("\n".join(lines), "a.py")
    assert [statement.place for statement in select_statements(statements, "x0")] == [
        f"line {number}" for number in [*range(1, 52), 53]
    ]
