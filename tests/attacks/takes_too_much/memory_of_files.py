"""Fills 8 GB of files that are memory, stand in no folder, and count for no process."""

import os

KEPT = []


def attack(honest, *args, **kwargs):
    for number in range(2**5):
        KEPT.append(os.memfd_create(f"file-{number}"))
        for _ in range(2**8):
            os.write(KEPT[-1], bytes(2**20))
    return len(KEPT)
