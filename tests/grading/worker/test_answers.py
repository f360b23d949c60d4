import ast
import json

import pytest

from course_lib.grading.worker.answers import (
    bound_names,
    load_answer,
    read_statements,
    select_statements,
)
from course_lib.grading.worker.cells import read_cells
from course_lib.grading.worker.values import Failure


def notebook(*sources):
    cells = [
        {"cell_type": "markdown" if source.startswith("#md") else "code", "source": source.splitlines(True)}
        for source in sources
    ]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def load(*cells, name="answer"):
    return load_answer(notebook(*cells), "sheet.ipynb", name)


def test_an_answer_brings_what_it_uses_and_no_more():
    answer, notes = load(
        "import math\nimport no_such_module",
        "#md text",
        "def helper(x):\n    return math.sqrt(x) * FACTOR",
        "FACTOR = 3\nUNUSED = 1 / 0",
        "print('never printed')\nraise SystemExit",
        "def answer(x):\n    return helper(x)",
        "check(answer)",
    )
    assert answer(4) == 6
    assert notes == []


def test_bare_calls_and_unused_assignments_are_never_run():
    ran = []
    json.ran = ran
    try:
        answer, _ = load(
            "import json\njson.ran.append('call')\nhistory = json.ran.append('assignment')",
            "def answer():\n    history = 3\n    return history",
        )
        assert answer() == 3 and ran == []
    finally:
        del json.ran


def test_a_script_is_read_cell_by_cell():
    text = "# %%\nimport math\n# %% [markdown]\n# this is prose: (\n# %%\ndef broken(:\n# %%\n"
    text += "def answer(x):\n    return math.pi * x\n"
    answer, _ = load_answer(text, "sheet.py", "answer")
    assert answer(0) == 0
    failure, _ = load_answer(text, "sheet.py", "broken")
    assert failure.kind == "sheet_failed" and "line 6" in failure.message


def test_a_script_without_cells_is_one_cell():
    answer, _ = load_answer("X = 2\ndef answer():\n    return X\n", "sheet.py", "answer")
    assert answer() == 2


def test_the_last_definition_counts_and_it_is_said():
    answer, notes = load("def answer():\n    return 1", "", "def answer():\n    return 2")
    assert answer() == 2
    assert notes == ["`answer` is defined 2 times; the last one counts (cell 3, line 1)."]


def test_an_earlier_definition_is_not_even_run():
    answer, notes = load("def answer(x=1/0):\n    return 1", "def answer():\n    return 2")
    assert answer() == 2 and len(notes) == 1


def test_a_definition_wrapped_by_a_later_assignment():
    answer, _ = load(
        "def answer():\n    return 1", "def twice(f):\n    return lambda: 2 * f()", "answer = twice(answer)"
    )
    assert answer() == 2


def test_a_table_filled_line_by_line():
    answer, _ = load("table = {}\ntable['a'] = 1", "def answer():\n    return table['a']")
    assert answer() == 1


def test_recursive_and_mutually_recursive_answers():
    answer, _ = load(
        "def even(n):\n    return n == 0 or answer(n - 1)",
        "def answer(n):\n    return n != 0 and even(n - 1)",
    )
    assert answer(3) and not answer(4)


def test_classes_with_bases_and_decorators():
    answer, _ = load(
        "import functools",
        "class Base:\n    x = 1",
        "def mark(c):\n    return c",
        "@mark\nclass answer(Base):\n    y = Base.x",
    )
    assert answer.y == 1


def test_conditional_and_guarded_definitions():
    answer, _ = load(
        "try:\n    import no_such_module as m\nexcept ImportError:\n    m = None",
        "if True:\n    def answer():\n        return m",
    )
    assert answer() is None


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\nimport math",
        "import math\n!pip install x",
        "import math\nfiles = !ls",
        "import math\nmath.sqrt?",
        "import math\n?math",
        "%%time\nimport math",
        "if True:\n    !ls\nimport math",
    ],
)
def test_magics_and_shell_lines_are_put_aside(cell):
    answer, notes = load(cell, "def answer():\n    return math.pi")
    assert answer() > 3 and notes == []


def test_a_cell_of_another_language_is_put_aside():
    answer, _ = load("%%bash\nrm -rf nothing; def answer", "def answer():\n    return 1")
    assert answer() == 1


def test_a_modulo_at_the_start_of_a_line_is_no_magic():
    answer, _ = load("N = (7\n% 4)", "def answer():\n    return N")
    assert answer() == 3


def test_what_python_only_allows_in_notebooks_costs_its_own_statement_only():
    answer, _ = load("import math\nawait math", "return 3", "def answer():\n    return math.pi")
    assert answer() > 3


def test_future_annotations_are_kept():
    answer, _ = load("from __future__ import annotations", "def answer(x: Unknown) -> Other:\n    return x")
    assert answer(1) == 1


def test_a_statement_that_fails_is_said_and_the_rest_goes_on():
    answer, notes = load(
        "import no_such_module", "def answer(use=False):\n    return no_such_module if use else 1"
    )
    assert answer() == 1
    assert "cell 1, line 1 could not be run: ModuleNotFoundError" in notes[0]


@pytest.mark.parametrize("statement", ["raise SystemExit(1)", "raise KeyboardInterrupt", "1 / 0"])
def test_a_definition_that_fails_says_where(statement):
    failure, _ = load(f"class answer:\n    {statement}")
    assert failure.kind == "sheet_failed" and "cell 1, line 1" in failure.message


def test_a_missing_answer_names_the_one_near_it():
    failure, _ = load("def answr():\n    return 1")
    assert failure == Failure(
        "not_found", "sheet.ipynb defines no `answer`. There is `answr` (cell 1, line 1): was it renamed?"
    )


def test_a_syntax_error_in_the_answer_is_shown():
    failure, _ = load("x = 1", "def answer():\n    return (1,\n")
    assert failure.kind == "sheet_failed"
    assert "cell 2, line 2 is not Python" in failure.message and "`return (1,`" in failure.message


def test_a_name_that_is_no_function():
    failure, _ = load("answer = 3")
    assert failure == Failure("not_found", "`answer` is a int, not a function.")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', '{"cells": [{"source": 1}]}', "[" * 100_000])
def test_a_file_that_is_no_notebook(text):
    failure, _ = load_answer(text, "sheet.ipynb", "answer")
    assert failure.kind == "sheet_failed" and "is not a notebook" in failure.message


@pytest.mark.parametrize("text", ["\x00", "(" * 5000, "-" * 100_000 + "1", "def answer(:\n\x00"])
def test_a_file_that_is_no_python(text):
    failure, _ = load_answer(text, "sheet.py", "answer")
    assert failure.kind in ("sheet_failed", "not_found")


def test_lines_are_those_of_the_file():
    cells = read_cells("# %%\nimport a\n\n# %%\nb = 1\n", "sheet.py")
    assert [cell.first_line for cell in cells] == [2, 5]
    statements, _ = read_statements("# %%\nimport a\n\n# %%\n\nb = 1\n", "sheet.py")
    assert [statement.node.lineno for statement in statements] == [2, 6]


@pytest.mark.parametrize(
    "source, names",
    [
        ("import a.b, c as d", {"a", "d"}),
        ("from a import b as c, d", {"c", "d"}),
        ("a, (b, *c) = 1, (2, 3)", {"a", "b", "c"}),
        ("a.b[0].c = 1", {"a"}),
        ("a += 1", {"a"}),
        ("for i in x:\n    a = i", {"i", "a"}),
        ("with open(x) as f:\n    pass", {"f"}),
        ("def f():\n    inner = 1", {"f"}),
        ("(n := 3)", {"n"}),
        ("x: int = 3", {"x"}),
    ],
)
def test_bound_names(source, names):
    assert bound_names(ast.parse(source).body[0]) == names


def test_selection_keeps_the_order_of_the_sheet():
    statements, _ = read_statements("c = b\na = 1\nb = a\nd = c\n", "sheet.py")
    assert [statement.node.lineno for statement in select_statements(statements, "d")] == [1, 2, 3, 4]
