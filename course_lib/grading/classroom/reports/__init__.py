"""What a grading run tells students, instructors and other systems: `Record`s in, text out.

Everything in a record that came from a submission may be hostile. `text.tidy` makes it plain text of bounded
length, the templates escape it, and no page refers to anything outside itself.
"""

from course_lib.grading.classroom.reports.class_page import class_page
from course_lib.grading.classroom.reports.files import student_file_name
from course_lib.grading.classroom.reports.gradescope import NoMark, gradescope_results
from course_lib.grading.classroom.reports.marks_table import marks_table
from course_lib.grading.classroom.reports.student_page import student_page

__all__ = [
    "NoMark",
    "class_page",
    "gradescope_results",
    "marks_table",
    "student_file_name",
    "student_page",
]
