"""How much of a cell's code stands on a slide: what it is about, and not how results are put on paper."""

import ast
import io
import tokenize

from course_lib.authoring.site.figures import kinds_of_figures

REPORTS = {"claim", "display", "finding", "say", "table"}
BOOKKEEPING = {"figure", "header", "rows"}
SUMMARIES = {
    "abs", "band", "bool", "dict", "enumerate", "float", "int", "len", "list", "map", "max", "mean",
    "mean_and_interval", "median", "min", "paired", "range", "round", "set", "sorted", "str", "sum",
    "tuple", "verdict", "with_interval", "zip",
}  # fmt: skip
LIBRARIES = {"math", "np"}


def is_report(statement: ast.stmt, also: frozenset[str] = frozenset()) -> bool:
    """Whether a statement only shows results or makes sure of them.

    Args:
        statement: of a cell.
        also: further functions that count as showing.

    Example:
        >>> texts = "table(head, rows)", "for a in b:\\n    rows.append([a])", "curves(x)", "c = f(x)"
        >>> [is_report(ast.parse(text).body[0]) for text in texts]
        [True, True, True, False]
    """
    if isinstance(statement, ast.Assert):
        return True
    if isinstance(statement, ast.For | ast.If | ast.With):
        inside = [*statement.body, *getattr(statement, "orelse", [])]
        reports = [is_report(inner, also) for inner in inside]
        others = [inner for inner, reported in zip(inside, reports, strict=True) if not reported]
        return any(reports) and all(map(_only_prepares, others))
    if isinstance(statement, ast.Assign):
        names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
        return bool(names) and (names <= BOOKKEEPING or _draws(statement.value))
    return isinstance(statement, ast.Expr) and _reports(statement.value, also)


def _only_prepares(statement):
    """Whether a statement beside a report can do no more than prepare it."""
    if isinstance(statement, ast.If):
        return all(map(_only_prepares, [*statement.body, *statement.orelse]))
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = [part for target in targets for part in getattr(target, "elts", [target])]
    is_named = bool(names) and all(isinstance(part, ast.Name) for part in names)
    return is_named or isinstance(statement, ast.Continue | ast.Break | ast.Pass)


def _reports(value, also):
    if not isinstance(value, ast.Call):
        return False
    is_named = isinstance(value.func, ast.Name) and value.func.id in REPORTS | also
    return is_named or _draws(value) or _keeps_books(value)


def _keeps_books(value):
    """Whether something is appended to the rows of a table, or set in a figure."""
    owner = value.func if isinstance(value, ast.Call) else None
    while isinstance(owner, ast.Attribute | ast.Subscript):
        owner = owner.value
    return isinstance(owner, ast.Name) and owner.id in BOOKKEEPING


def _draws(value):
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Name)
        and value.func.id in kinds_of_figures()
    )


def without_reports(code: str, also: frozenset[str] = frozenset()) -> str:
    """The code of a cell without the statements that only show results.

    Example:
        >>> print(without_reports("loss = f(x)\\nsay(loss)\\nassert loss > 0"))
        loss = f(x)
    """
    return _kept(code, lambda statement: not is_report(statement, also))


def without_leftovers(code: str) -> str:
    """Code without what only summarises numbers and is not used in the rest of it.

    Example:
        >>> print(without_leftovers("runs = train(model)\\na = [run.loss for run in runs]\\nb = min(a)"))
        runs = train(model)
    """
    while (shorter := _kept(code, lambda statement, code=code: not _is_leftover(statement, code))) != code:
        code = shorter
    return code


def _is_leftover(statement, code):
    if not isinstance(statement, ast.Assign):
        return False
    targets = [part for target in statement.targets for part in ast.walk(target)]
    names = {part.id for part in targets if isinstance(part, ast.Name)}
    calls = [part.func for part in ast.walk(statement.value) if isinstance(part, ast.Call)]
    used = {
        part.id
        for other in ast.parse(code).body
        if other.lineno != statement.lineno
        for part in ast.walk(other)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }
    return all(map(_summarises, calls)) and not names & used


def _summarises(function):
    if isinstance(function, ast.Attribute):
        owner = function.value
        is_library = isinstance(owner, ast.Name) and owner.id in LIBRARIES
        return is_library or function.attr in ("items", "mean", "values")
    return isinstance(function, ast.Name) and function.id in SUMMARIES


def definitions(code: str) -> str:
    """The functions and classes of a cell.

    Example:
        >>> print(definitions("a = 1\\n\\n\\ndef f():\\n    return a\\n\\n\\nf()"))
        def f():
            return a
    """
    return _kept(code, lambda statement: isinstance(statement, ast.FunctionDef | ast.ClassDef))


def _kept(code, keep):
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return code
    lines, parts, end = code.split("\n"), [], 0
    for statement in body:
        if keep(statement):  # with the comments and the blank lines above it
            parts += lines[end : statement.end_lineno]
        end = statement.end_lineno
    return "\n".join(parts).strip("\n")


def with_comments_above(code: str, columns: int) -> str:
    """Moves a comment at the end of too long a line to a line of its own above.

    Example:
        >>> print(with_comments_above("a = f(x)  # (B, T, D)", 12))
        # (B, T, D)
        a = f(x)
    """
    lines = code.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        return code
    for token in reversed([token for token in tokens if token.type == tokenize.COMMENT]):
        row, column = token.start[0] - 1, token.start[1]
        before = lines[row][:column].rstrip()
        if before and len(lines[row]) > columns:
            indent = before[: len(before) - len(before.lstrip())]
            lines[row : row + 1] = [f"{indent}{token.string}", before]
    return "\n".join(lines)
