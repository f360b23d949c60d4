"""What stands on a slide: pieces of HTML with the height they take."""

from dataclasses import dataclass

# Pixels of a slide of 1280 by 720, as `docs/slides/slides.css` sets them.
HEIGHT = 588  # below the heading, above the footer
LINE, CODE_LINE, ROW, FORMULA_LINE, GAP = 38, 27, 37, 62, 18
WORDS_WIDE, CODE_COLUMNS, CODE_LINES = 80, 72, 16


@dataclass(frozen=True)
class Block:
    """One thing that is not divided.

    Attributes:
        html: what is shown.
        height: pixels, at most.
        keeps_next: whether it must not stand last on a slide, as a sentence that ends in a colon.
    """

    html: str
    height: int
    keeps_next: bool = False


def lines_of(text: str, width: int = WORDS_WIDE) -> int:
    """How many lines a paragraph takes.

    Example:
        >>> lines_of("word " * 30, 80)
        2
    """
    return max(1, -(-len(text.strip()) // width))
