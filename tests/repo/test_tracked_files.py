"""Nothing in the repository belongs to one machine, and nothing is larger than it must be."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BINARY = {".png", ".gz", ".npz", ".keras"}
MACHINE_PATHS = re.compile(r"(?<![\w.}:/-])/(?:work|root|home|Users)/\w")
REGISTRY_HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "opt/" + "pypi", "opt/" + "wheels"))
)


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_files():
    for path in tracked_files():
        if path.suffix not in BINARY and path != Path(__file__):
            yield path, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["machine paths", "registry hosts"])
def test_no_file_names_a_machine(pattern):
    found = []
    for path, text in text_files():
        if path.name in ("notebooks.py", "test_notebook_builder.py"):
            continue  # they look for such paths themselves
        for number, line in enumerate(text.splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    assert not found


def test_text_files_end_with_one_newline_and_have_no_trailing_spaces():
    wrong = []
    for path, text in text_files():
        if path.suffix in (".py", ".toml", ".md", ".cff", ".lock") and text:
            if not text.endswith("\n") or text.endswith("\n\n"):
                wrong.append(f"{path.relative_to(ROOT)}: end of file")
            if re.search(r"[ \t]+$", text, re.MULTILINE):
                wrong.append(f"{path.relative_to(ROOT)}: trailing spaces")
    assert not wrong


def test_no_tracked_file_is_large():
    large = [
        f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes"
        for path in tracked_files()
        if path.stat().st_size > 1_500_000
    ]
    assert not large


def test_generated_folders_are_not_tracked():
    names = {path.relative_to(ROOT).parts[0] for path in tracked_files()}
    assert not names & {".venv", "build", "runs", ".course", "dist"}
