"""The sheet as a user of otter-grader or nbgrader would write it: answers, and cells that assert.

Their checks are the cases and NumPy references of ours, so the arithmetic is the same; the comparison is
`np.allclose` at our tolerance, in the kernel that also runs the answers.
"""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from benchmarks.graders.classroom import SHEET, right_answers, sheet

CASE_SEED = 20240
IMPORTS = "import numpy as np\nfrom keras import ops"
CHECK = """\
from course_lib.grading.judging.judge import draw_cases, load_verdict_module

def check_{name}():
    for case in draw_cases("{name}", {seed}):
        tensors, floats = dict(case), dict(case)
        for key, value in case.items():
            if isinstance(value, np.ndarray):
                tensors[key] = ops.convert_to_tensor(value)
                floats[key] = value.astype("float64") if value.dtype.kind == "f" else value
        expected = load_verdict_module("{name}").reference(**floats)
        received = {name}(**tensors)
        assert np.shape(received) == np.shape(expected)
        assert np.allclose(received, expected, rtol=5e-5, atol=5e-5 * np.abs(expected).max())

check_{name}()"""


def check_source(name):
    """The cell that checks one exercise: all of its cases, right or wrong as a whole."""
    return CHECK.format(name=name, seed=CASE_SEED)


def _marked(source, begin, end):
    """An answer with its body, after the docstring, between two markers."""
    lines = source.splitlines()
    start = max(number for number, line in enumerate(lines) if line.rstrip().endswith('"""')) + 1
    return "\n".join([*lines[:start], f"    {begin}", *lines[start:], f"    {end}"])


def otter_notebook():
    """The source for `otter assign`, as JSON text: every check hidden from students."""
    cells = [
        new_raw_cell(f"# ASSIGNMENT CONFIG\nname: {SHEET}\nexport_cell: false\n"),
        new_code_cell(IMPORTS),
    ]
    for exercise in sheet().exercises:
        answer = _marked(right_answers()[exercise.name], "# BEGIN SOLUTION", "# END SOLUTION")
        question = f"# BEGIN QUESTION\nname: {exercise.name}\npoints: {exercise.points}\n"
        cells += [new_raw_cell(question), new_markdown_cell(f"## {exercise.name}")]
        cells += [new_raw_cell("# BEGIN SOLUTION"), new_code_cell(answer), new_raw_cell("# END SOLUTION")]
        cells += [new_raw_cell("# BEGIN TESTS"), new_code_cell("# HIDDEN\n" + check_source(exercise.name))]
        cells += [new_raw_cell("# END TESTS"), new_raw_cell("# END QUESTION")]
    return nbformat.writes(_notebook(cells))


def nbgrader_notebook():
    """The source for `nbgrader generate_assignment`, as JSON text: every check hidden from students."""
    cells = [new_code_cell(IMPORTS)]
    for exercise in sheet().exercises:
        name = exercise.name
        answer = _marked(right_answers()[name], "### BEGIN SOLUTION", "### END SOLUTION")
        check = f"# {name} is tested here\n### BEGIN HIDDEN TESTS\n{check_source(name)}\n### END HIDDEN TESTS"
        cells += [
            new_markdown_cell(f"## {name}"),
            new_code_cell(answer, metadata=_nbgrader_role(name, is_answer=True)),
            new_code_cell(check, metadata=_nbgrader_role(f"{name}-test", False, exercise.points)),
        ]
    return nbformat.writes(_notebook(cells))


def _nbgrader_role(grade_id, is_answer, points=None):
    role = {"schema_version": 3, "grade_id": grade_id, "task": False}
    role |= {"solution": is_answer, "locked": not is_answer, "grade": not is_answer}
    return {"nbgrader": role if points is None else role | {"points": points}}


def _notebook(cells):
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
