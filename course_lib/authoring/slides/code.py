"""Code on slides: narrower than in the notebook, and divided where a statement ends."""

import ast
import html
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from course_lib.authoring.slides.blocks import CODE_COLUMNS, CODE_LINE, CODE_LINES, Block
from course_lib.authoring.slides.shown_code import with_comments_above

NARROW = ("--config", "format.skip-magic-trailing-comma=true")


def narrowed(cells: Sequence[str], columns: int = CODE_COLUMNS) -> list[str]:
    """The code of several cells, formatted anew for narrower lines; what cannot be formatted is left alone.

    Args:
        cells: code.
        columns: the longest line; comments and texts that are longer are continued on lines of their own.

    Returns:
        as many codes.

    Example:
        >>> print(narrowed(["value = some_function(first_argument, second_argument)"], 40)[0])
        value = some_function(
            first_argument, second_argument
        )
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{index}.py") for index in range(len(cells))]
        for path, code in zip(paths, cells, strict=True):
            path.write_text(with_comments_above(code, columns), encoding="utf-8")
        # An environment's own ruff; a cell with magic is no Python and stays.
        subprocess.run(
            [*_ruff(), "format", "-q", "--isolated", *NARROW, "--line-length", str(columns), folder],
            check=False,
            capture_output=True,
        )
        return [continued(path.read_text(encoding="utf-8").strip("\n"), columns) for path in paths]


@cache
def _ruff():
    from ruff.__main__ import find_ruff_bin

    return [find_ruff_bin()]


def continued(code: str, columns: int = CODE_COLUMNS) -> str:
    """Lines that are still too long, continued: a comment as another comment, all else behind an arrow.

    Example:
        >>> print(continued("x = 1  # short\\n# a comment that is long", 16))
        x = 1  # short
        # a comment that
        # is long
    """
    import textwrap

    lines = []
    for line in code.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if len(line) <= columns:
            lines.append(line)
        elif line.lstrip().startswith("#"):
            words = line.lstrip()[1:].strip()
            lead = f"{indent}# "
            lines += textwrap.wrap(words, columns, initial_indent=lead, subsequent_indent=lead)
        else:
            first, *rest = _cut(line, columns, len(indent))
            lines += [first, *(f"{indent}  ↪ {part}" for part in rest)]
    return "\n".join(lines)


def _cut(line, columns, indent):
    """A line in parts, at a space where one is near the end."""
    parts, room = [], columns
    while len(line) > room:
        space = line.rfind(" ", room - 20, room)
        cut = space + 1 if space > indent else room
        parts.append(line[:cut])
        line, room = line[cut:], columns - indent - 4
    return [*parts, line]


def parts_of(code: str, most: int = CODE_LINES) -> list[str]:
    """Code in parts of at most so many lines, divided before a statement, an outer one if there is one.

    Example:
        >>> parts_of("a = 1\\nb = 2\\ndef f():\\n    return 3", 3)
        ['a = 1\\nb = 2', 'def f():\\n    return 3']
    """
    lines = code.split("\n")
    depths = _beginnings(code)
    parts, start = [], 0
    while len(lines) - start > most:
        places = [line for line in depths if start < line <= start + most]
        late = [line for line in places if line - start >= most // 3] or places
        cut = min(late, key=lambda line: (depths[line], -line), default=start + most)
        parts.append("\n".join(lines[start:cut]).strip("\n"))
        start = cut
    parts.append("\n".join(lines[start:]).strip("\n"))
    return [part for part in parts if part.strip()]


def _beginnings(code):
    """Line number → depth, of the lines (from 0) at which a statement or the comment above it begins."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return {}
    lines, found = code.split("\n"), {}

    def walk(node, depth):
        for statement in ast.iter_child_nodes(node):
            if isinstance(statement, ast.stmt):
                decorators = getattr(statement, "decorator_list", [])
                line = min([statement.lineno, *(one.lineno for one in decorators)]) - 1
                while line > 0 and lines[line - 1].lstrip().startswith("#"):
                    line -= 1
                found.setdefault(line, depth)
            walk(statement, depth + isinstance(statement, ast.stmt))

    walk(tree, 0)
    return found


def code_block(code: str, language: str = "python") -> Block:
    """Code in colours.

    Example:
        >>> code_block("a = 1").html.startswith('<pre class="code">')
        True
    """
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.split()[0] if language else "text", stripnl=False)
        inside = highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    except ClassNotFound:
        inside = html.escape(code)
    return Block(f'<pre class="code"><code>{inside}</code></pre>', CODE_LINE * (code.count("\n") + 1) + 20)
