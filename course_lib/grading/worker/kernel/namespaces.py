"""Moving a process that has already imported everything into a sandbox that is otherwise ready (Linux).

An answer's process is forked from one that holds the backend, which takes seconds to import; the sandbox is
made by bubblewrap around a process that only waits. `enter` puts the first into the namespaces of the
second. From then on it sees and reaches what a process started there would, and no more.
"""

import ctypes
import os
import signal

from course_lib.grading.worker.kernel.system_calls import bar_system_calls, leave_keyring

# Of <linux/sched.h>: mounts, cgroups, host name, IPC, users, processes, network.
NAMESPACES = 0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 1, 4, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION = 0x20080522
NUM_CAPABILITIES = 64
NOBODY = 65534


def enter(room):
    """Goes on in a fork that is inside the namespaces of another process; the caller waits and ends with it.

    Returns in the fork only. It is nobody, has no capability and cannot gain one, leads a session of its own
    with no key in its keyring, and may not make what outlives it.

    Args:
        room: a descriptor of the process (`os.pidfd_open`), which is closed.

    Raises:
        OSError: when the kernel does not allow it (before Linux 5.8 it cannot): nothing has been entered.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    _expect_success(libc.setns(room, NAMESPACES))
    os.close(room)
    if os.getuid() != NOBODY:  # where root grades, it is somebody in there
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    leave_keyring()
    _drop_capabilities(libc)
    inside = os.fork()  # a process number in the sandbox is for children only
    if inside:
        _end_as(inside)
    _expect_success(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
    libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)  # entering took the view of its own /proc away
    os.setsid()
    bar_system_calls()


def _expect_success(status):
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _drop_capabilities(libc):
    """Gives up what entering a user namespace grants there."""
    _expect_success(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(NUM_CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails for those the kernel does not know
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _expect_success(libc.capset(header, (ctypes.c_uint32 * 6)()))


def _end_as(child):
    """Waits for a child and ends as it ended."""
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -status)
    os._exit(status)
