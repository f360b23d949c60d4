"""Which file of the course becomes which page, and links between them."""

import posixpath
import re

GUIDES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "benchmarks/README.md": "measurements.md",
    "docs/teaching.md": "teaching.md",
    "docs/lectures.md": "lectures.md",
    "docs/several_machines.md": "several_machines.md",
    "docs/hosted.md": "hosted.md",
}
CODE = r"^```.*?^```|``[^`]+``|`[^`\n]*`"
TEXT = r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]+)\)"
NAMED = r"^(?P<name>\[[^\[\]]+\]:\s+)(?P<named>\S+)$"
LINK = re.compile(f"{TEXT}|{NAMED}|{CODE}", re.MULTILINE | re.DOTALL)


def page_of(path: str) -> str | None:
    """The page that a file of the course becomes, as Sphinx reads it.

    Args:
        path: from the course's folder, with forward slashes.

    Returns:
        path of the page from the folder of all pages, or None where the file becomes none.

    Example:
        >>> page_of("notebooks/03_attention.ipynb"), page_of("exercises/03_attention.ipynb")
        ('chapters/03_attention.ipynb', 'exercises/03_attention.md')
        >>> page_of("LICENSE")
    """
    if found := re.fullmatch(r"notebooks/(\d\d_\w+)\.(?:ipynb|py)", path):
        return f"chapters/{found[1]}.ipynb"
    if found := re.fullmatch(r"exercises/(\d\d_\w+)\.ipynb", path):
        return f"exercises/{found[1]}.md"
    return GUIDES.get(path)


def label_of(identity: str, path: str) -> str:
    """The anchor that a cell of a notebook has on its page: sections have a number, exercises a name.

    Example:
        >>> label_of("section-3-4", "notebooks/03_attention.ipynb")
        'section-3-4'
        >>> label_of("dot_score", "exercises/03_attention.ipynb")
        'exercise-dot-score'
    """
    return identity if path.startswith("notebooks/") else f"exercise-{identity}".lower().replace("_", "-")


def source_address(repository: str, path: str) -> str:
    """Where a file of the course is shown on the web, in a repository on GitHub or GitLab.

    Example:
        >>> source_address("https://github.com/someone/course", "LICENSE")
        'https://github.com/someone/course/blob/main/LICENSE'
    """
    return f"{repository.rstrip('/')}/blob/main/{path}"


def with_site_links(text: str, path: str, repository: str = "") -> str:
    """A text whose links between files of the course lead from page to page.

    Args:
        text: Markdown; what stands in code is left alone.
        path: the file it stands in, from the course's folder.
        repository: address of the course's repository. Without one, links to files that become no page are
            taken out and their words are kept.

    Returns:
        Markdown.

    Example:
        >>> with_site_links("see [the sheet](../exercises/03_attention.ipynb)", "notebooks/03_attention.py")
        'see [the sheet](/exercises/03_attention.md)'
        >>> with_site_links("[3.4](../notebooks/03_a.ipynb#cell-id=section-3-4)", "exercises/03_a.ipynb")
        '[3.4](#section-3-4)'
        >>> with_site_links("by the [licence](LICENSE)", "README.md")
        'by the licence'
    """

    def lead(found):
        target = found["target"] or found["named"]
        if not target or re.match(r"[a-z]+:|#|/", target):
            return found[0]
        name, _, anchor = target.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        page = page_of(file)
        if anchor.startswith("cell-id="):
            new = f"#{label_of(anchor.removeprefix('cell-id='), file)}"
        elif page:
            new = f"/{page}" + (f"#{anchor}" if anchor else "")
        elif repository:
            new = source_address(repository, file)
        else:
            return found["text"] if found["target"] else ""
        return f"[{found['text']}]({new})" if found["target"] else f"{found['name']}{new}"

    return LINK.sub(lead, text)


def as_prose(text: str) -> str:
    """Words that are no Markdown, such that Markdown shows them as they are; code stays code.

    Example:
        >>> as_prose("below $5, a < b, `a < b`")
        'below \\\\$5, a &lt; b, `a < b`'
    """
    parts = re.split(r"(``[^`]+``|`[^`]+`)", text)
    parts[::2] = [part.replace("<", "&lt;").replace("$", "\\$") for part in parts[::2]]
    return "".join(parts)
