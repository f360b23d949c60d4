"""The built site; pages that ask for answers are given the editor."""

from tornado.web import HTTPError, StaticFileHandler

from course_lib.web.guarded import Guarded

MARK = b'data-exercise="'
STYLES = ("/editor/lib/codemirror.css",)
SCRIPTS = (
    "/editor/lib/codemirror.js",
    "/editor/mode/python/python.js",
    "/editor/addon/edit/matchbrackets.js",
    "/editor/addon/edit/closebrackets.js",
    "/editor/addon/comment/comment.js",
)
MODULE = "/_static/answers/main.js"


class Page(Guarded):
    """A page of the site."""

    def initialize(self, root) -> None:
        """Takes the folder of the site."""
        self.root = root

    async def get(self, name: str | None) -> None:
        """Answers with the page, and with the editor where it has exercises."""
        path = (self.root / (name or "index.html")).resolve()
        if not path.is_relative_to(self.root) or not path.is_file():
            raise HTTPError(404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(with_editor(path.read_bytes()))


def with_editor(page: bytes) -> bytes:
    """A page with what its exercises need, or as it is where it has none.

    Example:
        >>> with_editor(b"<head></head><p>words")
        b'<head></head><p>words'
        >>> b"/_static/answers/main.js" in with_editor(b'<head></head><div data-exercise="dot_score">')
        True
    """
    if MARK not in page:
        return page
    parts = [f'<link rel="stylesheet" href="{address}">' for address in STYLES]
    parts += [f'<script defer src="{address}"></script>' for address in SCRIPTS]
    parts.append(f'<script type="module" src="{MODULE}"></script>')
    # First of all, so that the site's own styles have the last word.
    return page.replace(b"<head>", b"<head>" + "".join(parts).encode(), 1)


class Files(Guarded, StaticFileHandler):
    """Every other file of the site, and those of the editor."""

    def set_default_headers(self) -> None:
        """Headers of every answer."""
        Guarded.set_default_headers(self)

    def write_error(self, status_code: int, **options) -> None:
        """A plain page."""
        Guarded.write_error(self, status_code, **options)


class Missing(Guarded):
    """Every address that there is not."""

    def get(self) -> None:
        """Says so."""
        raise HTTPError(404)

    post = put = delete = patch = head = options = get
