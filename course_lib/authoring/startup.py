"""Run by the kernels of `course lab` and `course notebooks` before the first cell; leaves no name behind."""

import course_lib.quiet

del course_lib
