"""The library's reference: a page for each folder, with the public names that its files define."""

import ast

from course_lib.authoring.site.docstrings import as_markdown, chapter_named_in
from course_lib.authoring.site.places import source_address
from course_lib.authoring.site.public_names import PublicName, public_names, tree_of


def reference_pages(repository: str = "") -> dict[str, str]:
    """The reference as Markdown.

    Args:
        repository: address of the course's repository, or nothing.

    Returns:
        Dict from the folder (`"layers/attention"`) to the text of its page, in the order of the library.

    Example:
        >>> "{py:function} causal_mask(length, key_length=None)" in reference_pages()["layers"]
        True
    """
    folders: dict[str, list[PublicName]] = {}
    for public in public_names():
        folders.setdefault(public.package.removeprefix("course_lib."), [])
        folders.setdefault(public.folder, []).append(public)
    return {folder: _page(folder, names, repository) for folder, names in folders.items()}


def taught_in() -> dict[str, list[str]]:
    """For each chapter, links to the names that it explains, as Markdown.

    Example:
        >>> "[`causal_mask`](#course-lib-layers-causal-mask)" in taught_in()["05_multi_head_attention"]
        True
    """
    chapters: dict[str, list[str]] = {}
    for public in public_names():
        if chapter := chapter_named_in(public.docstring):
            chapters.setdefault(chapter, []).append(f"[`{public.name}`](#{anchor_of(public)})")
    return chapters


def anchor_of(public: PublicName) -> str:
    """The label before a name on its page.

    Example:
        >>> anchor_of(public_names()[0]).startswith("course-lib-text-")
        True
    """
    name = f"{public.package}.{public.name}".replace(".", "-").replace("_", "-")
    kinds = {ast.FunctionDef: "", ast.ClassDef: "-class"}
    return name.lower() + kinds.get(type(public.node), "-data")


def _page(folder, names, repository):
    module = f"course_lib.{folder.replace('/', '.')}"
    parts = [f"# {folder}", as_markdown(ast.get_docstring(tree_of(module)) or "")]
    parts += [_entry(public, repository) for public in sorted(names, key=lambda one: (one.path, one.name))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _entry(public, repository):
    node = public.node
    kind, signature = "data", public.name
    body = [as_markdown(public.docstring)]
    if isinstance(node, ast.FunctionDef):
        kind, signature = "function", f"{node.name}({_arguments(node)})"
    elif isinstance(node, ast.ClassDef):
        kind, signature = "class", f"{node.name}{_constructor(node)}"
        body += [_method(member) for member in node.body if _is_shown(member)]
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        value = ast.unparse(node.value)
        body = [f"```python\n{public.name} = {value}\n```"] if len(value) < 400 else []
    source = f"`{public.path}`"
    if repository:
        source = f"[{source}]({source_address(repository, public.path)})"
    body.append(f"*Defined in* {source}")
    content = "\n\n".join(part for part in body if part)
    heading = f"({anchor_of(public)})=\n## {public.name}"
    options = f":module: {public.package}"
    return f"{heading}\n\n`````{{py:{kind}}} {signature}\n{options}\n\n{content}\n`````"


def _is_shown(member):
    is_public = isinstance(member, ast.FunctionDef) and not member.name.startswith("_")
    return is_public and ast.get_docstring(member) is not None


def _method(node):
    decorators = [
        getattr(decorator, "id", getattr(decorator, "attr", "")) for decorator in node.decorator_list
    ]
    is_property = {"property", "cached_property"} & set(decorators)
    kind = "property" if is_property else "method"
    signature = (
        node.name
        if is_property
        else f"{node.name}({_arguments(node, has_self='staticmethod' not in decorators)})"
    )
    return f"````{{py:{kind}}} {signature}\n\n{as_markdown(ast.get_docstring(node))}\n````"


def _constructor(node):
    for member in node.body:
        if isinstance(member, ast.FunctionDef) and member.name == "__init__":
            return f"({_arguments(member, has_self=True)})"
    fields = [member for member in node.body if isinstance(member, ast.AnnAssign)]
    return f"({', '.join(_field(member) for member in fields)})" if fields else ""


def _field(member):
    value = member.value
    if isinstance(value, ast.Call):  # dataclasses.field(default=…)
        value = next((word.value for word in value.keywords if word.arg == "default"), None)
    return ast.unparse(member.target) + (f"={ast.unparse(value)}" if value is not None else "")


def _arguments(node, has_self=False):
    """Names and defaults; the kinds are in the text."""
    bare = ast.arguments(
        posonlyargs=[ast.arg(one.arg) for one in node.args.posonlyargs],
        args=[ast.arg(one.arg) for one in node.args.args],
        vararg=ast.arg(node.args.vararg.arg) if node.args.vararg else None,
        kwonlyargs=[ast.arg(one.arg) for one in node.args.kwonlyargs],
        kw_defaults=node.args.kw_defaults,
        kwarg=ast.arg(node.args.kwarg.arg) if node.args.kwarg else None,
        defaults=node.args.defaults,
    )
    if has_self and bare.args:
        bare.args = bare.args[1:]
    return ast.unparse(bare)
