"""What stands outside a sandbox for attacks to go for, and what came of it."""

import contextlib
import ctypes
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Planted:
    """What stands outside for attacks to go for.

    Attributes:
        process: Id of a process that must survive.
        port: Number of a port of this machine at which a server listens that nobody may reach.
        folder: Path of a folder with secrets that must neither be read nor changed. A secret is
            `canary-<name>-<hexadecimal digits>`.
        marker: Text of at most 15 letters that names of files and processes carry, to be found from outside.
    """

    process: int = 0
    port: int = 0
    folder: str = ""
    marker: str = "course-attack"


class _Key:
    """A secret in the session keyring of this process, which whatever it starts inherits (Linux)."""

    ADD_KEY, KEYCTL = (248, 250) if platform.machine() == "x86_64" else (217, 219)
    INVALIDATE, SESSION = 21, -3

    def __init__(self, secret):
        self._number = -1
        if sys.platform == "linux":
            words = (b"user", secret.encode(), secret.encode(), len(secret))
            self._number = ctypes.CDLL(None).syscall(self.ADD_KEY, *words, self.SESSION)

    def remove(self):
        if self._number >= 0:
            ctypes.CDLL(None).syscall(self.KEYCTL, self.INVALIDATE, self._number)


class Outside:
    """Plants a process, a server and a folder of secrets, and says what harm was done.

    Args:
        folder: An empty folder, which must not be the working folder of what is attacked.

    Use it as a context manager; leaving it removes what attacks have left, as far as `harm` finds it.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.secrets = {
            name: f"canary-{name}-{secrets.token_hex(12)}" for name in ("file", "variable", "memory", "key")
        }

    def __enter__(self):
        (self.folder / "records").mkdir()
        for name in ("secret.txt", "03_attention.py", "records/neighbour.json"):
            (self.folder / name).write_text(f"# {self.secrets['file']}\n", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(3600)"], env={"SECRET": self.secrets["variable"]}
        )
        self._variable = os.environ.get("COURSE_SECRET")
        os.environ["COURSE_SECRET"] = self.secrets["variable"]
        self._key = _Key(self.secrets["key"])
        self._doors = self._open_doors()
        self.planted = Planted(
            self._process.pid, self._doors[0].getsockname()[1], str(self.folder), self._marker
        )
        self._before = self._content()
        return self

    def _open_doors(self):
        self._marker = f"attack-{secrets.token_hex(3)}"
        inet = socket.create_server(("", 0))
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind(("", inet.getsockname()[1]))
        doors = [inet, datagrams]
        for address in (f"\0{self._marker}", str(self.folder / "door.socket")):
            door = socket.socket(socket.AF_UNIX)
            door.bind(address)
            door.listen()
            doors.append(door)
        for door in doors:
            door.setblocking(False)
        return doors

    def _content(self):
        return {
            str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else None
            for path in sorted(self.folder.rglob("*"))
        }

    def __exit__(self, *exception):
        for process in self._marked_processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        for path in self._marked_files():
            with contextlib.suppress(OSError):
                path.unlink()
        self._key.remove()
        del os.environ["COURSE_SECRET"]
        if self._variable is not None:
            os.environ["COURSE_SECRET"] = self._variable
        for door in self._doors:
            door.close()
        self._process.kill()
        self._process.wait()

    def harm(self):
        """What attacks have done since this was entered.

        Returns:
            List of sentences; empty when all of them were held back.
        """
        words = []
        if self._process.poll() is not None:
            words.append(f"The planted process was ended ({self._process.returncode}).")
        words += [f"A connection came in at door {number}." for number in self._visited()]
        after = self._content()
        changed = [name for name in self._before | after if self._before.get(name, 0) != after.get(name, 0)]
        words += [f"{name} in the planted folder was changed." for name in changed]
        words += [f"{path} was left behind." for path in self._marked_files()]
        words += [f"Process {process.pid} was left running." for process in self._marked_processes()]
        return words

    def leaked(self, text):
        """The names of the secrets that a text tells."""
        return [name for name, secret in self.secrets.items() if secret in text]

    def _visited(self):
        for number, door in enumerate(self._doors):
            with contextlib.suppress(BlockingIOError):
                if door.type == socket.SOCK_DGRAM:
                    door.recv(100)
                else:
                    door.accept()[0].close()
                yield number

    def _marked_files(self):
        places = {
            Path.home(),
            Path.cwd(),
            Path(tempfile.gettempdir()),
            Path(sys.prefix),
            *map(Path, sys.path),
        }
        places |= {Path(name) for name in ("/tmp", "/var/tmp", "/dev/shm", "/root", "/etc", "/usr/local")}
        places |= {path / "numpy" for path in places}
        return sorted(path for place in places if place.is_dir() for path in place.glob(f"{self._marker}*"))

    def _marked_processes(self):
        """Processes that carry the marker as their name or first argument."""
        found = []
        for process in psutil.process_iter(["name", "cmdline"]):
            words = [process.info["name"] or "", *(process.info["cmdline"] or [])[:1]]
            if any(self._marker in word for word in words):
                found.append(process)
        return found
