"""From sources to what people open: executed notebooks and slides.

Exercises are built from `solutions/` by `course build`; everything here starts from `notebooks/*.py`.
"""

from course_lib.authoring.folders import project_folder
from course_lib.authoring.notebooks import (
    build_notebook,
    execute_source,
    notebook_problems,
    source_hash,
)
from course_lib.authoring.slides import build_slides

__all__ = [
    "build_notebook",
    "build_slides",
    "execute_source",
    "notebook_problems",
    "project_folder",
    "source_hash",
]
