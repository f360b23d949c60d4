"""Finds in the source of an answer which watched names it refers to, under whatever alias.

The source is parsed, not run. Names that are put together while the answer runs are for `runtime_uses.py`.
"""

import ast
import builtins
from collections import ChainMap, deque

from course_lib.grading.worker.answers import select_statements

TOO_DEEP = "..."  # the name under which code is reported that is nested too deeply to look through
USE_LIMIT = 100
NAME_LENGTH = 100
IMPORTERS = ("importlib.import_module", "builtins.__import__")


def find_uses(statements, name, watched):
    r"""The watched names in the code that an answer depends on.

    Args:
        statements: list of `Statement`, all of the sheet.
        name: name of the exercise.
        watched: collection of dotted names, as in `disallowed_calls.toml`.

    Returns:
        list of uses in order, each a list of watched name, cell, and line there.

    Example:
        >>> from course_lib.grading.worker.answers import read_statements
        >>> text = "from keras import layers as L\ndef attend(x):\n    return L.Attention()(x)"
        >>> find_uses(read_statements(text, "sheet.py")[0], "attend", ["keras.layers.Attention"])
        [['keras.layers.Attention', '', 3]]
    """
    finder = _Finder(name, watched)
    for statement in select_statements(statements, name):
        finder.look(statement.node, statement.cell.place)
    finder.look_into_functions()
    return [list(use) for use in list(finder.uses)[:USE_LIMIT]]


def is_use(tree):
    """Whether what came from a worker has the form of a use, and its size.

    Example:
        >>> is_use(["keras.layers.GRU", "cell 4, ", 3]), is_use(["keras.layers.GRU", "cell 4, ", "3"])
        (True, False)
    """
    if not isinstance(tree, list) or [type(part) for part in tree] != [str, str, int]:
        return False
    return max(len(tree[0]), len(tree[1])) <= NAME_LENGTH


class _Finder(ast.NodeVisitor):
    """Follows imports and assignments, and notes each watched name where it is read.

    A scope maps a variable to the dotted path it stands for, or to None. The bodies of functions are looked
    into last, when all that is defined around them is known.
    """

    def __init__(self, wanted, watched):
        self.uses = {}  # as an ordered set
        self._wanted = wanted
        self._watched = frozenset(watched)
        dotted = [name for name in watched if "." in name.strip(".")]
        self._by_ends = {(name.split(".")[0], name.split(".")[-1]): name for name in reversed(dotted)}
        self._scopes = ChainMap()
        self._starred = []
        self._functions = deque()
        self._cell = ""

    def look(self, node, cell):
        """Visits a node of a cell."""
        self._cell, scopes = cell, self._scopes
        try:
            self.visit(node)
        except RecursionError:
            self._scopes = scopes
            self._add(TOO_DEEP, node)

    def look_into_functions(self):
        """Visits the bodies of all functions met, and those met on the way."""
        while self._functions:
            node, cell, self._scopes = self._functions.popleft()
            for statement in node.body:
                self.look(statement, cell)

    def visit_Import(self, node):
        for alias in node.names:
            top = alias.name.split(".")[0]
            self._bind(alias.asname or top, alias.name if alias.asname else top, node)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            if alias.name == "*":
                self._starred.append(node.module)
            elif node.level == 0:
                self._bind(alias.asname or alias.name, f"{node.module}.{alias.name}", node)

    def _bind(self, variable, path, node):
        self._scopes[variable] = path
        if variable == self._wanted:
            self._note(path, node)

    def visit_FunctionDef(self, node):
        self._scopes[node.name] = None
        for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        self._functions.append((node, self._cell, self._scopes.new_child(_parameters(node))))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._inside(node, _parameters(node))

    def visit_ClassDef(self, node):
        self._scopes[node.name] = None
        self._inside(node, {})

    def _inside(self, node, scope):
        self._scopes = self._scopes.new_child(scope)
        self.generic_visit(node)
        self._scopes = self._scopes.parents

    def visit_Assign(self, node):
        self.visit(node.value)
        path = self._path(node.value)
        for target in node.targets:
            self.visit(target)
            if isinstance(target, ast.Name) and path is not None:
                self._scopes[target.id] = path

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit_Assign(ast.Assign([node.target], node.value))

    def visit_NamedExpr(self, node):
        self.visit_Assign(ast.Assign([node.target], node.value))

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self._note(self._path(node), node)
        else:
            self._scopes.maps[0].setdefault(node.id, None)

    def visit_Attribute(self, node):
        self._look_up(node, node.attr)

    def visit_Call(self, node):
        self._look_up(node, _literal(node, 1) if self._path(node.func) == "builtins.getattr" else None)

    def _look_up(self, node, attribute):
        if f".{attribute}" in self._watched:
            self._add(f".{attribute}", node)
        path = self._path(node)
        if path is None:
            self.generic_visit(node)
        self._note(path, node)

    def _path(self, node):
        """The dotted path an expression stands for, or None."""
        if isinstance(node, ast.Attribute):
            base = self._path(node.value)
            return base and f"{base}.{node.attr}"
        if isinstance(node, ast.Name):
            if node.id in self._scopes:
                return self._scopes[node.id]
            paths = [f"{module}.{node.id}" for module in self._starred]
            paths += [f"builtins.{node.id}"] if hasattr(builtins, node.id) else []
            return next(filter(self._match, paths), paths[-1] if paths else None)
        if isinstance(node, ast.Call):
            function = self._path(node.func)
            if function == "builtins.getattr" and (attribute := _literal(node, 1)):
                base = self._path(node.args[0])
                return base and f"{base}.{attribute}"
            if function in IMPORTERS and (module := _literal(node, 0)):
                return module.split(".")[0] if function == "builtins.__import__" else module
        return None

    def _match(self, path):
        """The watched name a path leads to or through, or None."""
        parts = path.split(".")
        if parts[0] == "tensorflow" and "keras" in parts:
            parts = parts[parts.index("keras") :]
        for end in range(1, len(parts) + 1):
            if (name := ".".join(parts[:end])) in self._watched:
                return name
        ends = ((parts[0], part) for part in parts[1:])
        return next((self._by_ends[pair] for pair in ends if pair in self._by_ends), None)

    def _note(self, path, node):
        if path is not None and (name := self._match(path)) is not None:
            self._add(name, node)

    def _add(self, name, node):
        # The line of an attribute is the one its own name stands on.
        line = node.end_lineno if isinstance(node, ast.Attribute) else node.lineno
        self.uses[name, self._cell, line] = None


def _parameters(node):
    return {argument.arg: None for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}


def _literal(call, index):
    """An argument of a call when it is a string in quotes, else None."""
    argument = call.args[index] if len(call.args) > index else None
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return None
