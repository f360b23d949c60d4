"""The library's public names and where each is defined, read from the files: nothing is imported."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).parents[3]
FOLDERS = (
    "text",
    "data",
    "layers",
    "models",
    "objectives",
    "training",
    "decoding",
    "evaluation",
    "checkpoints",
    "plots",
    "chapters",
    "grading",
    "authoring",
    "web",
)


@dataclass(frozen=True)
class PublicName:
    """A name that a package of the library exports.

    Attributes:
        name: as it is imported.
        package: what it is imported from, e.g. `"course_lib.layers"`.
        path: the file that defines it, from the course's folder.
        node: its definition as a syntax tree: a class, a function or an assignment; None for a module.
    """

    name: str
    package: str
    path: str
    node: ast.AST | None

    @property
    def folder(self) -> str:
        """The folder of the file, which its page is named after, e.g. `"layers/attention"`."""
        return str(Path(self.path).parent.relative_to("course_lib").as_posix())

    @property
    def docstring(self) -> str:
        """Its docstring, or nothing."""
        has_one = isinstance(self.node, ast.ClassDef | ast.FunctionDef)
        return ast.get_docstring(self.node) or "" if has_one else ""


@cache
def public_names() -> tuple[PublicName, ...]:
    """Everything that `__all__` of a package in `course_lib/` lists, in the order of the data's way.

    Example:
        >>> found = {public.name: public for public in public_names()}
        >>> found["causal_mask"].package, found["causal_mask"].path
        ('course_lib.layers', 'course_lib/layers/masks.py')
    """
    found = []
    for folder in FOLDERS:
        package = f"course_lib.{folder}"
        for name in _listed(tree_of(package)):
            module, node = _definition(package, name)
            found.append(PublicName(name, package, _file(module).relative_to(LIBRARY).as_posix(), node))
    return tuple(found)


@cache
def tree_of(module: str) -> ast.Module:
    """The syntax tree of a module, by its dotted name."""
    return ast.parse(_file(module).read_text(encoding="utf-8"))


def _file(module):
    path = LIBRARY.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _listed(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
            return ast.literal_eval(node.value)
    return []


def _definition(module, name):
    """The module and the node that a name comes from, along the imports of packages."""
    for node in tree_of(module).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name:
            return module, node
        if isinstance(node, ast.Assign) and name in [getattr(target, "id", None) for target in node.targets]:
            return module, node
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", None) == name:
            return module, node
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("course_lib"):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    if _file(f"{node.module}.{alias.name}").exists():
                        return f"{node.module}.{alias.name}", None
                    return _definition(node.module, alias.name)
    return module, None
