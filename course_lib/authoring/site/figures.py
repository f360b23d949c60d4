"""What a figure says to those who cannot see it: its kind, its title and its axes, read from the code."""

import ast
from functools import cache
from pathlib import Path

PLOTS = Path(__file__).parents[2] / "plots"


@cache
def kinds_of_figures() -> dict[str, str]:
    """What each function of `course_lib.plots` draws: the first line of its docstring.

    Example:
        >>> kinds_of_figures()["mask_image"].endswith(".")
        False
    """
    kinds = {}
    for path in sorted(PLOTS.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (words := ast.get_docstring(node)):
                kinds[node.name] = words.split("\n")[0].rstrip(".")
    return kinds


def alternative_text(code: str, heading: str) -> str:
    """A sentence or two for the figure that a cell draws.

    Args:
        code: source of the cell.
        heading: of the section that the cell stands in.

    Returns:
        plain text: what is drawn, title and labels as far as they are written in the code, and the section.

    Example:
        >>> code = 'curves({"with attention": a, "without": b}, "epoch", f"loss of {n}", title="Learning")'
        >>> alternative_text(code, "3.7 Training").startswith(kinds_of_figures()["curves"])
        True
        >>> alternative_text(code, "3.7 Training").split(": ", 1)[1]
        'Learning. Labels: with attention; without; epoch; loss of …. Section 3.7 Training.'
        >>> alternative_text("display(figure)", "3.7 Training")
        'Figure of section 3.7 Training.'
    """
    known = kinds_of_figures()
    calls = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in known
    ]
    if not calls:
        return f"Figure of section {heading}."
    call = calls[-1]
    titles, labels = [], []
    for keyword in call.keywords:
        if keyword.arg == "title":
            titles += _written(keyword.value)
    for value in (*call.args, *(keyword.value for keyword in call.keywords if keyword.arg != "title")):
        if isinstance(value, ast.Dict):
            labels += [words for key in value.keys if key for words in _written(key)]
        else:
            labels += _written(value)
    parts = [f"{known[call.func.id]}: {titles[0]}" if titles else known[call.func.id]]
    if labels:
        parts.append(f"Labels: {'; '.join(dict.fromkeys(labels))}")
    return ". ".join([*parts, f"Section {heading}."])


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
