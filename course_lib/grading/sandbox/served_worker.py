"""The worker where processes cannot fork (Windows): one process that takes the jobs of a sheet in turn."""

import contextlib
import queue
import subprocess
import sys
import threading

import psutil

from course_lib.grading.worker.frames import read_frame, write_frame

WARM_BYTES = 2**30  # what a backend holds before an answer asks for anything


class ServedWorker:
    """A process that runs jobs one after the other; an answer that brings it down costs a restart.

    Args:
        environment: environment variables of the process.
        folder: its working folder.
        start_seconds: how long the import of the backend may take.

    Raises:
        RuntimeError: when the process does not come up.
    """

    def __init__(self, environment, folder, start_seconds):
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-m", "course_lib.grading.worker"],
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            bufsize=0,
            env=environment,
            cwd=folder,
        )
        self.pid = self._process.pid
        self._events = queue.Queue(maxsize=64)
        self._is_closed = False
        for follow in (self._follow_frames, self._follow_output):
            threading.Thread(target=follow, daemon=True).start()
        words = b""
        with contextlib.suppress(queue.Empty):
            while True:
                kind, value = self._events.get(timeout=start_seconds)
                if (kind, value) == ("frame", {"ready": True}):
                    return
                if kind == "gone":
                    break
                words += value if kind == "output" else b""
        self.close()
        raise RuntimeError(
            f"The worker process did not start. {words.decode('utf-8', 'replace')[-2000:]}".strip()
        )

    def _follow_frames(self):
        try:
            while (tree := read_frame(self._process.stdout.read)) is not None:
                is_status = isinstance(tree, dict) and isinstance(tree.get("status"), int)
                self._put(("ended", tree["status"]) if is_status else ("frame", tree))
        except ValueError as error:
            self._put(("garbled", str(error)))
        except OSError:
            pass
        self._put(("gone", None))

    def _follow_output(self):
        with contextlib.suppress(OSError, ValueError):
            while data := self._process.stderr.read(2**16):
                self._put(("output", data))

    def _put(self, event):
        while not self._is_closed:
            with contextlib.suppress(queue.Full):
                return self._events.put(event, timeout=0.1)

    @property
    def is_alive(self):
        """Whether it can take a job."""
        return self._process.poll() is None

    def submit(self, job):
        """Starts a job; `poll` reports on it.

        Raises:
            OSError: when the process has gone.
        """
        write_frame(self._process.stdin.write, job)

    def poll(self, seconds):
        """Waits for news of the job, at most so long; the events are those of `ForkWorker.poll`."""
        with contextlib.suppress(queue.Empty):
            return [self._events.get(timeout=seconds) if seconds else self._events.get_nowait()]
        return []

    def usage(self):
        """A pair: bytes the process holds beyond what a warm one does (0 when that cannot be told); one."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.pid).memory_info().rss - WARM_BYTES, 1
        return 0, 1

    def kill(self):
        """Ends the process and those it started."""
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        with contextlib.suppress(OSError):
            self._process.kill()

    def finish(self):
        """Clears up after a job that has ended: nothing to do, the process goes on."""

    def close(self):
        """Ends the worker."""
        self.kill()
        self._is_closed = True
        self._process.wait()
        self._process.stdin.close()
