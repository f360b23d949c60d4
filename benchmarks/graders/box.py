"""The throw-away box in which a peer meets an attack, so that the machine comes to no harm."""

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from benchmarks.graders.classroom import ROOT

FIRST_USER = 20000  # who peers are inside, where the benchmark runs as root: limits on processes bind no root
MEMORY_BYTES = 6 * 2**30
PROCESSES = 700
DESCRIPTION = (
    "Each peer worked in bubblewrap: own processes, own loopback network, system and packages read-only, "
    f"as an unprivileged user with at most {PROCESSES} processes and threads, and stopped by us beyond "
    f"{MEMORY_BYTES / 2**30:g} GB. These are protections that the peers do not have by themselves. "
    "`course grade` worked without the box, in the isolation it chooses itself."
)


def boxed(command, folder, user, python, readable=(), has_network=False):
    """Wraps a command in the box.

    Args:
        command: List of words.
        folder: The one folder that can be written, at the same path inside.
        user: Number of the user inside, a different one for each box that is in use.
        python: Path of the Python of the peer's environment, to be readable inside.
        readable: Other paths to be readable inside.
        has_network: Whether the network of the machine is left in reach.

    Returns:
        The longer list of words.
    """
    environment = Path(python).parent.parent
    packages = [sysconfig.get_path("purelib"), environment, sys.base_prefix, ROOT / "course_lib"]
    system = [path for path in ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc") if Path(path).exists()]
    words = ["bwrap", "--die-with-parent", "--new-session", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    words += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--size", str(2**31), "--tmpfs", "/tmp"]
    words += ["--perms", "1777", "--size", str(2**31), "--tmpfs", "/dev/shm"]
    words += ["--perms", "1777", "--size", str(2**31), "--tmpfs", "/var/tmp"]
    words += [] if has_network else ["--unshare-net"]
    for path in dict.fromkeys(map(Path, [*system, *packages, *readable])):
        for parent in reversed(path.parents[:-1]):  # else as closed to others as on the machine itself
            words += ["--perms", "0755", "--dir", str(parent)]
        words += ["--ro-bind", str(path), str(path)]
    words += ["--bind", str(folder), str(folder), "--chdir", str(folder)]
    if os.geteuid() == 0:
        words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
        words += ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        words += ["--bounding-set=-all", "--inh-caps=-all"]
    else:
        words += ["--unshare-user"]
    return [*words, "prlimit", f"--nproc={PROCESSES}", "--core=0", *map(str, command)]


def hand_over(folder, user):
    """Makes the user inside a box the owner of a folder and all that is in it."""
    if os.geteuid() == 0:
        for path in [folder, *Path(folder).rglob("*")]:
            shutil.chown(path, user, user)
