"""The error of a tier that does not work on this machine."""


class IsolationUnavailable(RuntimeError):
    """Raised when a tier of isolation cannot be had here; the message says why."""
