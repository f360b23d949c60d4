"""What every address does first: the guard is asked, and browsers are told to load nothing foreign."""

import html
import http

from tornado.web import RequestHandler

CONTENT = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",  # the theme's, for light and dark
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ADVICE = "Open the address that <code>course web</code> printed when it was started: it holds the key."


class Guarded(RequestHandler):
    """Answers only what `Guard` lets through; a first visit with the token gets the cookie."""

    def set_default_headers(self) -> None:
        """Headers of every answer."""
        self.set_header("Server", "course")
        self.set_header("Content-Security-Policy", CONTENT)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-cache")

    def prepare(self) -> None:
        """Refuses, or lets in, or goes on to the answer."""
        guard, request = self.settings["guard"], self.request
        if words := guard.refusal(request.method, request.headers):
            self._refuse(words)
        elif request.method == "GET" and guard.admits(self.get_query_argument("token", None)):
            self._let_in()
        elif not guard.knows(self.get_cookie(guard.cookie_name)):
            self._refuse("This browser has not been let in.")
        elif request.method != "GET" and guard.is_from_elsewhere(request.headers):
            self._refuse("The request comes from a page of another site.")

    def write_error(self, status_code: int, **_) -> None:
        """A plain page; no traceback leaves this machine's terminal."""
        self.finish(_page(http.HTTPStatus(status_code).phrase, f"{status_code}"))

    def _refuse(self, words):
        self.set_status(403)
        self.finish(_page(html.escape(words), ADVICE))

    def _let_in(self):
        """A page that goes on to itself without the token.

        A redirection would not do: a cookie that is kept from foreign sites is kept from what they lead to.
        """
        guard = self.settings["guard"]
        self.set_cookie(guard.cookie_name, guard.cookie, httponly=True, samesite="Strict", path="/")
        place = html.escape("/" + self.request.path.lstrip("/"))
        head = f'<meta http-equiv="refresh" content="0; url={place}">'
        self.finish(_page("Opening the course", f'<a href="{place}">Go on</a>', head))


def _page(title, words, head=""):
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"</head><body><h1>{title}</h1><p>{words}</p></body></html>"
    )
