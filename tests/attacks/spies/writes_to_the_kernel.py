"""Opens every file of the kernel's for writing, such as the program it starts as root when one crashes."""

import os

OWN = ("self", "thread-self")


def attack(honest, *args, **kwargs):
    opened = []
    for top in ("/proc", "/sys"):
        for place, folders, names in os.walk(top):
            if place == "/proc":
                folders[:] = [name for name in folders if not name.isdigit() and name not in OWN]
            for name in names:
                path = os.path.join(place, name)
                try:
                    os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
                    opened.append(path)
                except OSError:
                    pass
    if opened:
        raise PermissionError(f"{len(opened)} of them, such as {opened[:5]}")
    return honest(*args, **kwargs)
