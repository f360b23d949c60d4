"""The glossary: terms in English and Chinese, each with the chapter where it is met."""

import tomllib
from pathlib import Path

from course_lib.authoring.folders import project_folder

TITLE = """# Glossary

The terms of the course in English and Chinese, in alphabetical order, each with the chapter where it is met.
术语表：英文、中文、一句话解释，以及首次用到它的章节。
"""


def terms() -> list[dict[str, str]]:
    """The terms of `docs/site/glossary.toml` in alphabetical order.

    Example:
        >>> sorted(terms()[0])
        ['chapter', 'chinese', 'english', 'words']
    """
    path = Path(project_folder(), "docs", "site", "glossary.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return sorted(table["term"], key=lambda term: term["english"].lower())


def glossary_page() -> str:
    """The page as Markdown; its terms enter the index.

    Example:
        >>> "注意力" in glossary_page()
        True
    """
    entries = [
        f"{term['english']} · {term['chinese']}\n"
        f"  {term['words']} Chapter [](/chapters/{term['chapter']}.ipynb)."
        for term in terms()
    ]
    body = "\n\n".join(entries)
    return f"{TITLE}\n```{{glossary}}\n{body}\n```\n"
