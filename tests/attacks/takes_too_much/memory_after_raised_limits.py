"""Lifts every limit that it can lift and then fills 8 GB. Limits must be hard, or be watched from outside."""

import contextlib
import resource


def attack(honest, *args, **kwargs):
    for name in dir(resource):
        if name.startswith("RLIMIT_"):
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(getattr(resource, name), (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept = [bytearray(b"x") * 2**26 for _ in range(2**7)]
    return len(kept)
