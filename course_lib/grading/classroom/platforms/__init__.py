"""Marks in the tables of learning platforms: the instructor's own export goes in, filled in it comes out.

A platform knows its learners by numbers and addresses of its own. So no table is made up here: each writer
takes one that the platform itself wrote, fills one column and leaves all others as they were.
"""

from course_lib.grading.classroom.platforms.canvas import fill_canvas
from course_lib.grading.classroom.platforms.filling import Filled
from course_lib.grading.classroom.platforms.gradescope import fill_gradescope
from course_lib.grading.classroom.platforms.marks import Mark, marks_of_sheet
from course_lib.grading.classroom.platforms.matching import read_ids
from course_lib.grading.classroom.platforms.moodle import fill_moodle
from course_lib.grading.classroom.platforms.table import Table, TableError

__all__ = [
    "Filled",
    "Mark",
    "Table",
    "TableError",
    "fill_canvas",
    "fill_gradescope",
    "fill_moodle",
    "marks_of_sheet",
    "read_ids",
]
