"""`course web`: reads and answers in the browser, from this machine."""

import asyncio
import sys
import threading
import webbrowser
from pathlib import Path

from course_lib.grading.commands.check import add_limits, limits_of
from course_lib.grading.practice.progress import course_root


def add_arguments(parser) -> None:
    """The options of `course web`."""
    parser.add_argument("--no-browser", action="store_true", help="print the address and open nothing")
    parser.add_argument(
        "--port", type=_port, metavar="N", help="the port (default: 8765, or another free one)"
    )
    parser.add_argument(
        "--site", type=Path, metavar="FOLDER", help="serve pages built before, whatever they were built from"
    )
    add_limits(parser)


def _port(text):
    if not 1 <= int(text) <= 65535:
        raise ValueError
    return int(text)


def main(arguments) -> int:
    """Builds what is missing, serves until Ctrl-C; exit status 2 where something is missing."""
    from course_lib.web.parts import MissingPart, built_site, editor_folder
    from course_lib.web.server import CourseServer

    root = course_root()
    if not (root / "exercises").is_dir():
        print(
            f"There is no folder {root / 'exercises'}. Run `course web` in the folder of the course.",
            file=sys.stderr,
        )
        return 2
    try:
        editor = editor_folder()
        site = arguments.site or built_site()
        if not (site / "index.html").is_file():
            raise MissingPart(f"There are no pages in {site}: `course site` makes them in build/site.")
        server = CourseServer(site, editor, root, limits_of(arguments), arguments.port)
    except (MissingPart, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Port {arguments.port} cannot be used: {error.strerror or error}.", file=sys.stderr)
        return 2

    def is_ready():
        print(f"The course is open at\n\n    {server.address}\n")
        print(f"Answers are kept in {root / 'exercises'}. Ctrl-C ends; nothing is lost.", flush=True)
        if not arguments.no_browser:
            threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()

    asyncio.run(server.serve(is_ready))
    print("\nYour answers and your progress are kept. `course web` goes on from here.")
    return 0
