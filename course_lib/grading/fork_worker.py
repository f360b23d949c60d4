"""The worker where processes can fork (Linux, macOS): one warm zygote, a fork with its own pipes per job."""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys

import psutil

from course_lib.grading.frames import FrameBuffer, read_frame, write_frame

CHUNK = 2**16


class ForkWorker:
    """A zygote process and the job that runs in a fork of it.

    Args:
        environment: Environment variables of the process.
        folder: Its working folder, which also takes its log.
        start_seconds: How long the import of the backend may take.

    Raises:
        RuntimeError: When the process does not come up.
    """

    def __init__(self, environment, folder, start_seconds):
        self._control, theirs = socket.socketpair()
        log_path = folder / "worker.log"
        with theirs, open(log_path, "wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "course_lib.grading.worker", "--fork", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=environment,
                cwd=folder,
            )
        self._selector = None
        self._pipes = {}
        self.pid = None
        self._control.settimeout(start_seconds)
        ready = None
        with contextlib.suppress(OSError, ValueError):
            ready = read_frame(self._control.recv)
        if ready != {"ready": True}:
            words = log_path.read_text(encoding="utf-8", errors="replace")[-2000:]
            self.close()
            raise RuntimeError(f"The worker process did not start. {words}".strip())
        self._control.settimeout(None)

    @property
    def is_alive(self):
        """Whether it can take a job."""
        return self._process.poll() is None

    def submit(self, job):
        """Starts a job; `poll` reports on it.

        Raises:
            OSError: When the process has gone.
        """
        results, their_results = os.pipe()
        output, their_output = os.pipe()
        self._pipes = {"results": results, "output": output}
        self._buffers = {"results": FrameBuffer(), "control": FrameBuffer()}
        self.pid = None
        try:
            socket.send_fds(self._control, [b"j"], [their_results, their_output])
            write_frame(self._control.send, job)
        finally:
            os.close(their_results)
            os.close(their_output)
        self._selector = selectors.DefaultSelector()
        for name, descriptor in (*self._pipes.items(), ("control", self._control.fileno())):
            self._selector.register(descriptor, selectors.EVENT_READ, name)

    def poll(self, seconds):
        """Waits for news of the job, at most so long.

        Returns:
            List of pairs: ("frame", tree), ("garbled", words), ("output", bytes), ("ended", exit status),
            ("gone", None) when the worker itself is no more.
        """
        events = []
        for key, _ in self._selector.select(seconds):
            data = os.read(key.fd, CHUNK)
            if not data:
                self._selector.unregister(key.fd)
                if key.data == "control":
                    events.append(("gone", None))
            elif key.data == "output":
                events.append(("output", data))
            else:
                events += self._read_frames(key, data)
        return events

    def _read_frames(self, key, data):
        try:
            trees = self._buffers[key.data].feed(data)
        except ValueError as error:
            self._selector.unregister(key.fd)
            return [("garbled", str(error))]
        if key.data == "results":
            return [("frame", tree) for tree in trees]
        for tree in trees:
            self.pid = tree.get("pid", self.pid)
        return [("ended", tree["status"]) for tree in trees if "status" in tree]

    def memory(self):
        """Bytes the job holds in memory; 0 when that cannot be told."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.pid).memory_info().rss if self.pid else 0
        return 0

    def kill(self):
        """Ends the job and the processes it started."""
        if self.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self.pid, signal.SIGKILL)

    def finish(self):
        """Clears up after a job that has ended."""
        if self.pid:  # the job itself has been waited for; what it left behind shares its group
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self.pid = None
        if self._selector is not None:
            self._selector.close()
            self._selector = None
        for descriptor in self._pipes.values():
            os.close(descriptor)
        self._pipes = {}

    def close(self):
        """Ends the worker."""
        self.kill()
        self.finish()
        self._control.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
