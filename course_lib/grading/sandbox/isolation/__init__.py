"""Where learners' code runs: three tiers of isolation, strongest first.

| tier | holds back | for |
|---|---|---|
| `Bubblewrap` | network, files, other processes, memory, time | grading a class |
| `SeparateUser` | others' files and processes, memory, time; no network guard | a throw-away container |
| `LimitsOnly` | slips: time, memory, printing | one's own exercises |

A tier starts the worker process, may make a sandbox (a room) for each of its jobs, and ends all that came of
them. `strongest()` tries the tiers out.
"""

from course_lib.grading.sandbox.isolation.bubblewrap import Bubblewrap
from course_lib.grading.sandbox.isolation.choice import strongest
from course_lib.grading.sandbox.isolation.limits_only import LimitsOnly
from course_lib.grading.sandbox.isolation.separate_user import SeparateUser
from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable

__all__ = ["Bubblewrap", "IsolationUnavailable", "LimitsOnly", "SeparateUser", "strongest"]
