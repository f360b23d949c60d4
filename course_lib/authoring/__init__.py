"""From sources to what people open: executed notebooks and slides.

Exercises are built from `solutions/` by `course build`; everything here starts from `notebooks/*.py`.
"""

from course_lib.authoring.folders import project_folder
from course_lib.authoring.notebooks import build_notebook, execute_source
from course_lib.authoring.problems import notebook_problems
from course_lib.authoring.slides import build_slides
from course_lib.authoring.stored_notebooks import (
    CodeDiffersError,
    code_hash,
    is_current,
    read_source,
    update_text,
)

__all__ = [
    "CodeDiffersError",
    "build_notebook",
    "build_slides",
    "code_hash",
    "execute_source",
    "is_current",
    "notebook_problems",
    "project_folder",
    "read_source",
    "update_text",
]
