"""What the system itself holds a job to: memory, processor time, files and processes (POSIX)."""

import contextlib
import os

RESERVED_BYTES = 2 * 2**30  # addresses that threads and allocators reserve beside what they use
PROCESS_LIMIT = 256  # processes and threads of the user
FILE_LIMIT = 256  # open files


def set_limits(limits, is_alone=True):
    """Bounds memory, file sizes and, for a job alone in its process, processor time (POSIX).

    A strict limit bounds addresses, open files and the user's processes too: it is for a worker that shares
    its user or its namespace with nobody.
    """
    import resource

    def lower(which, value):
        hard = resource.getrlimit(which)[1]
        value = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (value, value))

    # Private writable memory first: the backends reserve far more addresses than they ever use.
    lower(resource.RLIMIT_DATA, _status_bytes("VmData:") + limits["memory_bytes"])
    if (mapped := _status_bytes("VmSize:")) and limits["is_strict"]:
        lower(resource.RLIMIT_AS, mapped + limits["memory_bytes"] + RESERVED_BYTES)
        lower(resource.RLIMIT_NPROC, PROCESS_LIMIT)
        lower(resource.RLIMIT_NOFILE, FILE_LIMIT)
    if is_alone:
        lower(resource.RLIMIT_CPU, limits["seconds"] * (os.cpu_count() or 1) + 1)
    lower(resource.RLIMIT_FSIZE, limits["file_bytes"])
    lower(resource.RLIMIT_CORE, 0)


def _status_bytes(entry):
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii") as status:
        for line in status:
            if line.startswith(entry):
                return int(line.split()[1]) * 1024
    return 0
