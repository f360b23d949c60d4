"""`course site`: the web edition, into `build/site`."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, project_folder

NEEDED = "The web edition needs a few more packages: pip install -e '.[site]' -c requirements.lock"
SOURCES = ("README.md", "CONTRIBUTING.md", "pyproject.toml", "benchmarks/README.md")
FOLDERS = {
    "notebooks": "*.ipynb",
    "solutions": "*.py",
    "docs": "*",
    "course_lib": "*",
    "tests/mutants": "*.py",
}
STAMP = "made-from.txt"  # in the folder of a site that was built whole


def build_site(names: Sequence[str] = (), folder: Path | None = None, jobs: int | None = None) -> int:
    """Writes the pages Sphinx reads, and has it make the site of them.

    Args:
        names: chapters, by their names or beginnings; all when left out.
        folder: where the site goes, `build/site` when left out.
        jobs: processes at a time; one a core when left out.

    Returns:
        0, or 1 when Sphinx is missing, a chapter has no executed notebook, or Sphinx warned.

    Example:
        >>> build_site(["no_such_chapter"])
        Expected the beginning of a chapter name, ...
        1
    """
    root = project_folder()
    target, made_from = folder or root / "build" / "site", fingerprint(root)
    source = target.with_name(f"{target.name}-source")
    try:
        chapters = [path.stem for path in chapter_sources(names)]
        if not (root / "docs" / "site").is_dir():
            raise ValueError("Expected a whole checkout of the course. Received: one without `docs/site`.")
        for name in chapters:
            if not (root / "notebooks" / f"{name}.ipynb").exists():
                raise ValueError(f"{name}.ipynb is not built yet: run `course notebooks {name}` first.")
        from sphinx.cmd.build import build_main

        from course_lib.authoring.reset import blank_sheet
    except ValueError as error:
        print(error)
        return 1
    except ImportError:
        print(NEEDED)
        return 1
    slides = target.with_name("slides")
    with_slides = [name for name in chapters if (slides / f"{name}.html").exists()]
    write_pages(source, chapters, with_slides)
    options = ["-b", "html", "-q", "-W", "--keep-going", "-j", str(jobs or os.cpu_count() or 1)]
    if names:  # the other chapters have no page to link to
        options += ["-D", "suppress_warnings=myst.duplicate_def,myst.xref_missing,ref.doc,toc.not_readable"]
    folders = ["-c", str(root / "docs" / "site"), "-d", str(target.with_name(f"{target.name}-memory"))]
    status = build_main([*options, *folders, str(source), str(target)])
    for kind in ("notebooks", "exercises"):
        (target / "downloads" / kind).mkdir(parents=True, exist_ok=True)
    for name in chapters:
        shutil.copy(root / "notebooks" / f"{name}.ipynb", target / "downloads" / "notebooks")
        blank = blank_sheet(name, root)  # what is in `exercises` may hold somebody's answers
        (target / "downloads" / "exercises" / f"{name}.ipynb").write_text(blank, encoding="utf-8")
    copy_slides(slides, target / "slides", with_slides)
    (target / STAMP).write_text("" if status or names else made_from, encoding="utf-8")
    print(f"{target}{os.sep}index.html")
    return 1 if status else 0


def copy_slides(slides: Path, target: Path, names: Sequence[str]) -> None:
    """Decks, and what is beside them, into the site; without decks the site has no such folder.

    Args:
        slides: where `course slides` left them.
        target: the folder on the site; what was in it is removed.
        names: chapters whose decks there are.
    """
    shutil.rmtree(target, ignore_errors=True)
    if names:
        shutil.copytree(slides / "files", target / "files")
        for path in (path for name in names for path in slides.glob(f"{name}.*")):
            shutil.copy(path, target)


def fingerprint(root: Path) -> str:
    """What the pages are made from, in one word: it changes when any of it changes.

    Example:
        >>> len(fingerprint(project_folder()))
        64
    """
    paths = [root / name for name in SOURCES]
    for folder, pattern in FOLDERS.items():
        paths += sorted(path for path in (root / folder).rglob(pattern) if "__pycache__" not in path.parts)
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(root).as_posix()} {digest}\n".encode())
    return found.hexdigest()


def stored_fingerprint(site: Path) -> str:
    """What a site was made from when it was last built whole and without a warning; else nothing."""
    path = site / STAMP
    return path.read_text(encoding="utf-8") if path.exists() else ""


def write_pages(source: Path, chapters: list[str], with_slides: Sequence[str] = ()) -> None:
    """Everything that Sphinx reads; a file that would be as it was is left alone, and not read again.

    Args:
        source: the folder of all pages; what else is in it is removed.
        chapters: names of the chapters.
        with_slides: those of them whose pages have a button for their slides.
    """
    import nbformat

    from course_lib.authoring.reset import blank_sheet
    from course_lib.authoring.site.chapters import chapter_page
    from course_lib.authoring.site.front_page import front_page, library_page
    from course_lib.authoring.site.glossary import glossary_page
    from course_lib.authoring.site.hosted import repository_address
    from course_lib.authoring.site.places import GUIDES, with_site_links
    from course_lib.authoring.site.reference import reference_pages, taught_in
    from course_lib.authoring.site.sheets import exercise_boxes, sheet_page
    from course_lib.authoring.site.verdicts import question_boxes
    from course_lib.grading.judging.exercise import find_sheet

    root, repository = project_folder(), repository_address()
    reference, taught = reference_pages(repository), taught_in()
    pages: dict[str, str | bytes] = {"glossary.md": glossary_page()}
    for name in chapters:
        chapter = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)
        blank, sheet = nbformat.reads(blank_sheet(name, root), as_version=4), find_sheet(name)
        boxes = exercise_boxes(blank, sheet, repository) | question_boxes(name)
        page = chapter_page(chapter, name, repository, taught.get(name, ()), boxes, name in with_slides)
        pages[f"chapters/{name}.ipynb"] = nbformat.writes(page, version=4)
        pages[f"exercises/{name}.md"] = sheet_page(blank, sheet, repository)
    pages |= {f"reference/{folder}.md": text for folder, text in reference.items()}
    pages["reference/index.md"] = library_page(list(reference))
    for path, page in GUIDES.items():
        if path != "README.md":
            pages[page] = with_site_links((root / path).read_text(encoding="utf-8"), path, repository)
    pages["index.md"] = front_page(chapters, repository)
    for picture in (root / "docs" / "images").iterdir():
        pages[f"images/{picture.name}"] = picture.read_bytes()
    _write(source, pages)


def _write(source, pages):
    for path in source.rglob("*"):
        if path.is_file() and path.relative_to(source).as_posix() not in pages:
            path.unlink()
    for name, content in pages.items():
        data, path = content if isinstance(content, bytes) else content.encode("utf-8"), source / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def add_arguments(parser) -> None:
    """The arguments of `course site`."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="chapters; all when left out")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes at a time (default: one a core)")


def main(arguments) -> int:
    """Runs `course site`."""
    return build_site(arguments.names, jobs=arguments.jobs)
