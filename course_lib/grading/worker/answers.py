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
import json
import linecache
import re
from dataclasses import dataclass
from functools import lru_cache

from course_lib.grading.worker.values import Failure

FUTURE_ANNOTATIONS = __import__("__future__").annotations.compiler_flag
DROPPED_CELL_MAGICS = re.compile(r"%%(?!time\b|timeit\b|capture\b)")
MAGIC_LINE = re.compile(r"^(\s*)(?:%|!|\?|.*\?\s*$).*$", re.MULTILINE)
MAGIC_ASSIGNMENT = re.compile(r"^(\s*[\w, ]+=\s*)[%!].*$", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """One code cell: where it stands, in words and in lines, and its source."""

    place: str
    first_line: int
    source: str


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


def read_cells(text, filename):
    """Splits a sheet into code cells.

    Args:
        text: the text of a notebook (`.ipynb`) or of a script, with or without `# %%` lines.
        filename: its name; the ending tells which of the two it is.

    Returns:
        list of `Cell`.

    Raises:
        ValueError: for a notebook that is not one, in words for the learner.
    """
    if not filename.endswith(".ipynb"):
        cells, lines, start, is_code = [], [], 1, True
        for number, line in enumerate([*text.splitlines(), "# %%"], start=1):
            if re.match(r"# ?%%", line):
                if is_code and lines:
                    cells.append(Cell("", start, "\n".join(lines)))
                lines, start, is_code = [], number + 1, "[markdown]" not in line and "[raw]" not in line
            else:
                lines.append(line)
        return cells
    try:
        notebook = json.loads(text)
        cells = notebook["cells"]
        sources = ["".join(cell["source"]) if cell["cell_type"] == "code" else None for cell in cells]
    except RecursionError:
        raise ValueError(f"{filename} is not a notebook: it is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{filename} is not a notebook: broken JSON at line {error.lineno}.") from None
    except (KeyError, TypeError):
        raise ValueError(f"{filename} is not a notebook of format 4: it holds no list of cells.") from None
    return [
        Cell(f"cell {number}, ", 1, source)
        for number, source in enumerate(sources, start=1)
        if source is not None
    ]


def parse_cell(cell):
    """Parses a cell, its magics and shell lines put aside.

    Returns:
        list of `ast.stmt`, with the line numbers of the file for a script and of the cell for a notebook.

    Raises:
        SyntaxError: when it does not parse even so.
    """
    source = cell.source
    if DROPPED_CELL_MAGICS.match(source.lstrip()):
        return []
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        source = MAGIC_ASSIGNMENT.sub(r"\1None", source)
        tree = ast.parse(MAGIC_LINE.sub(r"\1pass", source))
    ast.increment_lineno(tree, cell.first_line - 1)
    return tree.body


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
    for number, cell in enumerate(read_cells(text, filename)):
        cell_name = f"<{filename} {cell.place.rstrip(', ') or number}>"
        lines = ["\n"] * (cell.first_line - 1) + cell.source.splitlines(keepends=True)
        linecache.cache[cell_name] = (len(text), None, lines, cell_name)
        try:
            nodes = parse_cell(cell)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            broken.append((cell, error))
            continue
        for node in nodes:
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                flags |= FUTURE_ANNOTATIONS if node.names[0].name == "annotations" else 0
                continue
            try:
                code = compile(ast.Module([node], []), cell_name, "exec", flags, dont_inherit=True)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                broken.append((cell, error))
                continue
            binds, uses = frozenset(bound_names(node)), frozenset(used_names(code))
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
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    last_definition = max(
        (index for index in binding if isinstance(statements[index].node, definitions)), default=0
    )
    hidden = {index for index in binding if index < last_definition}
    needed, chosen, grew = {name}, set(), True
    while grew:
        grew = False
        for index, statement in enumerate(statements):
            if index in chosen or index in hidden or isinstance(statement.node, ast.Expr):
                continue
            if statement.binds & needed or "*" in statement.binds:
                chosen.add(index)
                needed |= statement.uses
                grew = True
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
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    places = [
        statement
        for statement in statements
        if isinstance(statement.node, kinds) and statement.node.name == name
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
    for cell, error in broken:
        if re.search(rf"^\s*(async def|def|class)\s+{name}\b", cell.source, re.MULTILINE):
            line = getattr(error, "lineno", None) or 1
            shown = cell.source.splitlines()[min(line, len(cell.source.splitlines())) - 1].strip()
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
