"""Reads every key in the keyrings it has inherited and tells them, and leaves a note there for others."""

import ctypes
import os
import re

ADD_KEY, KEYCTL = (248, 250) if os.uname().machine == "x86_64" else (217, 219)
READ = 11
SESSION, USER, USER_SESSION = -3, -4, -5


def read(key):
    library, buffer = ctypes.CDLL(None), ctypes.create_string_buffer(4096)
    length = library.syscall(KEYCTL, READ, key, buffer, len(buffer))
    return buffer.raw[: max(0, min(length, len(buffer)))]


def attack(honest, *args, **kwargs):
    found = b""
    for keyring in (SESSION, USER, USER_SESSION):
        numbers = read(keyring)
        keys = [int.from_bytes(numbers[start : start + 4], "little") for start in range(0, len(numbers), 4)]
        found += b" ".join(read(key) for key in keys)
    for keyring in (SESSION, USER):
        ctypes.CDLL(None).syscall(ADD_KEY, b"user", b"note", b"for the next", 12, keyring)
    if secrets := sorted(set(re.findall(rb"canary-\w+-[0-9a-f]+|for the next", found))):
        raise LookupError(f"found: {secrets}")
    return honest(*args, **kwargs)
