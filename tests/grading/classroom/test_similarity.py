"""What two students share is found; what all share, was handed out, or is hostile is not in the way."""

import random
import re
import time

import pytest

from course_lib.cli import main
from course_lib.grading.classroom.similarity import find_pairs, read_code

pytest.importorskip("copydetect", reason="needs the extra `similarity`")
HANDED_OUT = "\n".join(f"def exercise_{n}(x, y):\n    raise NotImplementedError('{n}')" for n in range(8))


def program(seed, lines=60):
    """A program that nobody else writes: random arithmetic."""
    draw = random.Random(seed)
    text = ["def work(a, b, c):"]
    for _ in range(lines):
        terms = [f"{draw.choice('abc')} {draw.choice('+-*/')} {draw.randrange(10**6)}" for _ in range(4)]
        text.append(f"    a = ({') * ('.join(terms)})")
    return "\n".join(text)


def renamed(text):
    """The same program with other names, comments and layout."""
    for old, new in (("a", "alpha"), ("b", "beta"), ("c", "gamma"), ("work", "solve_it")):
        text = re.sub(rf"\b{old}\b", new, text)
    return "\n".join(f"{line}   # line {number}\n" for number, line in enumerate(text.split("\n")))


def students_of(pairs):
    return [pair.students for pair in pairs]


def test_a_renamed_copy_is_found_and_nothing_else():
    codes = {f"student{number:02}": program(number) for number in range(12)}
    codes["copy"] = read_code({"copy.py": renamed(codes["student03"])})
    (pair,) = find_pairs(codes, [])
    assert pair.students == ("copy", "student03")
    assert min(pair.shares) > 0.95
    shown = pair.fragments[1][0]
    assert codes["student03"].split("\n")[30] in shown
    assert "gamma" in pair.fragments[0][0] and "gamma" not in shown


def test_a_part_is_found_with_its_share():
    codes = {f"student{number:02}": program(number) for number in range(6)}
    piece = "\n".join(program(0).split("\n")[10:30])
    codes["part"] = program(100) + "\n" + piece
    (pair,) = find_pairs(codes, [])
    assert pair.students == ("part", "student00")
    assert 0.15 < pair.shares[0] < 0.35 and 0.2 < pair.shares[1] < 0.45
    assert "\n".join(piece.split("\n")[2:-2]) in pair.fragments[0][-1]
    # what is shown is the place that is shared, and little more
    assert len(pair.fragments[0][-1].split("\n")) <= 24


def test_what_was_handed_out_is_no_likeness():
    codes = {name: f"{HANDED_OUT}\n{program(number)}" for number, name in enumerate(["ada", "bob"])}
    assert students_of(find_pairs(codes, [])) == [("ada", "bob")]
    assert find_pairs(codes, [HANDED_OUT]) == []


def test_what_many_wrote_is_no_likeness():
    codes = {f"student{number:02}": f"{HANDED_OUT}\n{program(number)}" for number in range(5)}
    assert find_pairs(codes, []) == []


def test_a_group_of_four_is_seen():
    codes = {f"student{number:02}": program(number // 4) for number in range(8)}
    assert len(find_pairs(codes, [])) == 12


def test_the_same_order_every_time():
    codes = {f"student{number:02}": program(number // 2) for number in range(10)}
    pairs = students_of(find_pairs(codes, []))
    assert pairs == students_of(find_pairs(dict(reversed(codes.items())), [])) and len(pairs) == 5


def test_nothing_to_compare():
    assert find_pairs({}, []) == []
    assert find_pairs({"ada": ""}, [""]) == []
    assert find_pairs({"ada": "", "bob": "", "cleo": "x = 1"}, []) == []


HOSTILE = {
    "blank lines": " \n" * 10**6,
    "one long line": "a." * 10**6,
    "unclosed": "f'{(" * 10**6,
    "backslashes": "\\\n" * 10**6,
    "quotes": ("'" * 499 + "\n") * 2000,
    "semicolons": (";" * 499 + "\n") * 2000,
    "binary": bytes(range(256)).decode("latin-1") * 1000,
    "surrogates": "x = '\ud800'\n" * 1000,
    "huge and plain": program(7, 20_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_code_takes_little_time(name):
    started = time.process_time()
    code = read_code({"sheet.py": HOSTILE[name]})
    assert len(code) <= 60_000
    find_pairs({"ada": code, "bob": code}, [])
    assert time.process_time() - started < 10


def test_a_large_class_takes_little_time():
    codes = {f"student{number:03}": program(number, 40) for number in range(148)}
    codes |= {"one": program("a"), "two": program("a")}
    started = time.process_time()
    assert students_of(find_pairs(codes, [])) == [("one", "two")]
    assert time.process_time() - started < 15


def test_notebooks_are_read_without_prose_and_outputs():
    notebook = (
        '{"cells": [{"cell_type": "markdown", "source": ["prose"]}, '
        '{"cell_type": "code", "source": ["x = 1\\n", "\\n", "y = 2"], "outputs": ["out"]}]}'
    )
    assert read_code({"sheet.ipynb": notebook, "broken.ipynb": "{", "b.py": "z = 3"}) == "x = 1\ny = 2\nz = 3"


def test_the_page(tmp_path, capsys):
    folder = tmp_path / "submissions"
    folder.mkdir()
    evil = "<script>alert(1)</script>"
    for student in ("ada", evil.replace("/", "_"), "bob"):
        text = program(student == "bob", 20) + f"\n# {evil}\nx = '{evil}' + '{evil}'\n"
        (folder / f"{student}.py").write_text(text)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04nothing")
    assert main(["similarity", str(folder), "--out", str(tmp_path / "page.html")]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "1 pairs" in capsys.readouterr().out.replace("1 pair ", "1 pairs ")
    assert "never a verdict" in page and "broken" in page
    assert "03_attention.ipynb" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)=(?!"#)', page)


def test_errors_are_said(tmp_path, capsys):
    assert main(["similarity", str(tmp_path), "--out", str(tmp_path / "page.txt")]) == 2
    assert "must end in .html" in capsys.readouterr().err
    assert main(["similarity", str(tmp_path), "--out", str(tmp_path / "page.html")]) == 2
    assert "at least two" in capsys.readouterr().err
    assert main(["similarity", str(tmp_path / "nothing"), "--out", str(tmp_path / "page.html")]) == 2
    assert not (tmp_path / "page.html").exists()
