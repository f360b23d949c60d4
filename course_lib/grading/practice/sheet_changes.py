"""Which exercises of a sheet have been written anew since it was last looked at."""

import ast

from course_lib.grading.judging.exercise import find_sheet, load_sheets
from course_lib.grading.worker.answers import read_statements


class SheetChanges:
    """Remembers the definitions in the sheets of a folder; nothing of a sheet is run.

    Args:
        folder: the folder `exercises` of a course.
    """

    def __init__(self, folder):
        names = {sheet.name for sheet in load_sheets()}
        paths = [path for path in folder.iterdir() if path.stem in names and path.suffix in (".ipynb", ".py")]
        self._definitions = {path: read_definitions(path) for path in paths}

    def since_last_time(self, path):
        """Names of the exercises of a sheet whose definition has changed, and remembers how it is now."""
        before, now = self._definitions.get(path, {}), read_definitions(path)
        self._definitions[path] = now
        return {name for name in now if now[name] != before.get(name)}


def read_definitions(path):
    """What defines each exercise of a sheet, comments and layout apart: Dict from name to text.

    An exercise that the sheet does not define has no entry; nor has any in a file that cannot be read.
    """
    try:
        statements, _ = read_statements(path.read_text(encoding="utf-8", errors="replace"), path.name)
    except (OSError, ValueError):
        return {}
    names = {exercise.name for exercise in find_sheet(path.stem).exercises}
    return {name: ast.dump(statement.node) for statement in statements for name in statement.binds & names}
