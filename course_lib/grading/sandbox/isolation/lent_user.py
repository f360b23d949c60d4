"""A user of the machine that nothing else runs as, for as long as a worker needs one."""

import contextlib
import os
import stat
from pathlib import Path

import filelock
import psutil

from course_lib.grading.sandbox.isolation.unavailable import IsolationUnavailable

FIRST_USER, NUM_USERS = 61184, 4096  # no system gives these to anybody for good
LOCK_PLACES = ("/run", "/var/run", "/tmp")  # the same for every run: the first that can be written


class LentUser:
    """The number of a user who has no name, no process and no other borrower, in this run or any other.

    Only root can lend one. It is given back by `give_back`, or by the end of this process.

    Attributes:
        number: the number, of the user and of a group of its own.

    Raises:
        IsolationUnavailable: when there is none, or when the folder of locks is not root's alone.
    """

    def __init__(self):
        self.number = self._lock = None
        folder, busy = _lock_folder(), _running_users()
        for number in range(FIRST_USER, FIRST_USER + NUM_USERS):
            if number in busy or _has_name(number):
                continue
            lock = filelock.FileLock(folder / str(number), timeout=0, thread_local=False)
            with contextlib.suppress(filelock.Timeout):
                lock.acquire()
                self.number, self._lock = number, lock
                return
        last = FIRST_USER + NUM_USERS - 1
        raise IsolationUnavailable(f"all users from {FIRST_USER} to {last} are in use on this machine")

    def give_back(self):
        """Lets others have it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _lock_folder():
    folder = Path(next(filter(_is_writable, LOCK_PLACES), LOCK_PLACES[-1])) / "course-users"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0 or status.st_mode & 0o077:
        raise IsolationUnavailable(f"{folder} is to be a folder of root's alone; remove it")
    return folder


def _is_writable(folder):
    return os.path.isdir(folder) and os.access(folder, os.W_OK)


def _running_users():
    found = set()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            found |= set(process.uids())
    return found


def _has_name(number):
    import pwd  # which Windows has not

    try:
        pwd.getpwuid(number)
    except KeyError:
        return False
    return True
