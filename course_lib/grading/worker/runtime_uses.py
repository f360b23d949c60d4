"""Records the uses of watched names while an answer runs, however it came by them.

A function is replaced, wherever its package names it, by one that notes the call and passes it on. A class
stays the class it is, with an `__init__` and a `__call__` that do the same; so subclasses and `isinstance`
know no difference. Of an import that is watched for, only the attempt is noted.
"""

import contextlib
import functools
import importlib
import inspect
import sys
from unittest import mock

NOTED_RULES = ("disallowed_call", "course_library")
SHEET_OWN = "course_lib.grading"  # what the first cell of every sheet imports
USE_LIMIT = 100


class UseRecorder:
    """While it is entered, notes which watched things are used, and where.

    Args:
        watched: Dict of dotted name to rule; only those of `NOTED_RULES` are watched.
        statements: the `Statement`s of the sheet: a use is placed at the innermost line of theirs.
    """

    def __init__(self, watched, statements):
        self._names = [name for name, rule in watched.items() if rule in NOTED_RULES]
        self._cells = {statement.code.co_filename: statement.cell.place for statement in statements}
        self._uses = {}  # as an ordered set
        self._num_taken = 0
        self._is_inside = False
        self._exit = contextlib.ExitStack()

    def __enter__(self):
        for name in self._names:
            parent, _, last = name.rpartition(".")
            thing = getattr(_find(parent), last, None) if parent else None
            if inspect.isclass(thing):
                for method in ("__init__", "__call__"):
                    if callable(getattr(thing, method, None)):
                        self._replace(thing, method, name)
            elif callable(thing):
                for module in _modules_naming(thing, last):
                    self._replace(module, last, name)
        sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *exception):
        sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not self]
        self._exit.close()

    def take(self):
        """The uses noted since the last call, each a list of watched name, cell, and line there."""
        uses = [list(use) for use in list(self._uses)[self._num_taken : USE_LIMIT]]
        self._num_taken += len(uses)
        return uses

    def find_spec(self, name, path=None, target=None):
        """Notes an import that is watched for, as a finder of `sys.meta_path` that never finds it."""
        if name.split(".")[0] in self._names and not f"{name}.".startswith(f"{SHEET_OWN}."):
            self._note(name.split(".")[0])
        return None

    def _replace(self, owner, attribute, name):
        original = getattr(owner, attribute)

        @functools.wraps(original)
        def recording(*args, **kwargs):
            if self._is_inside:  # what a watched function is itself made of
                return original(*args, **kwargs)
            self._note(name)
            self._is_inside = True
            try:
                return original(*args, **kwargs)
            finally:
                self._is_inside = False

        with contextlib.suppress(TypeError, ValueError):
            recording.__signature__ = inspect.signature(original)
        self._exit.enter_context(mock.patch.object(owner, attribute, recording))

    def _note(self, name):
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename not in self._cells:
            frame = frame.f_back
        cell, line = (self._cells[frame.f_code.co_filename], frame.f_lineno) if frame else ("", 0)
        self._uses[name, cell, line] = None


def _find(name):
    """The module or object at a dotted path; nothing but Keras is imported for it."""
    top, *rest = name.split(".")
    thing = importlib.import_module(top) if top == "keras" else sys.modules.get(top)
    for part in rest:
        thing = getattr(thing, part, None)
    return thing


def _modules_naming(function, name):
    """All modules of the function's package that know it by its name."""
    top = function.__module__.split(".")[0]
    modules = [module for path, module in list(sys.modules.items()) if path.split(".")[0] == top]
    return [module for module in modules if getattr(module, "__dict__", {}).get(name) is function]
