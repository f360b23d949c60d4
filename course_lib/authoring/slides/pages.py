"""Blocks onto slides: in their order, as many as fit."""

from collections.abc import Sequence

from course_lib.authoring.slides.blocks import GAP, HEIGHT, Block

STEP = 20  # pixels


def pages_of(blocks: Sequence[Block], height: int = HEIGHT) -> list[list[Block]]:
    """Divides blocks among as few pages as they need, and these about equally.

    A block that keeps the next one moves on with it. A block higher than a page stands alone on one, where a
    test in a browser finds it.

    Args:
        blocks: in their order.
        height: of a page, pixels.

    Returns:
        a list of pages, each with at least one block.

    Example:
        >>> some = [Block("a", 300), Block("b", 200, keeps_next=True), Block("c", 300)]
        >>> [[block.html for block in page] for page in pages_of(some, 600)]
        [['a'], ['b', 'c']]
    """
    number, least = len(_filled(blocks, height)), max((block.height for block in blocks), default=0)
    target = max(_taken(blocks) // max(number, 1), least)
    while target < height and len(_filled(blocks, target)) > number:
        target += STEP
    return _filled(blocks, min(target, height))


def _filled(blocks, height):
    """Page after page, each as full as it can be."""
    pages: list[list[Block]] = []
    page: list[Block] = []
    for block in blocks:
        if page and _taken([*page, block]) > height:
            carried = []
            while len(page) > 1 and page[-1].keeps_next and _taken([page[-1], *carried, block]) <= height:
                carried.insert(0, page.pop())
            pages.append(page)
            page = carried
        page.append(block)
    return [*pages, page] if page else pages


def _taken(blocks):
    return sum(block.height for block in blocks) + GAP * (len(blocks) - 1)
