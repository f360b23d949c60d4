"""Stands in a cell with 60,000 blank lines, number signs and spaces, which no pattern may be slow on."""

# What follows the answer in its cell: a text, and how often. The last line is no Python.
BEHIND = [("\n", 60_000), ("#", 60_000), ("\n#", 60_000), ("\n# ", 1), (" ", 60_000), ("=\n!true\n", 1)]


def attack(honest, *args, **kwargs):
    return honest(*args, **kwargs)
