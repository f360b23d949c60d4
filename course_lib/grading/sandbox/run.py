"""What came of one answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A result per case, notes, and the start of what the answer printed.

    The uses of watched names are as the worker sent them: for `classroom.findings.read_findings` to check.
    """

    results: list
    notes: tuple[str, ...]
    printed: str
    seconds: float
    uses: tuple = ()
