"""`course web` in a process of its own, and a client that can say anything to it."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
SHEET = "03_attention"
NAME = "masked_softmax"
QUESTION = "eighteen_per_cent"  # d is right
HEAD = f"def {NAME}(scores, mask):\n"
RIGHT = (
    HEAD + "    return ops.softmax(ops.where(mask, scores, -1e30), axis=-1) * ops.cast(mask, scores.dtype)\n"
)
IGNORED = HEAD + "    return ops.softmax(scores, axis=-1)\n"
ENDLESS = HEAD + "    while True:\n        pass\n"


def course_folder(folder, sheet=SHEET):
    """A learner's copy of the course: one sheet, its blank, no progress."""
    from course_lib.authoring.reset import blank_sheet

    (folder / "exercises" / ".blank").mkdir(parents=True)
    for path in (folder / "exercises", folder / "exercises" / ".blank"):
        (path / f"{sheet}.ipynb").write_text(blank_sheet(sheet, ROOT), encoding="utf-8")
    return folder


class CourseWeb:
    """The running command.

    Args:
        folder: a learner's copy of the course.
        site: folder of built pages.
        options: of the command.
    """

    def __init__(self, folder, site, *options):
        self.folder = folder
        environment = {**os.environ, "COURSE_STATE": str(folder / ".course")}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), environment.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course_lib.cli", "web", "--no-browser", "--site", str(site), *options],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]+)", self.output)):
            line = self.process.stdout.readline()
            assert line, self.output
            self.output += line
        self.address, self.port, self.token = found[0], int(found[1]), found[2]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.cookie = None

    def request(self, method, path, body=None, **headers):
        """Status, headers and bytes of one answer; a header that is None is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if body is not None:
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        if method == "POST":
            sent["Origin"] = self.origin
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def enter(self):
        """The first visit, which gets the cookie."""
        status, headers, _ = self.request("GET", f"/?token={self.token}")
        assert status == 200
        self.cookie = headers["Set-Cookie"].split(";")[0]
        return headers["Set-Cookie"]

    def ask(self, path, **body):
        """Status and JSON of one address of the API; `GET` where there is no body."""
        method = "POST" if body else "GET"
        status, _, data = self.request(method, f"/api/{path}", body or None)
        return status, json.loads(data)

    def sheet(self):
        """What is told of the sheet."""
        return self.ask(f"sheet?name={SHEET}")[1]

    def answers(self):
        """The sources of the cells of the learner's notebook."""
        notebook = json.loads((self.folder / "exercises" / f"{SHEET}.ipynb").read_text(encoding="utf-8"))
        return ["".join(cell["source"]) for cell in notebook["cells"]]

    def children(self):
        """All processes that came of the command."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number=signal.SIGINT):
        """Ends it as Ctrl-C does; returns its exit status, the seconds it took, and what is left of it."""
        children, began = self.children(), time.monotonic()
        self.process.send_signal(number)
        try:
            rest, _ = self.process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self.output += rest
        seconds = time.monotonic() - began
        _, left = psutil.wait_procs(children, timeout=10)
        return self.process.returncode, seconds, left
