"""What an answer may not ask of the kernel (Linux): what outlives its process, and memory nobody counts.

A filter of the kernel's own (seccomp) refuses the calls with EPERM; it can never be taken off again. It bars
keys and keyrings, System V memory, semaphores and queues, POSIX queues, and the memory that belongs to no
process alone: memory files, rings for input and output, and shared mappings of no file.

Reference: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import os
import platform
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
KEYCTL_JOIN_SESSION_KEYRING = 1
# The kernel's own numbers. Those of processors after x86 are the same for all.
ON_X86 = {"add_key": 248, "request_key": 249, "keyctl": 250, "shmget": 29, "semget": 64, "msgget": 68}
ON_X86 |= {"mq_open": 240, "memfd_create": 319, "memfd_secret": 447, "io_uring_setup": 425, "mmap": 9}
ON_OTHERS = {"add_key": 217, "request_key": 218, "keyctl": 219, "shmget": 194, "semget": 190, "msgget": 186}
ON_OTHERS |= {"mq_open": 180, "memfd_create": 279, "memfd_secret": 447, "io_uring_setup": 425, "mmap": 222}
PROCESSORS = {  # the kernel's name of the processor in filters, and its numbers
    "x86_64": (0xC000003E, ON_X86),
    "aarch64": (0xC00000B7, ON_OTHERS),
    "riscv64": (0xC00000F3, ON_OTHERS),
}
FIRST_X32 = 0x40000000  # x86's calls under a second number
MAP_TYPE_AND_ANONYMOUS, MAP_SHARED_ANONYMOUS = 0x2F, 0x21
# Of <linux/bpf_common.h> and <linux/seccomp.h>; the offsets of number, processor and the flags of `mmap`.
LOAD, AND, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
NUMBER, PROCESSOR, MAP_FLAGS = 0, 4, 40


def leave_keyring():
    """Goes on with a session keyring of its own, empty: keys of whoever started this process are not in it.

    Raises:
        OSError: when the kernel has keys and does not allow it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    number = _numbers()["keyctl"]
    if libc.syscall(number, KEYCTL_JOIN_SESSION_KEYRING, None) < 0 and ctypes.get_errno() != errno.ENOSYS:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def bar_system_calls():
    """Bars them for this process and all that come of it, for good.

    Raises:
        OSError: when the kernel does not allow it, or the processor is not one of `PROCESSORS`.
    """
    program = _filter_program()
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if (
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
        or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0) != 0
    ):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _numbers():
    """The numbers of the barred calls on this machine."""
    if sys.platform != "linux" or platform.machine() not in PROCESSORS:
        words = f"no list of system calls for {platform.machine()}, only for {', '.join(PROCESSORS)}"
        raise OSError(errno.ENOSYS, words)
    return PROCESSORS[platform.machine()][1]


def _filter_program():
    """The instructions of the filter: (code, lines to skip when it holds, and when not, operand) each."""
    barred = dict(_numbers())
    mapping, processor = barred.pop("mmap"), PROCESSORS[platform.machine()][0]
    numbers = sorted(barred.values())
    lines = [(LOAD, 0, 0, PROCESSOR), (JUMP_IF_EQUAL, 1, 0, processor), (RETURN, 0, 0, REFUSE)]
    lines += [(LOAD, 0, 0, NUMBER)]
    if processor == PROCESSORS["x86_64"][0]:
        lines += [(JUMP_IF_AT_LEAST, 0, 1, FIRST_X32), (RETURN, 0, 0, REFUSE)]
    for number in numbers:
        lines += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    lines += [(JUMP_IF_EQUAL, 1, 0, mapping), (RETURN, 0, 0, ALLOW)]
    lines += [(LOAD, 0, 0, MAP_FLAGS), (AND, 0, 0, MAP_TYPE_AND_ANONYMOUS)]
    lines += [(JUMP_IF_EQUAL, 0, 1, MAP_SHARED_ANONYMOUS), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
