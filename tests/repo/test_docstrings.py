"""Docstrings speak one dialect, and what chapters use says where it is taught."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "course_lib"
MODULES = sorted(LIBRARY.rglob("*.py"))
# In this order; what stands in a line of its own begins a section, the others go on behind the colon.
SECTIONS = ("Args", "Call arguments", "Attributes", "Returns", "Yields", "Raises", "Example")
CLOSING = ("In the paper", "Reference", "Taught in")
MISSPELT = ("Arguments", "Parameters", "Return", "Examples", "References", "Shape", "Notes")
SENTENCE = re.compile(r"(?:\w+: )?(?:The|A|An|For|When|If|Whether|Names?|Lists?|What|Where) ")
TAUGHT = ("text", "data", "layers", "models", "training", "decoding", "evaluation", "plots", "chapters")


def docstrings(text):
    """Name and docstring of everything in a module that has one."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, kinds) and (docstring := ast.get_docstring(node)):
            yield getattr(node, "name", "module"), docstring


def faults(docstring):
    """What a docstring does that others do not."""
    lines, found, order = docstring.split("\n"), [], []
    if not lines[0].strip() or (len(lines) > 1 and lines[1].strip()):
        found.append("the first line is no line of its own")
    for number, line in enumerate(lines):
        head = re.match(r"([A-Z][a-z ]+):(.*)$", line)
        if not head or head[1] not in (*SECTIONS, *CLOSING, *MISSPELT):
            continue
        if head[1] in MISSPELT:
            found.append(f"there is no section {head[1]!r}")
        elif head[1] in CLOSING:
            order.append((*SECTIONS, *CLOSING).index(head[1]))
            if not head[2].strip():
                found.append(f"{head[1]!r} goes on behind its colon")
        elif not head[2]:
            order.append(SECTIONS.index(head[1]))
            first = lines[number + 1] if number + 1 < len(lines) else ""
            if len(first) - len(first.lstrip()) != 4:
                found.append(f"what {head[1]!r} holds is indented by 4")
            if head[1] != "Example":
                entries = [entry for entry in section_below(lines, number) if re.match(r" {4}\S", entry)]
                found += [f"begins small: {entry.strip()}" for entry in entries if SENTENCE.match(entry[4:])]
    if order != sorted(order):
        found.append(f"sections come in the order {', '.join((*SECTIONS, *CLOSING))}")
    return found


def section_below(lines, number):
    """The lines of the section that begins at a line."""
    for line in lines[number + 1 :]:
        if line and not line.startswith(" "):
            return
        yield line


def test_one_dialect():
    found = [
        f"{path.relative_to(ROOT)}, {name}: {fault}"
        for path in MODULES
        for name, docstring in docstrings(path.read_text(encoding="utf-8"))
        for fault in faults(docstring)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("docstring", "fault"),
    [
        ("\n\nOne line.", "first line"),
        ("One.\n\nExample:\n\n>>> 1\n1", "'Example' holds is indented"),
        ("One.\n\nArgs:\n  size: int.", "'Args' holds is indented"),
        ("One.\n\nArgs:\n    size: The size.", "begins small: size: The size."),
        ("One.\n\nReturns:\n    A list.", "begins small: A list."),
        ("One.\n\nReferences:\n    Vaswani", "no section 'References'"),
        ("One.\n\nReference:\n    Vaswani", "behind its colon"),
        ("One.\n\nReturns:\n    int.\n\nArgs:\n    size: int.", "the order"),
    ],
)
def test_another_dialect_is_found(docstring, fault):
    assert any(fault in one for one in faults(docstring))


def test_a_good_docstring_has_no_faults():
    good = """One line.

    Args:
        size: int, how many.
            More of it.

    Returns:
        the pair of them.

    Example:
        >>> 1
        1

    In the paper: n.
    Reference: Vaswani et al. (2017)
    Taught in: notebooks/05_multi_head_attention"""
    assert faults(inspect.cleandoc(good)) == []


def imports_by_chapter():
    """For each chapter, the names it imports from `course_lib`."""
    chapters = {}
    for path in sorted((ROOT / "notebooks").glob("*.py")):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        chapters[path.stem] = {
            alias.name
            for node in nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_lib")
            for alias in node.names
        }
    return chapters


@pytest.mark.parametrize("package", TAUGHT)
def test_what_chapters_use_says_where_it_is_taught(package):
    module, chapters = importlib.import_module(f"course_lib.{package}"), imports_by_chapter()
    wrong = []
    for name in module.__all__:
        value, users = getattr(module, name), [key for key in chapters if name in chapters[key]]
        if not (inspect.isclass(value) or inspect.isfunction(value)) or not users:
            continue
        named = re.search(r"^ *Taught in: notebooks/(\w+)$", value.__doc__, re.MULTILINE)
        if not named or named[1] not in chapters:
            wrong.append(f"{name}: Taught in: notebooks/{users[0]}")
    assert not wrong, "\n".join(wrong)


def test_a_chapter_that_teaches_something_is_there():
    """Also for names that no chapter imports: those are found above."""
    chapters, missing = {path.stem for path in (ROOT / "notebooks").glob("*.py")}, []
    for path in MODULES:
        for named in re.findall(r"^ *Taught in: notebooks/(\w+)$", path.read_text("utf-8"), re.MULTILINE):
            if named not in chapters:
                missing.append(f"{path.relative_to(ROOT)}: {named}")
    assert not missing, "\n".join(missing)
