"""Docstrings of the library as Markdown: sections as lists, equations alone, chapters linked."""

import re

from course_lib.authoring.site.places import as_prose

SECTIONS = ("Args", "Call arguments", "Attributes", "Returns", "Yields", "Raises")
TITLES = {"Args": "Arguments", "Call arguments": "Arguments of a call"}
HEAD = re.compile(rf"^({'|'.join((*SECTIONS, 'Example'))}):$")
TAUGHT = re.compile(r"^Taught in: notebooks/(\w+)$", re.MULTILINE)
CLOSING = re.compile(r"^(In the papers?|Reference|Weights): ")
ADDRESS = re.compile(r"https://[^\s,;)<`]*[^\s,;)<`.]")
ENTRY = re.compile(r"(?P<names>\*{0,2}\w+(?:, \*{0,2}\w+)*): (?P<words>.*)", re.DOTALL)


def chapter_named_in(docstring: str) -> str | None:
    """The chapter that explains a name, by the last line of its docstring.

    Example:
        >>> chapter_named_in("One line.\\n\\nTaught in: notebooks/03_attention")
        '03_attention'
    """
    found = TAUGHT.search(docstring)
    return found[1] if found else None


def as_markdown(docstring: str) -> str:
    """A docstring in the course's dialect as Markdown for MyST.

    Args:
        docstring: dedented, as `ast.get_docstring` gives it.

    Returns:
        paragraphs as they are, lists of arguments, code of examples; the chapter as a link.

    Example:
        >>> print(as_markdown("One.\\n\\n`a = b`\\n\\nArgs:\\n    a: int, size.\\n\\nReturns:\\n    a list."))
        One.
        <BLANKLINE>
        ```{code-block} text
        :class: equation
        a = b
        ```
        <BLANKLINE>
        **Arguments**
        <BLANKLINE>
        `a`
        : int, size.
        <BLANKLINE>
        **Returns** a list.
    """
    parts, section = [], None
    for block in _blocks(docstring):
        lines = block.split("\n")
        head = HEAD.match(lines[0])
        if head:
            section, lines = head[1], lines[1:]
        elif not lines[0].startswith(" "):
            section = None
        if section == "Example":
            parts.append(("example", _dedented(lines)))
        elif section:
            parts.append(("section", _section(section if head else None, _dedented(lines))))
        else:
            parts += [("text", part) for part in _paragraph(lines)]
    return "\n\n".join(_with_examples_joined(parts))


def _blocks(docstring):
    """What blank lines part, the first line of each at its own depth."""
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", docstring) if block.strip()]


def _dedented(lines):
    return "\n".join(line[4:] if line.startswith("    ") else line.strip() for line in lines)


def _section(name, text):
    """Entries as a list of definitions; a text as it is, behind the title."""
    entries = re.split(r"\n(?=\S)", text)
    found = [ENTRY.fullmatch(entry) for entry in entries]
    title = f"**{TITLES.get(name, name)}**" if name else ""
    if name in ("Returns", "Yields") or not all(found):
        return f"{title} {as_prose(_joined(text))}".strip()
    listed = []
    for entry in found:
        names = ", ".join(f"`{one}`" for one in entry["names"].split(", "))
        words = re.sub(r"\n {4}", "\n  ", as_prose(entry["words"]))
        listed.append(f"{names}\n: {words}")
    return "\n\n".join([title, *listed] if title else listed)


def _joined(text):
    return text if re.search(r"^\s*[-*] ", text, re.MULTILINE) else " ".join(text.split())


def _paragraph(lines):
    text = "\n".join(lines)
    if all(line.startswith("    ") for line in lines):
        return [f"```text\n{_dedented(lines)}\n```"]
    if re.fullmatch(r"(`[^`]+`[.,]?\n?)+", text):
        equation = re.sub(r"`([^`]+)`", lambda found: " ".join(found[1].split()), text)
        return [f"```{{code-block}} text\n:class: equation\n{equation}\n```"]
    parts, kept = [], []
    for line in lines:
        taught = TAUGHT.match(line)
        closing = CLOSING.match(line)
        if (taught or closing) and kept:
            parts.append(_with_addresses(kept))
            kept = []
        if taught:
            parts.append(f"*Taught in* [](/chapters/{taught[1]}.ipynb)")
        elif closing:
            kept.append(CLOSING.sub(rf"*{closing[1]}:* ", line))
        else:
            kept.append(line)
    return [*parts, _with_addresses(kept)] if kept else parts


def _with_addresses(lines):
    """Lines as a paragraph in which addresses on the web are links."""
    return ADDRESS.sub(r"<\g<0>>", as_prose("\n".join(lines)))


def _with_examples_joined(parts):
    """Neighbouring blocks of one example in one box; what is no prompt in between stays text."""
    joined, example = [], []

    def close():
        if example:
            code = "\n\n".join(example)
            joined.append(f"```{{code-block}} pycon\n{code}\n```")
            example.clear()

    for kind, text in parts:
        if kind == "example":
            example.append(text)
        else:
            close()
            joined.append(text)
    close()
    return joined
