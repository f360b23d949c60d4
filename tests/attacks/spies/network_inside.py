"""Connects to servers of this machine by every address and by sockets in files, and says a word to them."""

import contextlib
import glob
import socket

PLANTED_PORT = 0
PLANTED_FOLDER = ""
PLANTED_MARKER = "course-attack"


def attack(honest, *args, **kwargs):
    hosts = ("127.0.0.1", "127.1.2.3", "0.0.0.0", "localhost")
    addresses = [(socket.AF_INET, (host, PLANTED_PORT)) for host in hosts]
    addresses += [(socket.AF_INET6, ("::1", PLANTED_PORT)), (socket.AF_UNIX, f"\0{PLANTED_MARKER}")]
    with contextlib.suppress(OSError):
        found = socket.getaddrinfo(socket.gethostname(), PLANTED_PORT)
        addresses += [(family, place[:2]) for family, _, _, _, place in found]
    for path in glob.glob(f"{PLANTED_FOLDER or '.'}/*.socket"):
        addresses.append((socket.AF_UNIX, path))
    for family, address in addresses:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            with contextlib.suppress(OSError), socket.socket(family, kind) as door:
                door.settimeout(0.2)
                door.connect(address)
                door.send(PLANTED_MARKER.encode())
    return honest(*args, **kwargs)
