"""The code cells of a sheet, a notebook or a percent script: read as text and parsed, never run.

Whoever reads may be the judge, and whoever wrote a stranger: nothing here takes longer than a few times the
length of the text.
"""

import ast
import io
import json
import re
from dataclasses import dataclass

BRACKET_LIMIT = 10**6  # lists and tables in a notebook, each of which takes much more memory than its text
CELL_LINE = re.compile(r"# ?%%")
DROPPED_CELL_MAGICS = re.compile(r"%%(?!time\b|timeit\b|capture\b)")
ASSIGNED_NAMES = re.compile(r"[\w, \t]+")


@dataclass(frozen=True)
class Cell:
    """One code cell: where it stands, in words and in lines, and its source."""

    place: str
    first_line: int
    source: str


def python_lines(text):
    r"""The lines of a text as Python counts them, each with its end, which is `\n`.

    They end at a line feed, a carriage return, or both; `str.splitlines` knows seven ends more.

    Example:
        >>> python_lines("a\r\nb\rc\u2028d\x0c\n")
        ['a\n', 'b\n', 'c\u2028d\x0c\n']
    """
    return io.StringIO(text, newline=None).readlines()


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
        for number, line in enumerate([*python_lines(text), "# %%"], start=1):
            if CELL_LINE.match(line):
                if is_code and lines:
                    cells.append(Cell("", start, "".join(lines).removesuffix("\n")))
                lines, start, is_code = [], number + 1, "[markdown]" not in line and "[raw]" not in line
            else:
                lines.append(line)
        return cells
    return [
        Cell(f"cell {number}, ", 1, source)
        for number, source in enumerate(_sources(text, filename), start=1)
        if source is not None
    ]


def without_outputs(text, filename):
    r"""The sheet with nothing but its code: what a notebook shows, attaches and says is left out.

    Cells keep their numbers. What is not a notebook stays as it is: `read_cells` says why it is none.

    Args:
        text: the text of a notebook (`.ipynb`) or of a script.
        filename: its name.

    Returns:
        the text.

    Example:
        >>> cell = {"cell_type": "code", "source": ["x = 1\n", "x"], "outputs": [{"text": "1" * 1000}]}
        >>> without_outputs(json.dumps({"cells": [cell]}), "a.ipynb")
        '{"cells": [{"cell_type": "code", "source": "x = 1\\nx"}]}'
    """
    if not filename.endswith(".ipynb"):
        return text
    try:
        sources = _sources(text, filename)
    except ValueError:
        return text
    cells = [{"cell_type": "raw" if source is None else "code", "source": source or ""} for source in sources]
    return json.dumps({"cells": cells}, ensure_ascii=False)


def _sources(text, filename):
    """The source of each cell of a notebook; None for those that are no code."""
    if text.count("[") + text.count("{") > BRACKET_LIMIT:
        raise ValueError(f"{filename} holds more than {BRACKET_LIMIT} lists and tables: clear its outputs.")
    try:
        cells = json.loads(text)["cells"]
        return ["".join(cell["source"]) if cell["cell_type"] == "code" else None for cell in cells]
    except RecursionError:
        raise ValueError(f"{filename} is not a notebook: it is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{filename} is not a notebook: broken JSON at line {error.lineno}.") from None
    except ValueError:
        raise ValueError(f"{filename} is not a notebook: a number in it is too long to be read.") from None
    except (KeyError, TypeError):
        raise ValueError(f"{filename} is not a notebook of format 4: it holds no list of cells.") from None


def parse_cell(cell):
    """Parses a cell, its magics and shell lines put aside.

    Returns:
        list of `ast.stmt`, with the line numbers of the file for a script and of the cell for a notebook.

    Raises:
        SyntaxError: when it does not parse even so.
    """
    if DROPPED_CELL_MAGICS.match(cell.source.lstrip()):
        return []
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError):
        tree = ast.parse("".join(map(_without_magic, python_lines(cell.source))))
    ast.increment_lineno(tree, cell.first_line - 1)
    return tree.body


def _without_magic(line):
    """A line with `pass` for a magic, a shell command or a question, and None for what one is to give."""
    words = line.strip()
    if words.startswith(("%", "!", "?")) or words.endswith("?"):
        return line[: len(line) - len(line.lstrip())] + "pass\n"
    names, equals, value = line.partition("=")
    if value.lstrip().startswith(("%", "!")) and ASSIGNED_NAMES.fullmatch(names):
        return f"{names}{equals} None\n"
    return line
