"""Our solution of an exercise, cut out of the file it stands in."""

import ast

from course_lib.grading.practice.progress import course_root


def read_solution(exercise):
    """The source code of our solution.

    Args:
        exercise: an `Exercise`.

    Returns:
        the definition, without the region markers.

    Raises:
        FileNotFoundError: in a copy of the course that holds no solutions, as learners may be handed.
    """
    path = course_root() / "solutions" / f"{exercise.sheet}.py"
    if not path.exists():
        raise FileNotFoundError(
            f"The solutions are not part of this copy of the course ({path} was not found)."
        )
    return solution_source(path.read_text(encoding="utf-8"), exercise.name)


def solution_source(text, name):
    """Cuts the definition of `name` out of the text of a solution file, without the region markers.

    Example:
        >>> text = "def f():\\n    # BEGIN SOLUTION\\n    return 1\\n    # END SOLUTION\\n"
        >>> print(solution_source(text, "f"))
        def f():
            return 1
    """
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            lines = ast.get_source_segment(text, node).split("\n")
            kept = [line for line in lines if line.strip() not in ("# BEGIN SOLUTION", "# END SOLUTION")]
            return "\n".join(kept)
    raise LookupError(f"The solution file defines no {name!r}.")
