"""What a figure says to those who cannot see it: its kind, its title and its labels, read from the code."""

import ast
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

PLOTS = Path(__file__).parents[2] / "plots"


@cache
def kinds_of_figures() -> dict[str, str]:
    """What each function of `course_lib.plots` draws: the beginning of its docstring.

    Example:
        >>> kinds_of_figures()["curves"]
        'Labelled curves'
    """
    kinds = {}
    for path in sorted(PLOTS.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (words := ast.get_docstring(node)):
                kinds[node.name] = re.split(r", with |: |; ", words.split("\n")[0].rstrip("."))[0]
    return kinds


def alternative_text(code: str, heading: str, earlier: Sequence[str] = ()) -> str:
    """A sentence or two for the figure that a cell draws.

    Args:
        code: source of the cell.
        heading: of the section that the cell stands in.
        earlier: sources of the cells before it, which may define the function that draws.

    Returns:
        plain text: what is drawn, title and labels as far as they are written in the code, and the section.

    Example:
        >>> code = 'curves({"with attention": a, "without": b}, "epoch", f"loss of {n}", title="Learning")'
        >>> alternative_text(code, "3.7 Training")
        'Labelled curves: Learning. Labels: with attention; without; epoch; loss of …. Section 3.7 Training.'
        >>> drawing = 'def draw(name):\\n    return curves({name: a}, "epoch", "loss")'
        >>> alternative_text('display(draw("small"))', "3.7 Training", [drawing])
        'Labelled curves. Labels: epoch; loss; small. Section 3.7 Training.'
        >>> alternative_text("display(figure)", "3.7 Why?")
        'Figure of section 3.7 Why?'
    """
    functions = {
        node.name: node
        for text in (*earlier, code)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }
    section = heading if heading.endswith(("?", "!")) else f"{heading}."
    found = _drawing(ast.parse(code), functions)
    if found is None:
        return f"Figure of section {section}"
    kind, titles, labels = found
    parts = [f"{kind}: {titles[0]}" if titles else kind]
    if labels:
        parts.append(f"Labels: {'; '.join(dict.fromkeys(labels))}")
    return ". ".join([*parts, f"Section {section}"])


def _drawing(tree, functions):
    """Kind, titles and labels of the last call that draws, in the code or in a function that it calls."""
    calls = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Call)),
        key=lambda node: (node.end_lineno, node.end_col_offset),
    )
    for call in reversed(calls):
        name = getattr(call.func, "id", None)
        if name in kinds_of_figures():
            return kinds_of_figures()[name], *_words(call)
        others = {key: node for key, node in functions.items() if key != name}
        if name in functions and (inner := _drawing(functions[name], others)):
            kind, titles, labels = inner
            own_titles, own_labels = _words(call)
            return kind, own_titles + titles, labels + own_labels
    return None


def _words(call):
    """The titles and the labels that stand in a call."""
    titles, labels = [], []
    for word in call.keywords:
        if word.arg in ("title", "titles"):
            titles += _written(word.value)
    for value in (*call.args, *(word.value for word in call.keywords if word.arg != "title")):
        if isinstance(value, ast.Dict):
            labels += [words for key in value.keys if key for words in _written(key)]
        elif isinstance(value, ast.List | ast.Tuple):
            labels += [words for element in value.elts for words in _written(element)]
        else:
            labels += _written(value)
    return titles, labels


def _written(node):
    """The words of a text that stands in the code; values that are computed show as dots."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        words = node.value
    elif isinstance(node, ast.JoinedStr):
        words = "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    else:
        return []
    words = " ".join(words.split())
    return [words] if words.strip("… ") else []
