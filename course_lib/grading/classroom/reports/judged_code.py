"""The code that a verdict is about, as the student wrote it."""

import re
import tokenize

from course_lib.grading.worker.answers import read_cells

LONGEST = 20_000  # characters of a cell that are looked at from the definition on


def judged_code(text, filename, name):
    r"""Cuts the definition of an exercise out of a sheet; nothing is run or parsed.

    Args:
        text: the text of a notebook or of a script.
        filename: its name; the ending tells which of the two it is.
        name: name of the exercise.

    Returns:
        the last definition of that name at the left margin, up to where its block ends or breaks off; empty
        where there is none.

    Example:
        >>> sheet = "import math\n\ndef double(x):\n    return 2 * x\n\nprint(double(3))\n"
        >>> judged_code(sheet, "ada.py", "double")
        'def double(x):\n    return 2 * x'
    """
    definition = re.compile(rf"^(?:async[ \t]+def|def|class)[ \t]+{re.escape(name)}\b", re.MULTILINE)
    try:
        cells = read_cells(text, filename)
    except ValueError:
        return ""
    for cell in reversed(cells):
        if starts := [found.start() for found in definition.finditer(cell.source)]:
            return _block(cell.source[starts[-1] : starts[-1] + LONGEST])
    return ""


def _block(source):
    """The first statement with a block; where that cannot be told, the lines that stand indented."""
    lines, depth, last = source.split("\n"), 0, 0
    try:
        for token in tokenize.generate_tokens(iter([f"{line}\n" for line in lines]).__next__):
            depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
            if token.type == tokenize.NEWLINE:
                last = token.end[0]
            elif last and depth == 0 and token.type not in (tokenize.NL, tokenize.COMMENT):
                break
    except (tokenize.TokenError, SyntaxError):
        outside = (index for index, line in enumerate(lines) if index and re.match(r"[^\s)\]}#]", line))
        last = next(outside, len(lines))
    return "\n".join(lines[:last]).rstrip()
