"""Markdown as blocks of a slide: what is set off is shown, and of running text the beginning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from course_lib.authoring.site.formulas import as_mathml
from course_lib.authoring.slides.blocks import (
    CODE_LINE,
    CODE_LINES,
    FORMULA_LINE,
    LINE,
    ROW,
    WORDS_WIDE,
    Block,
    lines_of,
)
from course_lib.authoring.slides.code import code_block, continued

MOST_WORDS = 70  # of running text on one slide; the rest is for the speaker
ROWS_OF_A_TABLE = 11
WIDEST_FORMULA, WIDEST_ROW = 78, 88  # signs
COLUMNS_PRINTED = 92
NOTES_ONLY = "<!-- notes -->"
# Brackets of formulas and of code are no links.
LINK = re.compile(
    r"```.*?```|\$\$.*?\$\$|\$[^$\n]+\$"
    r"|\[([^\]]+)\]\((?:https?:|\.{0,2}/|#|[\w./-]+\.(?:ipynb|md|py)\b)[^)]*\)"
    r"|\[([^\]]+)\](?:\[([^\]]*)\])?",
    re.DOTALL,
)
DEFINITION = re.compile(r"^\[([^\]]+)\]: .*$", re.MULTILINE)
IS_BOLD = re.compile(r"\*\*[^*]+\*\*\s*$")
SIZED = re.compile(r"<[^>]+>|&[a-z#0-9]+;")


@dataclass
class Words:
    """What a Markdown cell brings to a slide.

    Attributes:
        heading: HTML of its first heading, or nothing.
        level: of that heading, 1 for the chapter; 0 without one.
        blocks: what is shown.
        said: HTML of what is left to the speaker.
    """

    heading: str = ""
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@cache
def reader():
    """Reads Markdown with tables and formulas; links become their words, since a deck stands by itself."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    def renderer(tex, options):
        return as_mathml(tex, options["display_mode"])

    return MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, renderer=renderer)


def as_html(text: str) -> str:
    """A piece of Markdown as HTML, its links as words.

    Example:
        >>> as_html("see [chapter 2](../notebooks/02.ipynb)")
        '<p>see chapter 2</p>'
    """
    return reader().render(without_links(text)).strip()


def without_links(text: str) -> str:
    """Markdown whose links are words, without the definitions of targets.

    Example:
        >>> without_links("[`dot_scores`], [a page](https://x.org).\\n\\n[`dot_scores`]: a.ipynb")
        '`dot_scores`, a page.'
        >>> without_links("`a[:, 0]` and $[c_t; h_t]$")
        '`a[:, 0]` and $[c_t; h_t]$'
    """
    known = {_name(found[1]) for found in DEFINITION.finditer(text)}

    def words(found):
        if found[1]:
            return found[1]
        return found[2] if found[2] and _name(found[3] or found[2]) in known else found[0]

    return LINK.sub(words, DEFINITION.sub("", text)).strip()


def _name(text):
    return " ".join(text.split()).lower()


def words_of(text: str) -> Words:
    """Divides the Markdown of a cell into what is shown and what is said.

    Lists, tables, formulas, quotations, code and sentences that lead to one are shown; of running text the
    first `MOST_WORDS` words, as far as whole paragraphs go, and nothing below `<!-- notes -->`.

    Args:
        text: Markdown.

    Returns:
        `Words`.

    Example:
        >>> words = words_of("## 3.2 Scores\\n\\nOne idea.\\n\\n* dot\\n\\n<!-- notes -->\\nMore.")
        >>> words.heading, [block.html for block in words.blocks][0], words.said
        ('3.2 Scores', '<p>One idea.</p>', ['<p>More.</p>'])
    """
    shown, _, hidden = without_links(text).partition(NOTES_ONLY)
    words, spent = Words(), 0
    nodes = list(_pieces(shown))
    for index, (kind, piece, tokens) in enumerate(nodes):
        leads = (
            piece.rstrip().endswith((":", "："))
            and index + 1 < len(nodes)
            and nodes[index + 1][0] != "paragraph"
        )
        if kind == "heading" and not words.heading and not words.blocks:
            words.heading, words.level = _inner(as_html(piece)), int(tokens[0].tag[1])
        elif kind == "paragraph" and not leads:
            spent += 0 if IS_BOLD.match(piece) else len(piece.split())
            if spent <= MOST_WORDS or not words.blocks:
                words.blocks.append(_paragraph(piece))
            else:
                words.said.append(as_html(piece))
        else:
            words.blocks += _blocks(kind, piece, tokens, leads)
    if hidden.strip():
        words.said.append(as_html(hidden))
    return words


def _pieces(text) -> Iterator[tuple]:
    """Kind, Markdown and tokens of each top-level element."""
    lines, tokens, start = text.split("\n"), reader().parse(text), 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0 and (token.map or tokens[start].map):
            first, last = tokens[start].map
            kind = tokens[start].type.removesuffix("_open")
            yield kind, "\n".join(lines[first:last]), tokens[start : index + 1]
        if token.level == 0 and token.nesting <= 0:
            start = index + 1


def _blocks(kind, piece, tokens, leads):
    if kind == "paragraph":
        return [_paragraph(piece, keeps_next=leads)]
    if kind == "heading":
        return [Block(f"<h3>{_inner(as_html(piece))}</h3>", 50, keeps_next=True)]
    if kind in ("bullet_list", "ordered_list"):
        return list(_items(piece, tokens))
    if kind == "table":
        return table_blocks(piece)
    if kind == "math_block":
        return [formula_block(piece)]
    if kind == "fence":
        code = tokens[0].content.rstrip("\n")
        return [code_block(code, tokens[0].info or "text")]
    if kind == "blockquote":
        return [Block(as_html(piece), 24 + LINE * _paragraph_lines(piece))]
    return [] if kind in ("hr", "html_block") else [_paragraph(piece)]


def formula_block(piece: str) -> Block:
    """A formula on lines of its own; several beside each other come below each other if they are too wide.

    Example:
        >>> formula_block("$$ a = b, \\qquad c = d $$").html.count("<math")
        1
        >>> formula_block("$$ " + ", \\qquad ".join(["loss(a, b, c, d, e)"] * 5) + " $$").html.count("<math")
        5
    """
    parts = [piece.strip().strip("$").strip()]
    if _formula_width(parts[0]) > WIDEST_FORMULA:
        parts = _apart(parts[0])
    widths = [_formula_width(part) for part in parts]
    scales = [min(1.0, WIDEST_FORMULA / width) for width in widths]
    html = "".join(
        f'<div class="formula" style="font-size: {scale:.2f}em">{as_mathml(part, True)}</div>'
        for part, scale in zip(parts, scales, strict=True)
    )
    rows = sum(1 + part.count("\\\\") for part in parts)
    return Block(f"<div>{html}</div>", FORMULA_LINE * rows)


def _apart(tex):
    """Formulas that stand beside each other; what stands beside each other inside one is left."""
    parts, depth = [""], 0
    for piece in re.split(r"(\\begin|\\end|,?\s*\\qquad\s*)", tex):
        depth += {"\\begin": 1, "\\end": -1}.get(piece, 0)
        if depth == 0 and piece.strip().endswith("\\qquad"):
            parts.append("")
        else:
            parts[-1] += piece
    return [part for part in parts if part.strip()]


def _formula_width(tex):
    """Signs of its widest row, roughly: of a fraction the longer half counts."""

    def signs(row):
        row = re.sub(
            r"\\frac\{((?:[^{}]|\{[^{}]*\})*)\}\{((?:[^{}]|\{[^{}]*\})*)\}",
            lambda f: max(f[1], f[2], key=len),
            row,
        )
        row = re.sub(
            r"\\(?:begin|end)\{[^}]*\}(?:\{[^}]*\})?|\\(?:text|mathrm|operatorname|mathbf|quad|,|left|right)",
            " ",
            row,
        )
        row = re.sub(r"\\q?quad", "    ", row)
        plain = re.sub(r"\\[a-zA-Z]+", "x", row)
        return len(re.sub(r"[{}^_&]", "", plain))

    beside = [max(signs(row) for row in part.split("\\\\")) for part in _apart(tex)]
    return sum(beside) + 4 * len(beside) - 4


def _paragraph(piece, keeps_next=False):
    html = as_html(piece)
    extra = FORMULA_LINE * html.count('display="block"')
    return Block(html, LINE * _paragraph_lines(piece) + extra, keeps_next)


def _paragraph_lines(piece):
    parts = [part for part in re.split(r"\n\s*>?\s*\n", piece) if part.strip()]
    return sum(lines_of(visible(as_html(part.replace("\n>", "\n").lstrip("> ")))) for part in parts)


def visible(html):
    """The text that is seen of a piece of HTML."""
    return " ".join(SIZED.sub("", html).split())


def _inner(html):
    return re.sub(r"^<(h\d|p)>|</(h\d|p)>$", "", html)


def _items(piece, tokens):
    """Every item of a list by itself, so that a long list can be divided."""
    lines, offset = piece.split("\n"), tokens[0].map[0]
    is_ordered = tokens[0].type == "ordered_list_open"
    number = int(tokens[0].attrGet("start") or 1) if is_ordered else 0
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            item = "\n".join(lines[token.map[0] - offset : token.map[1] - offset])
            html = as_html(item)
            if is_ordered:
                html = re.sub(r"^<ol[^>]*>", f'<ol start="{number}">', html)
                number += 1
            yield Block(html, LINE * lines_of(visible(html), WORDS_WIDE - 4) - 6)


def table_blocks(piece: str) -> list[Block]:
    """A table, in parts with the same heads if it is long.

    Example:
        >>> [block.html.count("<tr>") for block in table_blocks("|a|\\n|-|\\n" + "|1|\\n" * 15)]
        [9, 8]
    """
    head, rule, *rows = [line for line in piece.strip().split("\n") if line.strip()]
    first, *heights = [ROW * lines for lines in _row_lines([head, *rows])]
    most = _even_height(heights, ROWS_OF_A_TABLE * ROW)
    parts, part, taken = [], [], 0
    for row, height in zip(rows, heights, strict=True):
        if part and taken + height > most:
            parts.append((part, taken))
            part, taken = [], 0
        part, taken = [*part, row], taken + height
    parts.append((part, taken))
    return [
        Block(f'<div class="table">{as_html(chr(10).join([head, rule, *part]))}</div>', taken + first)
        for part, taken in parts
    ]


def _even_height(heights, most):
    """The least height that divides rows into no more parts than `most` does."""

    def parts(limit):
        count, taken = 1, 0
        for height in heights:
            count, taken = (
                (count + 1, height) if taken and taken + height > limit else (count, taken + height)
            )
        return count

    limits = range(max(heights, default=0), most + 1, ROW)
    return next((limit for limit in limits if parts(limit) == parts(most)), most)


def _row_lines(rows):
    """How many lines each row takes: columns share the width as their longest cells do."""
    cells = [[visible(as_html(cell)) for cell in row.strip().strip("|").split("|")] for row in rows]
    longest = [max(map(len, column)) for column in zip_longest(*cells, fillvalue="")]
    total = sum(longest) + 2 * len(longest)
    if total <= WIDEST_ROW:
        return [1] * len(rows)
    widths = [max(8, WIDEST_ROW * length // total) for length in longest]
    return [max(lines_of(cell, width) for cell, width in zip(row, widths, strict=False)) for row in cells]


def printed_block(text: str) -> Block:
    """What a cell printed, its first lines."""
    lines = continued(text.rstrip("\n"), COLUMNS_PRINTED).split("\n")
    kept = [*lines[: CODE_LINES - 1], "…"] if len(lines) > CODE_LINES else lines
    block = code_block("\n".join(kept), "text")
    return Block(block.html.replace('class="code"', 'class="code printed"', 1), CODE_LINE * len(kept) + 20)
