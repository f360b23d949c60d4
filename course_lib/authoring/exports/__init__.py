"""What leaves the course: a bundle for learners, a repository, an autograder for Gradescope, one for Otter.

Each of them makes a dict from the name of a file to its bytes; `write_zip` and `write_folder` put it on
disk. What is exported holds the library, the checks of the chosen sheets included, and never `solutions/`;
only the Otter assignment, which is for the instructor, has our solutions in its notebooks.
"""

from course_lib.authoring.exports.course_files import ExportError, choose_sheets
from course_lib.authoring.exports.gradescope import gradescope_files
from course_lib.authoring.exports.otter import otter_files
from course_lib.authoring.exports.repository import repository_files
from course_lib.authoring.exports.student import student_files
from course_lib.authoring.exports.writing import write_folder, write_zip

__all__ = [
    "ExportError",
    "choose_sheets",
    "gradescope_files",
    "otter_files",
    "repository_files",
    "student_files",
    "write_folder",
    "write_zip",
]
