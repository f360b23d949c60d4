"""Where root grades: a namespace of users in which nobody is root of the machine, not even in disguise.

Bubblewrap by itself maps who starts it to who is seen inside. Started by root, an answer would be the
machine's root there: without a capability, and yet the owner of what the kernel lets its root write.
"""

import os
import subprocess
import sys
from pathlib import Path

from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable

BUILDER = 1  # who bubblewrap is inside, while it builds
MAKE = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x10000000):
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
os.write(1, b"u")
os.read(0, 1)
with open("/proc/sys/user/max_user_namespaces", "w") as limit:
    limit.write("0")
os.write(1, b"r")
os.read(0, 1)
"""


def can_map(user):
    """Whether root here may map a user: it may everywhere but in a namespace that lacks that user."""
    ranges = [list(map(int, line.split())) for line in Path("/proc/self/uid_map").read_text().splitlines()]
    return os.geteuid() == 0 and any(first <= user < first + count for first, _, count in ranges)


def open_user_namespace(user, inside):
    """Makes a namespace of two users, in which no further one can be made.

    Args:
        user: the number of the user, and group, of the machine that answers run as.
        inside: the number it has inside.

    Returns:
        a descriptor of the namespace, which lasts until it is closed and nobody is inside.

    Raises:
        IsolationUnavailable: when the kernel does not make one.
    """
    with subprocess.Popen(
        [sys.executable, "-ISc", MAKE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={},
    ) as maker:
        try:
            if maker.stdout.read(1) == b"u":
                for kind in ("uid", "gid"):
                    table = f"{BUILDER} 0 1\n{inside} {user} 1\n"
                    Path(f"/proc/{maker.pid}/{kind}_map").write_text(table, encoding="ascii")
                maker.stdin.write(b"g")
                maker.stdin.flush()
                if maker.stdout.read(1) == b"r":
                    return os.open(f"/proc/{maker.pid}/ns/user", os.O_RDONLY)
            maker.stdin.close()
            words = maker.stderr.read().decode("utf-8", "replace").strip().splitlines() or ["no message"]
        except OSError as error:
            words = [str(error)]
        finally:
            maker.kill()
    raise IsolationUnavailable(f"no namespace of users can be made: {words[-1][:120]}")
