"""`course web` over HTTP: who is let in, what is answered, and what it survives."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest
from support.course_web import (
    ENDLESS,
    HEAD,
    IGNORED,
    NAME,
    QUESTION,
    RIGHT,
    ROOT,
    SHEET,
    CourseWeb,
    course_folder,
)

SLEEPER = "[sys.executable, '-c', 'import time; time.sleep(600)']"
LEAVING = HEAD + (
    f"    import subprocess, sys\n    subprocess.Popen({SLEEPER}, start_new_session=True)\n"
    "    while True:\n        pass\n"
)  # which starts a process that leaves its group
CRASH = HEAD + "    import os, signal\n    os.kill(os.getpid(), signal.SIGKILL)\n"


def judged(web, text):
    version = web.sheet()["exercises"][NAME]["version"]
    return web.ask("check", exercise=NAME, text=text, version=version)


def progress(web):
    """What `course progress` prints in the same course."""
    environment = {**os.environ, "COURSE_STATE": str(web.folder / ".course"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "course_lib.cli", "progress"]
    return subprocess.run(command, cwd=web.folder, env=environment, capture_output=True, text=True).stdout


def test_the_token_opens_and_the_cookie_keeps_open(web):
    cookie = web.enter()
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie
    assert web.token not in cookie
    status, headers, page = web.request("GET", f"/chapters/{SHEET}.html")
    assert status == 200 and b"/_static/answers/main.js" in page and b"/editor/lib/codemirror.js" in page
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    status, _, page = web.request("GET", "/")
    assert status == 200 and b"answers/main.js" not in page


@pytest.mark.parametrize(
    "path", ["/", f"/chapters/{SHEET}.html", "/_static/site.css", "/api/sheet", "/nothing"]
)
@pytest.mark.parametrize("cookie", [None, "course-web-1=x", "{name}=wrong", "{name}="])
def test_nothing_is_shown_without_the_cookie(web, path, cookie):
    name = web.cookie.split("=")[0]
    status, headers, page = web.request("GET", path, Cookie=cookie and cookie.format(name=name))
    assert status == 403 and b"course web" in page and "Set-Cookie" not in headers
    assert web.request("GET", f"{path}?token=wrong", Cookie=None)[0] == 403


@pytest.mark.parametrize("host", ["example.org", "example.org:{port}", "127.0.0.1", "[::1]:{port}", None])
def test_a_name_that_leads_here_is_not_enough(web, host):
    shown = host and host.format(port=web.port)
    for path in ("/", f"/?token={web.token}", f"/api/sheet?name={SHEET}"):
        status, headers, _ = web.request("GET", path, Host=shown)
        assert status in (400, 403) and "Set-Cookie" not in headers


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1:1", None])
@pytest.mark.parametrize("path", ["answer", "check", "stop", "hint", "solution", "question"])
def test_a_page_of_another_site_can_do_nothing(web, origin, path):
    before = web.answers(), web.sheet()
    body = {"exercise": NAME, "text": RIGHT, "version": before[1]["exercises"][NAME]["version"]}
    body = {"question": QUESTION, "text": "d", "version": ""} if path == "question" else body
    assert web.request("POST", f"/api/{path}", body, Origin=origin)[0] == 403
    assert web.request("POST", f"/api/{path}", body, Sec_Fetch_Site="same-site")[0] == 403
    assert (web.answers(), web.sheet()) == before


def test_it_listens_on_this_machine_alone(web):
    addresses = {
        connection.laddr.ip
        for connection in psutil.Process(web.process.pid).net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {"127.0.0.1"}


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/pyproject.toml",
        "/editor/../../../../x",
        "/editor/%2e%2e/%2e%2e/x.js",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_site(web, path):
    status, _, data = web.request("GET", path)
    assert status in (403, 404) and b"[project]" not in data and b"root:" not in data


@pytest.mark.parametrize(
    "body, kind, status",
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"exercise": 1, "text": "", "version": ""}', "application/json", 400),
        (b'{"exercise": "no_such", "text": "", "version": ""}', "application/json", 404),
        (b'{"exercise": "dot_score", "text": "\\ud800", "version": ""}', "application/json", 400),
        (b'{"exercise": "dot_score", "text": "", "version": ""}', "text/plain", 415),
        (
            b'{"exercise": "dot_score", "text": "' + b"x" * 100_001 + b'", "version": ""}',
            "application/json",
            413,
        ),
    ],
)
def test_what_is_no_answer_is_refused(web, body, kind, status):
    before = web.answers()
    assert web.request("POST", "/api/answer", body, Content_Type=kind)[0] == status
    assert web.answers() == before


def test_too_large_a_body_is_refused_before_it_is_read(web):
    status, _, _ = web.request("POST", "/api/answer", b"", Content_Length=str(10**9))
    assert status in (400, 413)
    chunks = b"80000\r\n" + b"x" * 0x80000 + b"\r\n" + b"80000\r\n" + b"x" * 0x80000 + b"\r\n0\r\n\r\n"
    head = f"POST /api/answer HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nOrigin: {web.origin}\r\n"
    head += f"Cookie: {web.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", web.port), timeout=10) as connection:
        try:
            connection.sendall(head.encode() + chunks)
            answer = connection.recv(64)
        except ConnectionError:
            answer = b""
    assert b" 200 " not in answer
    assert web.sheet()["exercises"]


def test_verdict_progress_and_notebook_agree(web):
    status, told = judged(web, IGNORED)
    assert status == 200 and told["verdict"]["outcome"] == "not yet"
    assert "Masked keys still receive weight" in told["verdict"]["html"] and told["sheet"]["passed"] == 0
    assert IGNORED in web.answers()
    status, told = judged(web, RIGHT)
    assert told["verdict"]["outcome"] == "passed" and told["sheet"]["passed"] == 1
    assert told["exercise"]["earned"] == told["exercise"]["points"] == told["sheet"]["earned"]
    assert told["next"]["name"] != NAME
    assert RIGHT in web.answers() and web.sheet()["exercises"][NAME]["passed"]
    assert "1 of 8 passed" in progress(web)


def test_hints_come_one_by_one_and_stay(web):
    for number in (1, 2):
        assert len(web.ask("hint", exercise=NAME)[1]["exercise"]["hints"]) == number
    assert len(web.sheet()["exercises"][NAME]["hints"]) == 2


def test_our_solution_opens_once_the_answer_passed(web):
    assert web.ask("solution", exercise=NAME)[0] == 403
    assert judged(web, RIGHT)[1]["exercise"]["passed"]
    status, told = web.ask("solution", exercise=NAME)  # this copy of the course holds none
    assert status == 500 and "solutions are not part" in told["problem"]


def test_an_answer_to_a_question_is_kept_as_that_of_an_exercise_is(web):
    kept = {"text": "", "version": "", "passed": False, "several": False}
    assert web.sheet()["questions"][QUESTION] == kept and len(web.sheet()["questions"]) == 3
    status, told = web.ask("question", question=QUESTION, text="a", version="")
    assert status == 200 and told["outcome"] == "not yet" and told["advice"] == ""
    assert told["question"] == {**kept, "text": "a", "version": "a"} and told["sheet"]["right"] == 0
    status, told = web.ask("question", question=QUESTION, text="d", version="a")
    assert status == 200 and told["outcome"] == "passed" and told["question"]["passed"]
    assert told["sheet"]["right"] == 1 and told["sheet"]["questions"] == 3 and told["course"]["right"] == 1
    assert "1/3 questions" in progress(web)
    state = (web.folder / ".course" / "progress.json").read_bytes()
    status, conflict = web.ask("question", question=QUESTION, text="b", version="a")  # another tab's
    assert status == 409 and conflict["text"] == conflict["version"] == "d"
    for text, status in (("z", 400), ("", 400), ("no_such", 404)):
        asked = QUESTION if status == 400 else text
        assert web.ask("question", question=asked, text=text, version="d")[0] == status
    assert (web.folder / ".course" / "progress.json").read_bytes() == state
    status, told = web.ask("question", question=QUESTION, text="b", version="d")
    assert told["question"] == {**kept, "text": "b", "version": "b", "passed": True}


def test_two_tabs_do_not_overwrite_each_other(web):
    version = web.sheet()["exercises"][NAME]["version"]
    status, told = web.ask("answer", exercise=NAME, text=IGNORED, version=version)
    assert status == 200
    status, conflict = web.ask("answer", exercise=NAME, text=RIGHT, version=version)
    assert status == 409 and conflict["text"] == IGNORED and conflict["version"] == told["version"]
    status, conflict = web.ask("check", exercise=NAME, text=RIGHT, version=version)
    assert status == 409 and RIGHT not in web.answers()
    status, _ = web.ask("answer", exercise=NAME, text=RIGHT, version=told["version"])
    assert status == 200 and RIGHT in web.answers()


def test_an_endless_loop_ends_and_the_next_answer_is_judged(web):
    status, told = judged(web, ENDLESS)
    assert status == 200 and "no end after 3 seconds" in told["verdict"]["html"]
    assert judged(web, RIGHT)[1]["verdict"]["outcome"] == "passed"


def test_pages_answer_while_an_answer_runs_and_two_checks_wait_for_each_other(web):
    told = []
    threads = [threading.Thread(target=lambda: told.append(judged(web, ENDLESS))) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    assert web.ask("hint", exercise=NAME)[0] == 200 and web.request("GET", "/")[0] == 200
    assert time.monotonic() - began < 2
    for thread in threads:
        thread.join()
    assert [status for status, _ in told] == [200, 200]


def test_a_stop_ends_the_answer_at_once_and_leaves_nothing_of_it(site, tmp_path):
    web = CourseWeb(course_folder(tmp_path), site, "--seconds", "60")
    web.enter()
    assert judged(web, IGNORED)[0] == 200
    warm, before, told = web.children(), web.sheet(), []
    asking = threading.Thread(target=lambda: told.append(judged(web, LEAVING)))
    asking.start()
    deadline = time.monotonic() + 60
    while not any("time.sleep" in " ".join(one.cmdline()) for one in web.children()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    left = [child for child in web.children() if child not in warm]
    began = time.monotonic()
    assert web.ask("stop", exercise=NAME) == (200, {"stopped": True})
    assert time.monotonic() - began < 2 and not psutil.wait_procs(left, timeout=2)[1]
    asking.join(timeout=10)
    assert told[0][0] == 200 and told[0][1]["verdict"] is None
    assert web.answers().count(LEAVING) == 1 and web.children() == warm
    after = web.sheet()
    assert after["exercises"][NAME].pop("text") == LEAVING and before["exercises"][NAME].pop("text")
    assert after["exercises"][NAME].pop("version") != before["exercises"][NAME].pop("version")
    assert after == before
    assert web.ask("stop", exercise=NAME) == (200, {"stopped": False})
    assert judged(web, RIGHT)[1]["verdict"]["outcome"] == "passed"
    assert web.end()[0] == 0 and "Traceback" not in web.output, web.output


def test_a_child_that_is_killed_and_a_worker_that_is_killed_cost_one_verdict(web):
    status, told = judged(web, CRASH)
    assert status == 200 and "SIGKILL" in told["verdict"]["html"]
    for child in web.children():
        child.kill()
    assert judged(web, RIGHT)[1]["verdict"]["outcome"] == "passed"


def test_a_tab_that_is_closed_in_the_midst_of_a_check_harms_nothing(web):
    version = web.sheet()["exercises"][NAME]["version"]
    body = b'{"exercise": "%s", "version": "%s", "text": "%s"}' % (
        NAME.encode(), version.encode(), ENDLESS.replace("\n", "\\n").encode()
    )  # fmt: skip
    head = f"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1:{web.port}\r\nOrigin: {web.origin}\r\n"
    head += f"Cookie: {web.cookie}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", web.port), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(0.3)
    assert judged(web, RIGHT)[1]["verdict"]["outcome"] == "passed"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_nothing_is_left_of_it_when_it_ends_in_the_midst_of_an_endless_loop(site, tmp_path, number):
    web = CourseWeb(course_folder(tmp_path), site, "--seconds", "60")
    web.enter()
    assert judged(web, IGNORED)[0] == 200  # the worker is there, and what works next is the answer
    version, told = web.sheet()["exercises"][NAME]["version"], []

    def ask():
        try:
            told.append(web.ask("check", exercise=NAME, text=ENDLESS, version=version)[0])
        except (OSError, ValueError, http.client.HTTPException):
            told.append("cut off")

    asking = threading.Thread(target=ask)
    asking.start()
    deadline = time.monotonic() + 60
    while sum(child.cpu_percent(0.1) > 10 for child in web.children()) < 1 and time.monotonic() < deadline:
        pass
    status, seconds, left = web.end(number)
    asking.join(timeout=10)
    assert seconds < 10 and not left
    assert told in ([503], ["cut off"]) and ENDLESS in web.answers()
    if number == signal.SIGINT:
        assert status == 0 and "Traceback" not in web.output and "are kept" in web.output, web.output
