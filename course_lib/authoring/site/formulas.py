"""TeX to MathML while the site is built: browsers draw it themselves, with a font that the site brings along.

A Sphinx extension: `html_math_renderer = "mathml"`.
"""

import re
from pathlib import Path

# What the converter does not know, in words that it does.
WRITTEN_OTHERWISE = {
    "{aligned}": "{align*}",
    r"\|": "‖",
    r"\arg": r"\operatorname{arg}",
    r"\#": "#",
    r"\_": "_",
}
UNKNOWN = re.compile(r"\\(?:arg(?![a-zA-Z])|[|#_])|\{aligned\}")
# TeX sets a thin space between the name of a function and what it is taken of, unless that is in brackets.
TAKEN_OF = re.compile(
    r"(<mi>(?:arg|cos|exp|ln|log|max|min|sin|tanh)</mi>)(?=<m(?:i|n|sub|sup|subsup|over|frac)>)"
)
SPACE = '<mspace width="0.167em" />'


def as_mathml(tex: str, is_block: bool = False) -> str:
    """A formula as a `math` element.

    Args:
        tex: the formula, without dollar signs.
        is_block: whether it stands on lines of its own.

    Returns:
        HTML. What the converter does not know is left in it as a name with a backslash, which a test finds.

    Example:
        >>> "<mfrac>" in as_mathml(r"\\frac{a}{b}")
        True
        >>> "arg" in as_mathml(r"\\arg\\max") and "\\\\" not in as_mathml(r"\\arg\\max")
        True
    """
    from latex2mathml.converter import convert

    known = UNKNOWN.sub(lambda found: WRITTEN_OTHERWISE[found[0]], tex)
    return TAKEN_OF.sub(rf"\1{SPACE}", convert(known, display="block" if is_block else "inline"))


def math_font() -> Path:
    """A font with the measures that formulas are set by: without one subscripts stand on the line.

    Example:
        >>> math_font().name
        'STIXTwoMath-Regular.ttf'
    """
    from importlib import resources

    return Path(str(resources.files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"))


def _inline(translator, node):
    from docutils import nodes

    translator.body.append(as_mathml(node.astext()))
    raise nodes.SkipNode


def _block(translator, node):
    from docutils import nodes

    translator.body.append(f'<div class="formula" tabindex="0">{as_mathml(node.astext(), True)}</div>\n')
    raise nodes.SkipNode


def setup(app):
    """Makes the renderer known to Sphinx."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
