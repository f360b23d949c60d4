"""The server from start to Ctrl-C: on this machine's own address alone."""

import asyncio
import contextlib
import signal
import socket
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from course_lib.grading.sandbox import Limits
from course_lib.web.api import Api
from course_lib.web.judging import Judging
from course_lib.web.pages import Files, Missing, Page
from course_lib.web.security import Guard
from course_lib.web.sheet_state import SheetState
from course_lib.web.standing import Standing

ADDRESS = "127.0.0.1"
USUAL_PORT = 8765
MOST_BYTES = 512 * 1024
IDLE_SECONDS, BODY_SECONDS = 300, 30


class CourseServer:
    """Serves a built site beside a learner's sheets.

    Args:
        site: folder of the built site.
        editor: folder of the editor's files.
        root: root of the course, whose `exercises` are answered.
        limits: the `Limits` of each answer.
        port: the port; the usual one or, where that is taken, any other when left out.

    Raises:
        OSError: when the port is taken.
    """

    def __init__(self, site: Path, editor: Path, root: Path, limits: Limits, port: int | None = None):
        self._sockets = _bind(port)
        self.port = self._sockets[0].getsockname()[1]
        self.guard = Guard(self.port)
        standing = Standing()
        self._judging = Judging(limits, standing)
        parts = {"state": SheetState(root), "judging": self._judging, "standing": standing}
        site = site.resolve()
        self._application = Application(
            [
                (r"/api/(\w+)", Api, parts),
                (r"/((?:[\w-]+/)*[\w.-]+\.html)?", Page, {"root": site}),
                (r"/editor/(.+)", Files, {"path": str(editor)}),
                (r"/(.+)", Files, {"path": str(site)}),
            ],
            guard=self.guard,
            default_handler_class=Missing,
            log_function=lambda handler: None,
        )

    @property
    def address(self) -> str:
        """Where the first visit goes, token and all."""
        return f"http://{ADDRESS}:{self.port}/?token={self.guard.token}"

    async def serve(self, is_ready=lambda: None) -> None:
        """Answers until the process is interrupted or asked to end, then ends every answer at work.

        Args:
            is_ready: called once requests are taken.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(
                NotImplementedError, RuntimeError, ValueError
            ):  # Windows, another thread
                loop.add_signal_handler(number, stop.set)
        server = HTTPServer(
            self._application,
            max_body_size=MOST_BYTES,
            max_buffer_size=2 * MOST_BYTES,
            idle_connection_timeout=IDLE_SECONDS,
            body_timeout=BODY_SECONDS,
        )
        server.add_sockets(self._sockets)
        self._judging.warm_up()
        try:
            is_ready()
            await stop.wait()
        finally:
            server.stop()
            await asyncio.to_thread(self._judging.close)  # answers at work say meanwhile that they end
            await server.close_all_connections()


def _bind(port):
    wanted = [port] if port else [USUAL_PORT, 0]
    for number in wanted:
        try:
            return bind_sockets(number, ADDRESS, family=socket.AF_INET)
        except OSError:
            if number == wanted[-1]:
                raise
