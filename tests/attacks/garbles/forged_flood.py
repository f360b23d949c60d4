"""Floods every pipe with empty frames. Neither memory nor time of the grader may go into it."""

import contextlib
import fcntl
import os
import stat
import threading
import time


def flood(descriptor):
    with contextlib.suppress(OSError):
        for _ in range(2**12):
            os.write(descriptor, bytes(2**18))


def attack(honest, *args, **kwargs):
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            mode = os.fstat(descriptor).st_mode
            writes = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
            if writes and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
                threading.Thread(target=flood, args=(descriptor,), daemon=True).start()
    time.sleep(60)
