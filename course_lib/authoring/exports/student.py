"""The bundle for learners: chapters, blank sheets, the library with its checks, and no solutions."""

import re
from string import Template

from course_lib.authoring.exercises import MarkerError, build_all
from course_lib.authoring.exports.course_files import TEMPLATES, ExportError, library_files, read_file

FOLDER = "attention-course"
PLAIN_FILES = ("LICENSE", "pyproject.toml", "requirements.lock")
TARGETS = ("help", "start", "lab", "doctor", "clean", "$(BIN)/python", "$(VENV)/.runtime")


def student_files(root, sheets):
    """The files of the bundle.

    Args:
        root: root of the course.
        sheets: the `Sheet`s to hand out, with the chapters of the same names.

    Returns:
        Dict from name to bytes; every name starts with `attention-course/`.

    Raises:
        ExportError: when a sheet cannot be built or a chapter has not been executed.

    Example:
        >>> from course_lib.authoring import project_folder
        >>> from course_lib.authoring.exports import choose_sheets
        >>> files = student_files(project_folder(), choose_sheets(["03"]))
        >>> sorted(name for name in files if name.endswith(".ipynb"))
        ['attention-course/exercises/.blank/03_attention.ipynb',
         'attention-course/exercises/03_attention.ipynb',
         'attention-course/notebooks/03_attention.ipynb']
    """
    files = library_files(root, sheets)
    files |= {name: read_file(root, name) for name in PLAIN_FILES}
    files["README.md"] = student_readme(sheets).encode()
    files["Makefile"] = student_makefile(read_file(root, "Makefile").decode()).encode()
    for sheet in sheets:
        chapter = read_file(root, f"notebooks/{sheet.name}.ipynb")
        files[f"notebooks/{sheet.name}.ipynb"] = chapter
        for name in re.findall(r"\.\./([\w/.-]+\.json)", chapter.decode()):  # results a chapter shows
            if (root / name).exists():  # what has not been measured yet, the chapter says
                files[name] = read_file(root, name)
    try:
        built = build_all(root, [sheet.name for sheet in sheets])
    except MarkerError as error:
        raise ExportError(f"A sheet cannot be built: {error}") from None
    for path, text in built.items():
        files[f"exercises/{path.name}"] = text.encode()
        files[f"exercises/.blank/{path.name}"] = text.encode()  # what `course reset` restores
    return {f"{FOLDER}/{name}": data for name, data in files.items()}


def student_readme(sheets):
    """The README of the bundle, with its chapters."""
    rows = [
        f"| [{sheet.name}](notebooks/{sheet.name}.ipynb) | [{sheet.title}](exercises/{sheet.name}.ipynb) "
        f"| {len(sheet.exercises)} | {sheet.points} |"
        for sheet in sheets
    ]
    first = sheets[0]
    text = (TEMPLATES / "student.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        chapters="\n".join(rows), sheet=first.name, exercise=first.exercises[0].name
    )


def student_makefile(text):
    """The targets of the course's Makefile that a learner needs.

    Args:
        text: the Makefile: blocks with a blank line between them, one target each.

    Returns:
        the Makefile without the other targets.

    Raises:
        ExportError: when a target is missing.
    """
    kept, found = [], []
    for block in text.rstrip("\n").split("\n\n"):
        rule = re.match(r"([^\s:=?]+):(?!=)", block)
        if rule is None or rule.group(1) in TARGETS:
            found += [rule.group(1)] if rule else []
            kept.append(re.sub(r"(?m)^\.PHONY:.*$", ".PHONY: help start lab doctor clean", block))
    if missing := sorted(set(TARGETS) - set(found)):
        raise ExportError(f"Expected a block for {', '.join(missing)} in the Makefile. Received: none.")
    return "\n\n".join(kept) + "\n"
