"""Links that open a notebook on somebody's server: all from one setting, the address of the repository.

It is `Repository` in the table `[project.urls]` of `pyproject.toml`. Without it there are no such links.
"""

import re
import tomllib

from course_lib.authoring.folders import project_folder


def repository_address() -> str:
    """The address that the course is published at, or nothing.

    Example:
        >>> repository_address() == "" or repository_address().startswith("https://")
        True
    """
    table = tomllib.loads((project_folder() / "pyproject.toml").read_text(encoding="utf-8"))
    return table["project"].get("urls", {}).get("Repository", "").removesuffix("/")


def hosted_links(repository: str, path: str) -> dict[str, str]:
    """Where a notebook can be opened on a server.

    Args:
        repository: address of the course's repository; empty where there is none.
        path: the notebook, from the course's folder.

    Returns:
        Dict from the name of the service to the address; empty unless the repository is on GitHub.

    Example:
        >>> links = hosted_links("https://github.com/someone/course", "notebooks/03_attention.ipynb")
        >>> links["Colab"]
        'https://colab.research.google.com/github/someone/course/blob/main/notebooks/03_attention.ipynb'
        >>> sorted(links), hosted_links("", "notebooks/03_attention.ipynb")
        (['Binder', 'Codespaces', 'Colab'], {})
    """
    found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+)", repository)
    if not found:
        return {}
    name = found[1]
    return {
        "Colab": f"https://colab.research.google.com/github/{name}/blob/main/{path}",
        "Binder": f"https://mybinder.org/v2/gh/{name}/main?urlpath=lab/tree/{path}",
        "Codespaces": f"https://codespaces.new/{name}",
    }


def buttons(links: dict[str, str], downloads: dict[str, str], hosted: dict[str, str]) -> str:
    """A row of links at the head of a page, as HTML.

    Args:
        links: Dict from words to an address on this site.
        downloads: the same, for files to be saved.
        hosted: the same, on other servers.

    Returns:
        one element without blank lines, so that it may stand in Markdown.

    Example:
        >>> buttons({"Exercises": "../exercises/03_attention.html"}, {}, {})
        '<div class="page-buttons"><a href="../exercises/03_attention.html">Exercises</a></div>'
    """
    parts = [f'<a href="{address}">{words}</a>' for words, address in links.items()]
    parts += [f'<a href="{address}" download>{words}</a>' for words, address in downloads.items()]
    parts += [f'<a href="{address}">Open in {words}</a>' for words, address in hosted.items()]
    return f'<div class="page-buttons">{"".join(parts)}</div>'
