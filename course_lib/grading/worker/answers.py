"""Finds one answer in a learner's sheet and runs no more of the sheet than that answer needs.

A sheet is a notebook or a percent script. Its cells are parsed, not run: the definition with the exercise's
name is taken (the last one, if there are several), and with it the imports, definitions and assignments of
the names it uses, and of those they use in turn. Bare calls (`check(…)`, `model.fit(…)`, `plot(…)`) are never
run, nor are cells that do not parse, magics and shell lines. So a broken or slow cell costs only what depends
on it.
"""

import ast
import difflib
import dis
import linecache
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from course_lib.grading.worker.cells import Cell, parse_cell, python_lines, read_cells
from course_lib.grading.worker.values import Failure

FUTURE_ANNOTATIONS = __import__("__future__").annotations.compiler_flag
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Statement:
    """One top-level statement, compiled, with the global names it binds and uses."""

    cell: Cell
    node: ast.stmt
    code: object
    binds: frozenset[str]
    uses: frozenset[str]

    @property
    def place(self):
        """Where it stands, e.g. `cell 4, line 2`."""
        return f"{self.cell.place}line {self.node.lineno}"


def bound_names(node):
    """The global names a top-level statement binds or changes, as `a = 1`, `b[0] = 1` and `import c` do.

    Example:
        >>> sorted(bound_names(ast.parse("table['x'] = total = 3").body[0]))
        ['table', 'total']
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in node.names}
    names = set()
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        names.add(node.id)
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
        base = node
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name):
            names.add(base.id)
    if not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            names |= bound_names(child)
    return names


def used_names(code):
    """The global names that a code object and those inside it read."""
    names = {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS")
    }
    for constant in code.co_consts:
        if hasattr(constant, "co_consts"):
            names |= used_names(constant)
    return names


@lru_cache(maxsize=1)  # looking for watched names and running the answer need the same ones
def read_statements(text, filename):
    """Every statement of a sheet, and the cells that do not parse.

    Returns:
        a pair: list of `Statement` in order, list of (`Cell`, `SyntaxError`).
    """
    statements, broken, flags = [], [], 0
    whole = [] if filename.endswith(".ipynb") else python_lines(text)
    for number, cell in enumerate(read_cells(text, filename)):
        cell_name = f"<{filename} {cell.place.rstrip(', ') or number}>"
        linecache.cache[cell_name] = (len(text), None, whole or python_lines(cell.source), cell_name)
        try:
            nodes = parse_cell(cell)
        except BROKEN as error:
            broken.append((cell, error))
            continue
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                flags |= FUTURE_ANNOTATIONS if node.names[0].name == "annotations" else 0
                continue
            try:
                code = compile(ast.Module([node], []), cell_name, "exec", flags, dont_inherit=True)
                binds, uses = frozenset(bound_names(node)), frozenset(used_names(code))
            except BROKEN as error:
                broken.append((cell, error))
                continue
            statements.append(Statement(cell, node, code, binds, uses))
    return statements, broken


def select_statements(statements, name):
    """What has to run, in order, for `name` to be defined.

    Args:
        statements: list of `Statement`.
        name: the global name wanted.

    Returns:
        list of `Statement`; empty when nothing binds the name.
    """
    binding = [index for index, statement in enumerate(statements) if name in statement.binds]
    if not binding:
        return []
    last_definition = max(
        (index for index in binding if isinstance(statements[index].node, DEFINITIONS)), default=0
    )
    hidden = {index for index in binding if index < last_definition}
    binders = defaultdict(list)
    for index, statement in enumerate(statements):
        if index not in hidden and not isinstance(statement.node, ast.Expr):
            for bound in statement.binds:
                binders[bound].append(index)
    chosen, looked_for, waiting = set(), set(), ["*", name]
    while waiting:
        wanted = waiting.pop()
        if wanted not in looked_for:
            looked_for.add(wanted)
            for index in binders[wanted]:
                if index not in chosen:
                    chosen.add(index)
                    waiting += statements[index].uses
    return [statements[index] for index in sorted(chosen)]


def load_answer(text, filename, name):
    """Runs what defines the answer `name` of a sheet, in the calling process.

    Args:
        text: the text of the sheet.
        filename: its name, ending in `.ipynb` or `.py`.
        name: name of the function or class.

    Returns:
        a pair: the function or class, or a `Failure`; and a list of notes for the learner.
    """
    try:
        statements, broken = read_statements(text, filename)
    except ValueError as error:
        return Failure("sheet_failed", str(error)), []
    selected = select_statements(statements, name)
    if not selected:
        return _missing(statements, broken, filename, name), []
    notes, namespace, first_error = [], {"__name__": "sheet", "__builtins__": __builtins__}, ""
    places = [
        statement
        for statement in statements
        if isinstance(statement.node, DEFINITIONS) and statement.node.name == name
    ]
    if len(places) > 1:
        notes.append(f"`{name}` is defined {len(places)} times; the last one counts ({places[-1].place}).")
    for statement in selected:
        try:
            exec(statement.code, namespace)
        except BaseException as error:  # noqa: B036 - a sheet may raise anything, SystemExit included
            words = f"{statement.place} could not be run: {type(error).__name__}: {error}"[:400]
            notes.append(words)
            first_error = first_error or words
    if name not in namespace:
        return Failure("sheet_failed", first_error or f"`{name}` is not defined."), notes
    if not callable(namespace[name]):
        return Failure("not_found", f"`{name}` is a {type(namespace[name]).__name__}, not a function."), notes
    return namespace[name], notes


def _missing(statements, broken, filename, name):
    definition = re.compile(rf"(async\s+def|def|class)\s+{name}\b")
    for cell, error in broken:
        lines = python_lines(cell.source)
        if any(definition.match(line.lstrip()) for line in lines):
            line = getattr(error, "lineno", None) or 1
            shown = lines[min(line, len(lines)) - 1].strip()
            number = line + cell.first_line - 1
            words = f"{cell.place}line {number} is not Python: {getattr(error, 'msg', error)}"
            return Failure("sheet_failed", f"{words} (`{shown[:120]}`).")
    defined = {
        statement.node.name: statement.place
        for statement in statements
        if isinstance(statement.node, ast.FunctionDef | ast.ClassDef)
    }
    near = difflib.get_close_matches(name, defined, n=1, cutoff=0.7)
    advice = f" There is `{near[0]}` ({defined[near[0]]}): was it renamed?" if near else ""
    return Failure("not_found", f"{filename} defines no `{name}`.{advice}")
