"""Types into the terminal of whoever runs the grader. The sandbox must have a session of its own."""

import contextlib
import fcntl
import os
import termios


def attack(honest, *args, **kwargs):
    reached = []
    for place in ("/dev/tty", 0, 1, 2):
        with contextlib.suppress(OSError):
            descriptor = os.open(place, os.O_RDWR) if isinstance(place, str) else place
            fcntl.ioctl(descriptor, termios.TIOCSTI, b"#")
            reached.append(place)
    if reached:
        raise PermissionError(f"typed into {reached}")
    return honest(*args, **kwargs)
