"""Leaves memory, semaphores, queues, a socket and a lock that outlive it, and looks for those of others."""

import ctypes
import fcntl
import mmap
import os
import socket

NUMBERS = (29, 64, 68) if os.uname().machine == "x86_64" else (194, 190, 186)  # of System V
KEY, CREATE, EXCLUSIVE = 0x6E6F7465, 0o1000, 0o2000
KEPT = []


def attack(honest, *args, **kwargs):
    library, found = ctypes.CDLL(None), []
    for number in NUMBERS if not KEPT else ():
        size = (1,) if number == NUMBERS[1] else (mmap.PAGESIZE,) if number == NUMBERS[0] else ()
        if library.syscall(number, KEY, *size, 0o600) >= 0:
            found.append(f"System V, call {number}")
        library.syscall(number, KEY, *size, CREATE | EXCLUSIVE | 0o600)
    try:
        KEPT.append(socket.socket(socket.AF_UNIX))
        KEPT[-1].bind("\0note-of-an-answer" if len(KEPT) == 1 else "")
        fcntl.flock(os.open(os.__file__, os.O_RDONLY), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        found.append(str(error))
    if found:
        raise LookupError(f"found: {found}")
    return honest(*args, **kwargs)
