"""Who is answered: this machine's own pages, opened with the token that `course web` prints."""

import hmac
import secrets


class Guard:
    """Knows its own addresses, the token of the first visit and the cookie of all later ones.

    A page of another site may send requests here with the reader's browser, and a name that leads to this
    machine may be anybody's; so the host, the origin and the cookie each have to be this server's.

    Args:
        port: the port it listens on.

    Attributes:
        token: what the first address has to hold.
        cookie_name: name of the cookie, another one for every port, since browsers do not tell ports apart.
        cookie: its value.

    Example:
        >>> guard = Guard(8765)
        >>> guard.refusal("GET", {"Host": "127.0.0.1:8765"}) is None
        True
        >>> guard.refusal("GET", {"Host": "example.org:8765"})
        'The host is not this server.'
        >>> guard.refusal("POST", {"Host": "127.0.0.1:8765", "Origin": "https://example.org"})
        'The request comes from a page of another site.'
    """

    def __init__(self, port: int):
        self.token = secrets.token_urlsafe(24)
        self.cookie = secrets.token_urlsafe(24)
        self.cookie_name = f"course-web-{port}"
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    def refusal(self, method: str, headers) -> str | None:
        """Why a request is not answered, or None where host and origin are right.

        Args:
            method: of the request; whatever changes something must say its origin.
            headers: of the request, a mapping.
        """
        host, origin = headers.get("Host", ""), headers.get("Origin")
        if host.lower() not in self._hosts:
            return "The host is not this server."
        if origin is None and method not in ("GET", "HEAD"):
            return "The request does not say which page it comes from."
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            return "The request comes from a page of another site."
        return None

    def is_from_elsewhere(self, headers) -> bool:
        """Whether a browser says that another site asks; one that says nothing is judged by its cookie."""
        return headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")

    def admits(self, token: str | None) -> bool:
        """Whether a first visit has the right token."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())

    def knows(self, cookie: str | None) -> bool:
        """Whether a later visit has the right cookie."""
        return cookie is not None and hmac.compare_digest(cookie.encode(), self.cookie.encode())
