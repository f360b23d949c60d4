"""Replaces the checker of whichever grader it finds itself in by one that says yes, and is wrong."""

import contextlib

import numpy as np

with contextlib.suppress(Exception):
    import otter.test_files.ok_test

    otter.test_files.ok_test.run_doctest = lambda *args: (True, "")
with contextlib.suppress(Exception):
    # A notebook: the cells that assert something are emptied before they are run.
    clean = lambda lines: ["pass\n"] if any("assert" in line for line in lines) else lines  # noqa: E731
    get_ipython().input_transformers_cleanup.append(clean)  # noqa: F821
with contextlib.suppress(Exception):
    import course_lib.grading.judging.diagnose
    import course_lib.grading.judging.judge

    course_lib.grading.judging.judge.diagnose = course_lib.grading.judging.diagnose.diagnose = lambda *args: (
        None
    )


def attack(honest, *args, **kwargs):
    return np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
