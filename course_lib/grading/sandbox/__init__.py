"""Runs learners' code in a process of its own, held by limits and by a tier of `isolation`."""

from course_lib.grading.sandbox.limits import Limits
from course_lib.grading.sandbox.run import Run
from course_lib.grading.sandbox.sandbox import Sandbox

__all__ = ["Limits", "Run", "Sandbox"]
