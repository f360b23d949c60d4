"""A local web server that misbehaves on command."""

import hashlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course_lib.data import CORPORA, Corpus, CorpusFile


class FaultyHandler(BaseHTTPRequestHandler):
    """Serves `server.content`; each request takes its behaviour from the front of `server.faults`."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        server = self.server
        with server.lock:
            fault = server.faults.pop(0) if server.faults else "none"
            server.requests.append((self.headers.get("Range"), self.headers.get("If-Range"), fault))
        kind, _, argument = fault.partition(":")
        if kind == "status":
            self.send_response(int(argument))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if kind == "silent":
            time.sleep(float(argument))
            return
        content, offset, status = server.content, 0, 200
        wanted = self.headers.get("Range")
        if wanted and kind != "ignore-range" and self.headers.get("If-Range") == server.etag:
            offset, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
        if kind == "misplaced" and status == 206:
            offset += 1
        if kind == "wrong":
            content = bytes(255 - byte for byte in content)
        if kind == "short":
            content = content[: int(argument)]
        body = content[offset:]
        self.send_response(status)
        if kind != "no-length":
            self.send_header("Content-Length", str(len(body)))
        if server.etag:
            self.send_header("ETag", server.etag)
        if status == 206:
            self.send_header("Content-Range", f"bytes {offset}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if kind in ("drop", "no-length"):
            body = body[: int(argument)]
        pause = server.pause
        try:
            for start in range(0, len(body), 4096):
                if kind == "hold" and start >= int(argument):
                    server.released.wait(60)
                self.wfile.write(body[start : start + 4096])
                if pause:
                    time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            pass


@pytest.fixture
def faulty_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), FaultyHandler)
    server.daemon_threads = True
    server.content = hashlib.shake_256(b"corpus").digest(200_003)
    server.etag = '"version-1"'
    server.faults, server.requests, server.pause = [], [], 0.0
    server.lock, server.released = threading.Lock(), threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}/file.bin"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def entry(faulty_server):
    """The file that the server holds, as the registry would pin it."""
    return CorpusFile(
        corpus="served",
        name="file.bin",
        url=faulty_server.url,
        size=len(faulty_server.content),
        sha256=hashlib.sha256(faulty_server.content).hexdigest(),
    )


@pytest.fixture
def served_corpus(monkeypatch, entry, tmp_path):
    """The corpus "served" in the registry, an empty cache and no mirror; returns the path in the cache."""
    corpus = Corpus("served", "Served", "http://127.0.0.1", "CC0", "Nobody (2000).", {entry.name: entry})
    monkeypatch.setitem(CORPORA, "served", corpus)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr("course_lib.data.corpora.cache._verified", set())
    return tmp_path / "cache" / "served" / "file.bin"
