"""The command line by which bubblewrap makes the sandbox of an answer."""

import os
import sys
from pathlib import Path

from course_lib.grading.sandbox.isolation.runtime import package_folders
from course_lib.grading.worker.kernel.namespaces import NOBODY

WRITABLE_BYTES = 64 * 2**20


def sandbox_command(program, runtime, home, users):
    """Everything but the program that runs in the sandbox.

    Paths are the same inside and outside. Nothing below `/proc` can be written to, whoever grades: much there
    concerns the whole machine.

    Args:
        program: path of bubblewrap.
        runtime: the folder that `write_runtime` filled.
        home: the folder that answers start in; inside it is an empty one.
        users: descriptor of its namespace of users; bubblewrap makes one itself when it is None.

    Returns:
        list of words.
    """
    command = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try"]
    command += ["--unshare-user", "--disable-userns"] if users is None else ["--userns", str(users)]
    command += ["--uid", str(NOBODY), "--gid", str(NOBODY), "--hostname", "course", "--cap-drop", "ALL"]
    command += ["--new-session", "--die-with-parent", "--as-pid-1", "--clearenv"]
    command += _empty_folder("/tmp")  # first: an environment may stand below it
    for path in _readable_paths():
        link = os.readlink(path) if path.is_symlink() else None
        command += ["--symlink", link, str(path)] if link else ["--ro-bind", str(path), str(path)]
    for folder in package_folders():
        if (folder / "course_lib").is_dir():  # a copied installation of the course knows the answers
            command += ["--tmpfs", str(folder / "course_lib"), "--remount-ro", str(folder / "course_lib")]
    command += ["--ro-bind", str(runtime), str(runtime), *_empty_folder(str(home))]
    command += ["--proc", "/proc"]
    for path in filter(os.path.exists, ("/proc/keys", "/proc/key-users")):  # of who grades
        command += ["--ro-bind", "/dev/null", path]
    command += ["--remount-ro", "/proc"]
    command += ["--dev", "/dev", "--ro-bind", "/dev/null", "/dev/zero"]  # a map of zeros is shared memory
    command += [*_empty_folder("/dev/shm"), "--remount-ro", "/dev"]
    return [*command, "--remount-ro", "/", "--chdir", str(home)]


def _empty_folder(path):
    """An empty folder of bounded size to write to."""
    return ["--perms", "1777", "--size", str(WRITABLE_BYTES), "--tmpfs", path]


def _readable_paths():
    """The interpreter, its packages and the system's libraries: what the worker may read."""
    paths = [Path(name) for name in ("/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64", "/lib32")]
    for prefix in map(Path, (sys.base_prefix, sys.prefix)):
        paths += [prefix] if prefix != Path("/usr") else [Path(sys.executable).resolve()]
    interpreter = Path(sys.executable)
    while interpreter.is_symlink():  # a virtual environment's python leads to the real one in steps
        paths.append(interpreter)
        interpreter = interpreter.parent / os.readlink(interpreter)
    paths += [interpreter, *package_folders()]
    chosen = []
    for path in sorted((path for path in paths if path.exists()), key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(above) for above in chosen):
            chosen.append(path)
    return chosen
