"""The worker where processes can fork (Linux, macOS): one warm zygote, a fork with its own pipes per job.

Whatever comes from the worker may be forged: nothing is done with it but to hand it on, and no process is
ended by a number the worker gave.
"""

import contextlib
import os
import selectors
import socket

import psutil

from course_lib.grading.worker.frames import FrameBuffer, read_frame, write_frame

CHUNK = 2**16
SEND_SECONDS = 30.0


class ForkWorker:
    """A zygote process and the job that runs in a fork of it.

    Args:
        isolation: starts and ends the process: an unused instance of a tier of `isolation`.
        folder: folder that takes its log.
        start_seconds: how long the import of the backend may take.

    Raises:
        RuntimeError: when the process does not come up.
    """

    def __init__(self, isolation, folder, start_seconds):
        self._isolation = isolation
        self._selector = None
        self._pipes = {}
        self._control, theirs = socket.socketpair()
        with theirs:
            isolation.start(["--fork", str(theirs.fileno())], [theirs.fileno()], folder)
        self._control.settimeout(start_seconds)
        ready = None
        with contextlib.suppress(OSError, ValueError):
            ready = read_frame(self._control.recv)
        if ready != {"ready": True}:
            words = (folder / "worker.log").read_text(encoding="utf-8", errors="replace")[-2000:]
            self.close()
            raise RuntimeError(f"The worker process did not start. {words}".strip())
        self._control.settimeout(SEND_SECONDS)
        self._warm_bytes = 0
        self._warm_bytes = self.usage()[0]

    @property
    def is_alive(self):
        """Whether it can take a job."""
        return self._isolation.is_alive

    def submit(self, job):
        """Starts a job; `poll` reports on it.

        The zygote passes the job's descriptors on and reads nothing of it: its memory, which every later job
        starts from, never holds a submission.

        Raises:
            OSError: when the process has gone.
            RuntimeError: when there is no sandbox for the job.
        """
        results, their_results = os.pipe()
        output, their_output = os.pipe()
        self._pipes = {"results": results, "output": output}
        self._buffers = {"results": FrameBuffer(), "control": FrameBuffer()}
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                room = self._isolation.open_room()
                theirs_all = [theirs.fileno(), their_results, their_output]
                socket.send_fds(self._control, [b"j"], theirs_all + ([] if room is None else [room]))
            finally:
                os.close(their_results)
                os.close(their_output)
            theirs.close()
            ours.settimeout(SEND_SECONDS)
            write_frame(ours.send, job)
        self._selector = selectors.DefaultSelector()
        for name, descriptor in (*self._pipes.items(), ("control", self._control.fileno())):
            self._selector.register(descriptor, selectors.EVENT_READ, name)

    def poll(self, seconds):
        """Waits for news of the job, at most so long.

        Returns:
            list of pairs: ("frame", tree), ("garbled", words), ("output", bytes), ("ended", exit status),
            ("gone", None) when the worker itself is no more.
        """
        events = []
        for key, _ in self._selector.select(seconds):
            try:
                data = os.read(key.fd, CHUNK)
            except OSError:
                data = b""
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
        is_of_results, events = key.data == "results", []
        try:
            for tree in self._buffers[key.data].feed(data):
                if is_of_results:
                    events.append(("frame", tree))
                elif isinstance(tree, dict) and isinstance(tree.get("status"), int):
                    events.append(("ended", tree["status"]))
        except ValueError as error:
            self._selector.unregister(key.fd)
            events.append(("garbled" if is_of_results else "gone", str(error)))
        return events

    def usage(self):
        """A pair: bytes that all its processes hold beyond a warm zygote and a fork of it; their number."""
        sizes = []
        for process in self._isolation.processes():
            with contextlib.suppress(psutil.Error):
                sizes.append(process.memory_info().rss)
        return sum(sizes) - self._warm_bytes * min(len(sizes), 2), len(sizes)

    def kill(self):
        """Ends the job and what it started; the zygote stays."""
        self._isolation.close_room()
        with contextlib.suppress(OSError):
            self._control.send(b"k")

    def finish(self):
        """Clears up after a job that has ended."""
        self._isolation.close_room()
        if self._selector is not None:
            self._selector.close()
            self._selector = None
        for descriptor in self._pipes.values():
            os.close(descriptor)
        self._pipes = {}

    def close(self):
        """Ends the worker and all that came of it."""
        self._isolation.kill()
        self.finish()
        self._control.close()
