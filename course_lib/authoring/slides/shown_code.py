"""How much of a cell's code stands on a slide: what it is about, and not how results are put on paper."""

import ast
import io
import tokenize

from course_lib.authoring.site.figures import kinds_of_figures

REPORTS = {"claim", "display", "say", "table"}
BOOKKEEPING = {"header", "rows"}


def is_report(statement: ast.stmt, also: frozenset[str] = frozenset()) -> bool:
    """Whether a statement only shows results or makes sure of them.

    Args:
        statement: of a cell.
        also: further functions that count as showing.

    Example:
        >>> texts = "table(head, rows)", "for a in b:\\n    rows.append([a])", "curves(x)", "loss = f(x)"
        >>> [is_report(ast.parse(text).body[0]) for text in texts]
        [True, True, True, False]
    """
    if isinstance(statement, ast.Assert):
        return True
    if isinstance(statement, ast.For | ast.If | ast.With):
        inside = [*statement.body, *getattr(statement, "orelse", [])]
        return all(is_report(inner, also) for inner in inside)
    if isinstance(statement, ast.Assign):
        names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
        return bool(names) and (names <= BOOKKEEPING or _draws(statement.value))
    return isinstance(statement, ast.Expr) and _reports(statement.value, also)


def _reports(value, also):
    if not isinstance(value, ast.Call):
        return False
    function = value.func
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id in BOOKKEEPING
    return isinstance(function, ast.Name) and (function.id in REPORTS | also or _draws(value))


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
