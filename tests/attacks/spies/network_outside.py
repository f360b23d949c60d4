"""Tries to reach the network outside, and says in its message when it has."""

import contextlib
import socket


def attack(honest, *args, **kwargs):
    reached = []
    with contextlib.suppress(OSError):
        reached += [name for _, name in socket.if_nameindex() if name != "lo"]
    for address in (("192.0.2.1", 80), ("198.51.100.1", 443), ("203.0.113.1", 53)):
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
            door.connect(address)  # sends nothing, and fails where there is no way out
            reached.append(f"a way from {door.getsockname()[0]}")
    if reached:
        raise ConnectionError(f"There is a network: {reached}")
    return honest(*args, **kwargs)
