"""Sets the scene for an attack, lets a grader work in it, and notes what came of it.

Called as `python scene.py SPEC`, inside the box where there is one. SPEC is a JSON file; the findings go to
`scene.json` beside it.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

POLL_SECONDS = 0.1
LAST_WORDS = 4000


def memory():
    """Bytes of memory of all processes in sight."""
    total = 0
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total


def work(command, spec, spared):
    """Runs one command of the grader within its limits.

    Args:
        command: List of words.
        spec: What SPEC holds.
        spared: Ids of the processes in the box that are not the grader's; None where there is no box.

    Returns:
        A dict: `status` (None when it was stopped), `stopped` (why, or ""), `seconds`, `last_words`.
    """
    started, stopped, words = time.monotonic(), "", bytearray()
    process = subprocess.Popen(
        command,
        cwd=spec["folder"],
        env=os.environ | spec["environment"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )

    def follow():
        with contextlib.suppress(OSError, ValueError):
            while chunk := os.read(process.stdout.fileno(), 65536):
                words.extend(chunk)
                del words[:-LAST_WORDS]

    threading.Thread(target=follow, daemon=True).start()
    while process.poll() is None and not stopped:
        time.sleep(POLL_SECONDS)
        if time.monotonic() - started > spec["seconds"]:
            stopped = f"no end after {spec['seconds']:g} s"
        elif spared and memory() > spec["memory_bytes"]:
            stopped = f"more than {spec['memory_bytes'] / 2**30:g} GB of memory"
    if stopped:
        end(process, spared)
    return {
        "status": None if stopped else process.returncode,
        "stopped": stopped,
        "seconds": round(time.monotonic() - started, 1),
        "last_words": bytes(words).decode("utf-8", "replace"),
    }


def end(process, spared):
    """Ends a grader politely, then by force, and in a box all it has started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            os.killpg(process.pid, number)
            process.wait(5)
    for pid in psutil.pids() if spared else ():
        if pid not in spared:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def read_all(folder):
    """All that a grader wrote, as one text."""
    texts = []
    for place, _, names in os.walk(folder):  # which passes over folders that were made hard to enter
        for path in sorted(Path(place, name) for name in names):
            is_handed_in = "submi" in str(path.relative_to(folder))
            if path.suffix in (".json", ".ipynb", ".html") and path.is_file() and not is_handed_in:
                texts.append(path.read_text(encoding="utf-8", errors="replace"))
    return "\n".join(texts)


def main(path):
    """Plays the scene that the SPEC at `path` describes."""
    spec = json.loads(Path(path).read_text())
    sys.path[0] = spec["tests"]  # in place of the folder of this file
    from attacks.outside import Outside

    folder = spec["folder"]
    with tempfile.TemporaryDirectory() as place, Outside(place) as outside:
        for name in spec["submissions"]:
            text = Path(name).read_text(encoding="utf-8")
            for field, placeholder in spec["placeholders"].items():
                text = text.replace(placeholder, str(getattr(outside.planted, field)))
            Path(name).write_text(text, encoding="utf-8")
        spared = {*psutil.pids()} if spec["is_boxed"] else None
        ended = [work(command, spec, spared) for command in spec["commands"]]
        time.sleep(0.5)  # for what a grader has killed to be gone
        text = read_all(folder)
        found = {
            "commands": ended,
            "harm": outside.harm(),
            "leaked": outside.leaked(text),
            "has_network": "There is a network" in text,
        }
        (Path(path).parent / "scene.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
    os._exit(0)  # whatever else is still running
