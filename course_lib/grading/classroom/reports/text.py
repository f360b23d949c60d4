"""Text that came with a submission, made fit to show: no terminal codes, no invisible marks, no novels."""

import re
import unicodedata

LONGEST = 4000  # characters
MOST_LINES = 60

# Colours and cursor movements, window titles, and the other two-character escapes of terminals.
TERMINAL_CODE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -Z\\^-~])")
JOINERS = "\u200c\u200d"  # invisible, but some scripts and emoji cannot be written without them


def tidy(text, longest=LONGEST, most_lines=MOST_LINES):
    """Makes text plain: what cannot be seen becomes �, what is too long is cut.

    Terminal codes go; NUL and other control characters, marks that turn the direction of reading, and lone
    surrogates become �.

    Args:
        text: any string.
        longest: characters to keep.
        most_lines: lines to keep.

    Returns:
        a string that can be written as UTF-8, of at most `longest` characters and `most_lines` lines, and,
        when something was cut, a last line that says how long the whole was.

    Example:
        >>> tidy("\\x1b[31mred\\x1b[0m\\x00")
        'red�'
        >>> print(tidy("1234567", longest=4))
        1234
        … (cut: 7 characters in all)
    """
    kept = TERMINAL_CODE.sub("", text[: 4 * longest])
    kept = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", kept)
    lines = kept[:longest].split("\n")
    is_cut = len(text) > 4 * longest or len(kept) > longest or len(lines) > most_lines
    shown = "\n".join(map(_visible, lines[:most_lines]))
    return f"{shown}\n… (cut: {len(text):,} characters in all)" if is_cut else shown


def tidy_line(text, longest=200):
    """The same on one line, for names and places.

    Example:
        >>> tidy_line("Ada\\n Lovelace")
        'Ada Lovelace'
    """
    return " ".join(tidy(text, longest).split())


def _visible(line):
    if line.isprintable():
        return line
    return "".join(character if _shows(character) else "�" for character in line)


def _shows(character):
    return character in "\t" + JOINERS or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
