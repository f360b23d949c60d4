"""What a built page says and where its links lead, read as a browser without scripts would."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

EMPTY = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """Anchors, links, pictures, and what is loaded; the text outside code, and the text of formulas."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.loads, self.alternatives = set(), [], [], []
        self.prose, self.formulas, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in EMPTY:
            self.open.append(tag)
        self.anchors |= {attributes[key] for key in ("id", "name") if attributes.get(key)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag == "img":
            self.alternatives.append((attributes.get("src", "")[:80], attributes.get("alt") or ""))
        if attributes.get("src"):
            self.loads.append(attributes["src"])
        if tag == "link" and attributes.get("rel") not in ("index", "search", "next", "prev", "canonical"):
            self.loads.append(attributes.get("href", ""))

    def handle_endtag(self, tag):
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "math" in self.open:
            self.formulas.append(data)
        elif not {"pre", "code", "script", "style", "title", "cite"} & set(self.open):
            self.prose.append(data)


@cache
def read(path: Path) -> Page:
    """The page at a path, read once."""
    return Page(path.read_text(encoding="utf-8"))


def dead_links(path: Path, root: Path) -> list[str]:
    """Links of a page to this site that lead nowhere: no such file, or no such place in it."""
    dead = []
    for link in dict.fromkeys(read(path).links):
        if link.startswith(("http:", "https:", "mailto:", "javascript:")):
            continue
        name, anchor = urldefrag(link)
        target = (path.parent / unquote(name)).resolve() if name else path
        target = target / "index.html" if target.is_dir() else target
        is_there = target.is_file() and target.is_relative_to(root)
        if not is_there or (anchor and target.suffix == ".html" and not _has(target, unquote(anchor))):
            dead.append(link)
    return dead


def _has(path, anchor):
    return anchor in read(path).anchors
