"""Who is answered, request by request."""

import pytest

from course_lib.web.security import Guard

HERE = {"Host": "127.0.0.1:8765"}
OWN = {**HERE, "Origin": "http://127.0.0.1:8765"}


@pytest.fixture
def guard():
    return Guard(8765)


@pytest.mark.parametrize(
    "method, headers",
    [
        ("GET", HERE),
        ("GET", {"Host": "localhost:8765"}),
        ("HEAD", HERE),
        ("POST", OWN),
        ("POST", {"Host": "localhost:8765", "Origin": "http://localhost:8765"}),
    ],
)
def test_own_pages_are_answered(guard, method, headers):
    assert guard.refusal(method, headers) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": ""},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:80"},
        {"Host": "course.example.org:8765"},
        {"Host": "127.0.0.1.example.org:8765"},
        {"Host": "127.0.0.1:8765@example.org"},
        {"Host": "[::1]:8765"},
        {"Host": "0.0.0.0:8765"},
    ],
)
def test_a_foreign_host_is_refused(guard, headers):
    assert "host" in guard.refusal("GET", headers)


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "null",
        "http://127.0.0.1:8888",
        "https://127.0.0.1:8765",
        "http://localhost:8765",
        "http://127.0.0.1:8765.example.org",
        "",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_origin_is_refused(guard, method, origin):
    assert "another site" in guard.refusal(method, {**HERE, "Origin": origin})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_what_changes_something_says_its_origin(guard, method):
    assert "which page" in guard.refusal(method, HERE)


def test_token_and_cookie_are_two_things_and_new_each_time(guard):
    other = Guard(8766)
    assert len({guard.token, guard.cookie, other.token, other.cookie}) == 4
    assert guard.cookie_name != other.cookie_name
    assert guard.admits(guard.token) and guard.knows(guard.cookie)
    for wrong in (None, "", "é", guard.token[:-1], guard.cookie, other.token):
        assert not guard.admits(wrong)
    for wrong in (None, "", "é", guard.cookie + "x", guard.token, other.cookie):
        assert not guard.knows(wrong)


@pytest.mark.parametrize(
    "said, is_foreign", [("cross-site", True), ("same-site", True), ("same-origin", False)]
)
def test_what_a_browser_says_of_the_asking_page(guard, said, is_foreign):
    assert guard.is_from_elsewhere({"Sec-Fetch-Site": said}) == is_foreign
    assert not guard.is_from_elsewhere({})
