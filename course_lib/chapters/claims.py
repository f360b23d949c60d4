"""Claims: what a chapter says, it must have measured."""

from course_lib.chapters.budgets import budget_name
from course_lib.chapters.prose import say


def claim(holds: bool, text: str) -> None:
    """Fails the build of a chapter when something that it says does not hold.

    On the budget "quick" nothing is claimed: models are trained too little, with too few seeds.

    Args:
        holds: whether the measurement bears it out.
        text: what is claimed.

    Raises:
        AssertionError: if it does not hold.

    Example:
        >>> claim(2 + 2 == 4, "two and two are four")

    Taught in: notebooks/01_language_models
    """
    if not holds and budget_name() != "quick":
        raise AssertionError(f"The measurement does not bear this out: {text}")


def finding(text: str, holds: bool) -> None:
    """Shows a sentence that is a claim below its cell, and fails as `claim` does.

    Args:
        text: markdown, its numbers put in by the cell that says it.
        holds: whether the measurement bears it out.

    Raises:
        AssertionError: if it does not hold.

    Example:
        >>> finding("two and two are **4**.", 2 + 2 == 4)
        <IPython.core.display.Markdown object>

    Taught in: notebooks/02_sequence_to_sequence
    """
    text = text[0].upper() + text[1:]
    claim(holds, text)
    said = "*Not decided with budget quick:*" if budget_name() == "quick" else "**Measured.**"
    say(f"{said} {text}")
