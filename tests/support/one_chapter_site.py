"""A site of one chapter and its sheet, in seconds: `python one_chapter_site.py FOLDER CHAPTER`.

Verdicts shown on the sheet are those of an answer that returns 0, so that Keras need not start.
"""

import sys
from pathlib import Path

import nbformat
from sphinx.cmd.build import build_main

from course_lib.authoring.folders import project_folder
from course_lib.authoring.reset import blank_sheet
from course_lib.authoring.site import sheets
from course_lib.authoring.site.chapters import chapter_page
from course_lib.authoring.site.verdicts import question_boxes
from course_lib.grading.judging.exercise import find_sheet
from course_lib.grading.judging.judge import draw_cases, judge

INDEX = "# Course\n\n```{{toctree}}\nchapters/{name}\nexercises/{name}\n```\n"


def zero_verdict(exercise):
    """The verdict on an answer that returns 0."""
    return judge(exercise, 7, [0] * len(draw_cases(exercise.name, 7)))


def write(folder, name):
    """What Sphinx reads."""
    root = project_folder()
    blank, sheet = nbformat.reads(blank_sheet(name, root), as_version=4), find_sheet(name)
    chapter = nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)
    page = chapter_page(chapter, name, boxes=sheets.exercise_boxes(blank, sheet) | question_boxes(name))
    for part in ("chapters", "exercises"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "chapters" / f"{name}.ipynb").write_text(nbformat.writes(page, version=4), encoding="utf-8")
    (folder / "exercises" / f"{name}.md").write_text(sheets.sheet_page(blank, sheet), encoding="utf-8")
    (folder / "index.md").write_text(INDEX.format(name=name), encoding="utf-8")


if __name__ == "__main__":
    target, name = Path(sys.argv[1]), sys.argv[2]
    sheets.example_verdict = zero_verdict
    write(target.with_name("source"), name)
    settings = ["-b", "html", "-Q", "-c", str(project_folder() / "docs" / "site")]
    sys.exit(build_main([*settings, str(target.with_name("source")), str(target)]))
