"""The registry of public corpora: what exists, where it comes from, how it is recognised, whom to cite."""

import hashlib
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


def git_blob_sha1(path):
    """Checksum that git gives a file's content: sha1("blob " + size + NUL + content).

    Args:
        path: file to read.

    Returns:
        hexadecimal digest.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = (Path(folder) / "empty").write_bytes(b"")
        ...     git_blob_sha1(Path(folder) / "empty")
        'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
    """
    content = Path(path).read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def sha256(path):
    """SHA-256 of a file's content, as a hexadecimal digest."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class CorpusFile:
    """One pinned file of a corpus.

    Args:
        corpus: name of the corpus, which is also the name of its folder.
        name: name of the file inside that folder.
        url: where the file is downloaded from.
        size: number of bytes, where it is known.
        sha256: checksum of the content; without it, `git_blob_sha1` is given.
        git_blob_sha1: checksum under which git stores the content.
    """

    corpus: str
    name: str
    url: str
    size: int | None = None
    sha256: str | None = None
    git_blob_sha1: str | None = None

    def __post_init__(self):
        if not (self.sha256 or self.git_blob_sha1):
            raise ValueError(
                f"{self.corpus}/{self.name} must have a sha256 or a git_blob_sha1. Received: neither."
            )

    def mismatch(self, path):
        """Why the file at `path` is not this one, or None when it is."""
        found = Path(path).stat().st_size
        if self.size is not None and found != self.size:
            return f"expected {self.size} bytes, found {found}"
        if self.sha256 is not None:
            expected, digest, kind = self.sha256, sha256(path), "sha256"
        else:
            expected, digest, kind = self.git_blob_sha1, git_blob_sha1(path), "git blob sha1"
        return None if digest == expected else f"expected {kind} {expected}, found {digest}"


@dataclass(frozen=True)
class Corpus:
    """A public corpus: its pinned files, its licence and the work to cite.

    Example:
        >>> CORPORA["multi30k"].files["train.de.gz"].size
        637044
        >>> print(CORPORA["wikitext2"].citation)
        Stephen Merity, ... (2017). Pointer Sentinel Mixture Models. ...
    """

    name: str
    title: str
    homepage: str
    licence: str
    citation: str
    files: dict[str, CorpusFile]


def read_registry(text):
    """Corpora described by a TOML text.

    Args:
        text: one table for each corpus with `title`, `homepage`, `licence`, `citation` and a table `files`.

    Returns:
        dictionary from corpus name to `Corpus`.

    Example:
        >>> registry = read_registry('''
        ... [poems]
        ... title = "Poems"
        ... homepage = "https://example.org"
        ... licence = "CC0"
        ... citation = "Anonymous (1900). Poems."
        ... [poems.files."one.txt"]
        ... url = "https://example.org/one.txt"
        ... sha256 = "00"
        ... ''')
        >>> registry["poems"].files["one.txt"].url
        'https://example.org/one.txt'
    """
    return {
        name: Corpus(
            name=name,
            title=table["title"],
            homepage=table["homepage"],
            licence=table["licence"],
            citation=table["citation"],
            files={file: CorpusFile(corpus=name, name=file, **pin) for file, pin in table["files"].items()},
        )
        for name, table in tomllib.loads(text).items()
    }


CORPORA = read_registry(files("course_lib.data.corpora").joinpath("corpora.toml").read_text(encoding="utf-8"))
