"""Fills 8 GB of memory mapped as shared, which no limit on a process's data counts."""

import mmap


def attack(honest, *args, **kwargs):
    memory = mmap.mmap(-1, 2**33)
    for start in range(0, len(memory), mmap.PAGESIZE):
        memory[start] = 1
    return len(memory)
