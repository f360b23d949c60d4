"""Picks the strongest tier of isolation that works on this machine, by trying."""

from course_lib.grading.sandbox.isolation.bubblewrap import Bubblewrap
from course_lib.grading.sandbox.isolation.limits_only import LimitsOnly
from course_lib.grading.sandbox.isolation.separate_user import SeparateUser
from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable


def strongest():
    """Tries the tiers out, strongest first.

    Returns:
        a pair: the class of the tier (each worker gets an instance of its own), and a list of words on why
        each stronger one was not taken.

    Example:
        >>> tier, reasons = strongest()
        >>> tier.name in ("bubblewrap", "separate user", "limits only")
        True
    """
    reasons = []
    for tier in (Bubblewrap, SeparateUser):
        try:
            tier().check()
        except IsolationUnavailable as error:
            reasons.append(str(error))
        else:
            return tier, reasons
    return LimitsOnly, reasons
