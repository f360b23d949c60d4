"""Runs three processes of its own for each call, as honest code may, waits for them, and is right."""

import os


def attack(honest, *args, **kwargs):
    pids = []
    for number in range(3):
        pid = os.fork()
        if pid == 0:
            os._exit(number)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 1, 2]
    return honest(*args, **kwargs)
