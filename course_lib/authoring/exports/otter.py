"""An assignment for otter-grader 7: a master notebook per sheet, whose tests are our checks.

Reference: https://otter-grader.readthedocs.io/en/latest/otter_assign/
"""

import json
import re
from string import Template

from course_lib.authoring.exercises import MarkerError, build_all
from course_lib.authoring.exports.course_files import (
    TEMPLATES,
    ExportError,
    library_files,
    pinned_requirements,
    read_file,
)

CONFIG = """\
# ASSIGNMENT CONFIG
requirements: requirements.txt
python_version: "3.13"
files: [course_lib]
tests: {ok_format: false}
export_cell: {pdf: false}
generate: {show_all_public: true}"""
CHAPTER_LINK = re.compile(r"\[([^\]]*)\]\(\.\./notebooks/[^)]*\)")  # chapters are not handed out with it
QUESTION = "# BEGIN QUESTION\nname: $name\npoints: $points"
TEST = '''\
def test_$name($name):
    """Fresh random inputs each time; a failure says which mistake it sees."""
    from course_lib.grading import check

    assert $name is not None, "The notebook defines no `$name`."
    verdict = check($name)
    assert verdict.passed and verdict.exercise == "$name", verdict'''


def otter_files(root, sheets):
    """The files of the assignment, for the instructor: the notebooks hold our solutions.

    Args:
        root: root of the course.
        sheets: the `Sheet`s, each of which becomes a master notebook for `otter assign`.

    Returns:
        Dict from name to bytes.

    Raises:
        ExportError: when a sheet cannot be built.

    Example:
        >>> from course_lib.authoring import project_folder
        >>> from course_lib.authoring.exports import choose_sheets
        >>> files = otter_files(project_folder(), choose_sheets(["03"]))
        >>> sorted(name for name in files if "/" not in name)
        ['03_attention.ipynb', 'README.md', 'requirements.txt']
    """
    files = library_files(root, sheets)
    files["requirements.txt"] = pinned_requirements(root)
    text = (TEMPLATES / "otter.md").read_text(encoding="utf-8")
    files["README.md"] = Template(text).substitute(sheet=sheets[0].name).encode()
    try:
        built = build_all(root, [sheet.name for sheet in sheets])
    except MarkerError as error:
        raise ExportError(f"A sheet cannot be built: {error}") from None
    for sheet in sheets:
        solution = read_file(root, f"solutions/{sheet.name}.py").decode()
        blank = built[root / "exercises" / f"{sheet.name}.ipynb"]
        files[f"{sheet.name}.ipynb"] = master_notebook(sheet, solution, blank).encode()
    return files


def master_notebook(sheet, solution, blank):
    """The notebook `otter assign` starts from: each exercise a question with its solution and one test.

    Args:
        sheet: the `Sheet`.
        solution: the solution sheet, as a percent script.
        blank: the sheet that `build_sheet` made of it, as JSON.

    Returns:
        the notebook, as JSON.
    """
    import jupytext

    exercises = {exercise.name: exercise for exercise in sheet.exercises}
    notebook = json.loads(blank)
    solved = [cell.source for cell in jupytext.reads(solution, fmt="py:percent").cells]
    cells = [_raw(CONFIG)]
    exercise_cells, question_cells = notebook["cells"][: len(solved)], notebook["cells"][len(solved) :]
    for cell, source in zip(exercise_cells, solved, strict=True):
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and text.removeprefix("check(").removesuffix(")") in exercises:
            continue  # Otter puts its own check cell there
        asked = [exercises[name] for name in exercises if f'NotImplementedError("{name}' in text]
        if cell["cell_type"] != "code" or not asked:
            cells.append(cell)  # as learners get it
            continue
        (exercise,) = asked
        words = {"name": exercise.name, "points": exercise.points}
        heading = max(index for index, entry in enumerate(cells) if entry["cell_type"] == "markdown")
        cells.insert(heading, _raw(Template(QUESTION).substitute(words)))
        cells += [
            _raw("# BEGIN SOLUTION"),
            cell | {"source": with_prompts(source, text)},
            _raw("# END SOLUTION"),
        ]
        test = cell | {"source": Template(TEST).substitute(words)}
        cells += [_raw("# BEGIN TESTS"), test, _raw("# END TESTS"), _raw("# END QUESTION")]
    cells += question_cells  # short questions, which earn nothing
    for index, cell in enumerate(cells):
        source = CHAPTER_LINK.sub(r"\1", "".join(cell["source"])).splitlines(keepends=True)
        cells[index] = cell | {"id": f"{sheet.name.replace('_', '-')}-{index:03d}", "source": source}
    notebook["cells"] = cells
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _raw(text):
    return {"cell_type": "raw", "metadata": {}, "source": text}


def with_prompts(solution, blank):
    """Marks a cell's solution regions as Otter wants them, with what learners get in their place.

    Args:
        solution: source of the cell, with regions.
        blank: the same cell as learners get it.

    Returns:
        the source for the master notebook.

    Example:
        >>> print(with_prompts(
        ...     "def f():\\n    # BEGIN SOLUTION\\n    return 1\\n    # END SOLUTION",
        ...     'def f():\\n    raise NotImplementedError("f: write me")',
        ... ))
        def f():
            # BEGIN SOLUTION NO PROMPT
            return 1
            # END SOLUTION
            \"\"\" # BEGIN PROMPT
            raise NotImplementedError("f: write me")
            \"\"\"; # END PROMPT
    """
    kept = set(solution.split("\n"))
    prompts = iter([line for line in blank.split("\n") if line not in kept])
    lines = []
    for line in solution.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if line.strip() == "# BEGIN SOLUTION":
            line += " NO PROMPT"
        lines.append(line)
        if line.strip() == "# END SOLUTION":
            lines += [f'{indent}""" # BEGIN PROMPT', next(prompts), f'{indent}"""; # END PROMPT']
    return "\n".join(lines)
