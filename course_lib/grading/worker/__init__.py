"""The process in which learners' code runs: requests in, results out, no reference and no verdict.

This folder is all that a submission can see of the course: it is copied into the sandbox as it stands
(`sandbox/isolation/runtime.py`), and imports itself, NumPy, Keras and the standard library only.
"""
