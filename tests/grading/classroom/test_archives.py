import hashlib
import io
import os
import shutil
import socket
import stat
import struct
import tempfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.grading.classroom import archives
from course_lib.grading.classroom.archives import hash_submission, modified_at, read_files
from course_lib.grading.classroom.intake import (
    COUNT_LIMIT,
    SHEET_BYTES,
    SUBMISSION_LIMIT,
    UnreadableSubmission,
)

SHEET = "03_attention.ipynb"
CONTENT = b'{"cells": []}'


def make_zip(members, compression=zipfile.ZIP_DEFLATED):
    """The bytes of an archive; members are (name or ZipInfo, bytes)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression, compresslevel=1) as archive:
        for member, content in members:
            archive.writestr(member, content)
    return stream.getvalue()


def write_zip(folder, members, **options):
    path = folder / "ada.zip"
    path.write_bytes(make_zip(members, **options))
    return path


def with_mode(name, mode):
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = mode << 16
    return member


def refuse(path, *words):
    with pytest.raises(UnreadableSubmission) as caught:
        read_files(path)
    message = str(caught.value)
    for word in ("Expected: ", "Received: ", *words):
        assert word in message
    assert message.isprintable() and len(message) < 600 and str(path.parent) not in message
    return message


def test_a_sheet_a_folder_and_a_zip_give_the_same(tmp_path):
    contents = {"helpers.py": b"X = 1\n", "week 3/03_attention.ipynb": CONTENT, "z/a/b.py": b""}
    folder = tmp_path / "ada"
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "data.csv").write_bytes(b"1,2")
    assert read_files(folder) == contents and list(read_files(folder)) == sorted(contents)
    assert read_files(write_zip(tmp_path, contents.items())) == contents
    assert read_files(folder / "helpers.py") == {"helpers.py": b"X = 1\n"}


def test_endings_count_in_any_case_and_come_out_in_lower_case(tmp_path):
    (tmp_path / "A.IPYNB").write_bytes(CONTENT)
    assert read_files(tmp_path / "A.IPYNB") == {"A.ipynb": CONTENT}
    path = tmp_path / "ada.ZIP"
    path.write_bytes(make_zip([("B.Py", b"1")]))
    assert read_files(path) == {"B.py": b"1"}


@pytest.mark.parametrize(
    "name",
    [
        ".ipynb_checkpoints/03_attention-checkpoint.ipynb",
        "work/.ipynb_checkpoints/a.ipynb",
        "__MACOSX/answers/._03_attention.ipynb",
        "._03_attention.ipynb",
        ".DS_Store",
        "__pycache__/a.py",
        ".venv/lib/a.py",
    ],
)
def test_what_systems_leave_behind_is_passed_over(tmp_path, name):
    folder = tmp_path / "ada"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"old")
    refuse(folder, "There is no sheet in ada", "nothing")
    refuse(write_zip(tmp_path, [(name, b"old")]), "There is no sheet in ada.zip", "nothing")
    (folder / SHEET).write_bytes(CONTENT)
    assert read_files(folder) == {SHEET: CONTENT}
    assert read_files(write_zip(tmp_path, [(name, b"old"), (SHEET, CONTENT)])) == {SHEET: CONTENT}


def test_nothing_in_it(tmp_path):
    (tmp_path / "empty").mkdir()
    refuse(tmp_path / "empty", "There is no sheet in empty", "nothing")
    refuse(write_zip(tmp_path, []), "There is no sheet in ada.zip", "nothing")
    refuse(write_zip(tmp_path, [("ada/", b"")]), "nothing")
    (tmp_path / "empty" / "notes.txt").write_text("hello")
    refuse(tmp_path / "empty", "notes.txt")


@pytest.mark.parametrize(
    "name, received", [("ada.pdf", ".pdf"), ("ada", "without an ending"), ("a.tar.gz", ".gz")]
)
def test_a_file_of_another_kind(tmp_path, name, received):
    (tmp_path / name).write_bytes(make_zip([(SHEET, CONTENT)]))
    refuse(tmp_path / name, received)


# Archives


@pytest.mark.parametrize(
    "name", ["../03_attention.ipynb", "a/../../b.py", "..\\b.py", "/etc/b.py", "C:\\b.py", "c:b.py"]
)
def test_names_outside_the_archive_are_refused(tmp_path, name):
    refuse(write_zip(tmp_path, [(SHEET, CONTENT), (name, b"1")]), "not accepted", name.replace("\\", "/"))
    assert sorted(os.listdir(tmp_path)) == ["ada.zip"]


def test_a_giant_name_is_refused(tmp_path):
    refuse(write_zip(tmp_path, [("a" * 60_000 + ".py", b"1")]), "not accepted", "aaa")


@pytest.mark.parametrize("name", ["\0.py", "./", "/."])
def test_members_without_a_name(tmp_path, name):
    data = make_zip([("ab", b"1")]).replace(b"ab", name.encode()[:2])
    path = tmp_path / "ada.zip"
    path.write_bytes(data)
    refuse(path, "ada.zip")


def test_backslashes_and_dots_in_names_are_read_as_folders(tmp_path):
    path = write_zip(tmp_path, [("work\\a.py", b"1"), ("./b.py", b"2")])
    assert read_files(path) == {"b.py": b"2", "work/a.py": b"1"}


def test_links_in_an_archive_are_not_followed(tmp_path):
    target = tmp_path / "secret.py"
    target.write_text("SECRET = 1")
    link = (with_mode(SHEET, stat.S_IFLNK | 0o777), str(target))
    refuse(write_zip(tmp_path, [link]), "03_attention.ipynb (a link, which is not followed)")
    assert read_files(write_zip(tmp_path, [link, ("b.py", b"2")])) == {"b.py": b"2"}


@pytest.mark.parametrize(
    "mode, word", [(stat.S_IFIFO, "a pipe"), (stat.S_IFCHR, "no regular file"), (stat.S_IFDIR, "no regular")]
)
def test_special_members_are_passed_over(tmp_path, mode, word):
    refuse(write_zip(tmp_path, [(with_mode("a.py", mode | 0o666), b"1")]), f"a.py ({word}")


def test_members_with_usual_modes_are_read(tmp_path):
    path = write_zip(
        tmp_path, [(with_mode("a.py", stat.S_IFREG | 0o644), b"1"), (with_mode("b.py", 0), b"2")]
    )
    assert read_files(path) == {"a.py": b"1", "b.py": b"2"}


def test_one_giant_member_is_read_no_further_than_the_limit(tmp_path):
    path = write_zip(tmp_path, [("a.py", bytes(4 * SHEET_BYTES))])
    assert path.stat().st_size < SHEET_BYTES / 20
    tracemalloc.start()
    refuse(path, "a.py is too large", "20 MB a file")
    assert tracemalloc.get_traced_memory()[1] < 2 * SHEET_BYTES
    tracemalloc.stop()


def test_the_limit_of_a_file_is_exact(tmp_path):
    path = tmp_path / "a.py"
    path.write_bytes(bytes(SHEET_BYTES))
    assert len(read_files(path)["a.py"]) == SHEET_BYTES
    path.write_bytes(bytes(SHEET_BYTES + 1))
    refuse(path, "a.py is too large")


def test_many_large_members_are_counted_together(tmp_path):
    count = SUBMISSION_LIMIT // SHEET_BYTES
    members = [(f"{number}.py", bytes(SHEET_BYTES)) for number in range(count)]
    assert len(read_files(write_zip(tmp_path, members))) == count
    refuse(write_zip(tmp_path, [*members, ("z.py", b"1")]), "z.py is too large", "100 MB in all")


def test_members_that_share_their_bytes_are_counted_each(tmp_path):
    """As in the bomb that has thousands of names for one member."""
    data = make_zip([(f"{number:04}.py", bytes(SHEET_BYTES) if number == 0 else b"") for number in range(7)])
    first = data.index(b"PK\x01\x02")
    entry = data[first : data.index(b"PK\x01\x02", first + 4)]
    end = data[-22:-10] + struct.pack("<LLH", 7 * len(entry), first, 0)
    path = tmp_path / "ada.zip"
    path.write_bytes(data[:first] + 7 * entry + end)
    with zipfile.ZipFile(path) as archive:
        assert sum(member.file_size for member in archive.infolist()) == 7 * SHEET_BYTES
    refuse(path, "100 MB in all")


def test_members_that_are_no_sheets_are_never_unpacked(tmp_path):
    path = write_zip(tmp_path, [("model.bin", bytes(2 * SUBMISSION_LIMIT)), ("a.py", b"1")])
    tracemalloc.start()
    assert read_files(path) == {"a.py": b"1"}
    assert tracemalloc.get_traced_memory()[1] < SHEET_BYTES
    tracemalloc.stop()


def test_too_many_members(tmp_path):
    members = [(f"{number}.txt", b"") for number in range(COUNT_LIMIT + 1)]
    refuse(write_zip(tmp_path, members), "ada.zip holds too much", str(COUNT_LIMIT))


def test_a_table_of_contents_larger_than_any_honest_one(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "DIRECTORY_LIMIT", 2000)
    refuse(
        write_zip(tmp_path, [(f"{number}.txt", b"") for number in range(100)]), "The archive holds too much"
    )


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    refuse(write_zip(tmp_path, [("inner.zip", make_zip([(SHEET, CONTENT)]))]), "inner.zip")
    folder = tmp_path / "bob"
    folder.mkdir()
    (folder / "outer.zip").write_bytes(make_zip([("inner.zip", make_zip([(SHEET, CONTENT)]))]))
    refuse(folder, "inner.zip")
    (folder / "second.zip").write_bytes(make_zip([(SHEET, CONTENT)]))
    refuse(folder, "outer.zip", "second.zip")  # which of the two would be a guess


@pytest.mark.parametrize(
    "claim, words", [(0, "is damaged"), (10, "is damaged"), (2**32 - 2, "a.py is too large")]
)
def test_a_header_that_lies_about_the_size(tmp_path, claim, words):
    content = bytes(3 * SHEET_BYTES)
    data = bytearray(make_zip([("a.py", content)]))
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    struct.pack_into("<L", data, local + 22, claim)
    struct.pack_into("<L", data, central + 24, claim)
    path = tmp_path / "ada.zip"
    path.write_bytes(data)
    tracemalloc.start()
    refuse(path, words)
    assert tracemalloc.get_traced_memory()[1] < 2 * SHEET_BYTES
    tracemalloc.stop()


def test_an_encrypted_archive(tmp_path):
    data = bytearray(make_zip([("a.py", b"1")]))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "ada.zip"
    path.write_bytes(data)
    refuse(path, "without a password", "Received: a password")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compressions_that_unpack_without_a_bound_are_refused(tmp_path, compression):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        archive.writestr("a.py", b"1")
    path = tmp_path / "ada.zip"
    path.write_bytes(stream.getvalue())
    refuse(path, f"compression method {compression}")


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_truncated_archive(tmp_path, compression):
    data = make_zip([(SHEET, os.urandom(300))], compression)
    path = tmp_path / "ada.zip"
    for length in range(0, len(data), 7):
        path.write_bytes(data[:length])
        refuse(path, "ada.zip is damaged", "cut off")


def test_something_else_called_zip(tmp_path):
    path = tmp_path / "ada.zip"
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + os.urandom(1000))
    refuse(path, "ada.zip is damaged", "not a zip file")


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_an_archive_with_changed_bytes_is_read_or_refused(data):
    archive = bytearray(make_zip([("a/b.py", b"x = 1\n" * 20), (SHEET, CONTENT)]))
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ada.zip")
        path.write_bytes(archive)
        try:
            assert all(isinstance(content, bytes) for content in read_files(path).values())
        except UnreadableSubmission as error:
            assert str(error).isprintable()


def test_hostile_member_names_come_out_printable(tmp_path):
    path = write_zip(tmp_path, [("a\x1b[2J\n.py", b"1"), ("\u202eb<script>.py", b"2")])
    assert read_files(path) == {"_b<script>.py": b"2", "a_[2J_.py": b"1"}


def test_of_two_members_with_one_name_the_last_counts(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = write_zip(tmp_path, [("a.py", b"1"), ("a.py", b"2")])
    assert read_files(path) == {"a.py": b"2"}


# Folders and files


def test_a_notebook_of_50_megabytes(tmp_path):
    path = tmp_path / SHEET
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)
    refuse(path, SHEET, "at most 20 MB", "Clear the outputs")


def test_the_sheets_of_a_folder_are_counted_together(tmp_path):
    for number in range(6):
        with (tmp_path / f"{number}.py").open("wb") as stream:
            stream.truncate(19 * 2**20)
    refuse(tmp_path, "5.py is too large", "100 MB in all")


def test_a_folder_with_too_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr("course_lib.grading.classroom.intake.COUNT_LIMIT", 10)
    for number in range(11):
        (tmp_path / f"{number}.txt").touch()
    refuse(tmp_path, "holds too much")


@pytest.fixture
def never_opened(monkeypatch):
    """Fails when anything but a regular file is opened."""
    opened = os.open

    def watched(path, *arguments, **options):
        assert stat.S_ISREG(os.lstat(path).st_mode), f"{path} was opened"
        return opened(path, *arguments, **options)

    monkeypatch.setattr(archives.os, "open", watched)


def test_links_in_a_folder_are_not_followed(tmp_path, never_opened):
    outside, folder = tmp_path / "outside", tmp_path / "ada"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.py").write_text("SECRET = 1")
    (folder / SHEET).symlink_to(outside / "secret.py")
    (folder / "more").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.py").symlink_to("nowhere")
    refuse(folder, "03_attention.ipynb (a link, which is not followed)")
    (folder / "b.py").write_bytes(b"2")
    assert read_files(folder) == {"b.py": b"2"}


@pytest.mark.parametrize("name", ["ada", "ada.py", "ada.zip"])
def test_a_submission_that_is_a_link(tmp_path, never_opened, name):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.py").write_text("SECRET = 1")
    (tmp_path / name).symlink_to(tmp_path / "outside" / ("a.py" if "." in name else ""))
    refuse(tmp_path / name, "a link, which is not followed")
    assert hash_submission(tmp_path / name) != hash_submission(tmp_path / "outside" / "a.py")


def test_a_link_put_in_the_place_of_a_file_while_it_is_read(tmp_path, monkeypatch):
    path, secret = tmp_path / "ada.py", tmp_path / "secret.py"
    path.write_bytes(b"1")
    secret.write_bytes(b"2")
    opened = os.open

    def swap_and_open(place, *arguments):
        path.unlink()
        path.symlink_to(secret)
        return opened(place, *arguments)

    monkeypatch.setattr(archives.os, "open", swap_and_open)
    refuse(path, "ada.py cannot be opened")


def test_pipes_sockets_and_devices_are_never_opened(tmp_path, never_opened, monkeypatch):
    folder = tmp_path / "ada"
    folder.mkdir()
    os.mkfifo(folder / "pipe.py")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.py")
        refuse(folder, "pipe.py (a pipe)", "socket.py (a socket)")
        refuse(folder / "pipe.py", "a pipe")
        refuse(folder / "socket.py", "a socket")
        assert len(hash_submission(folder / "pipe.py")) == 64
    with pytest.raises(UnreadableSubmission, match="no regular file"):
        read_files("/dev/null")


@pytest.fixture
def without_privileges():
    """A folder all may enter; runs the test as a user to whom permissions apply."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    user = os.geteuid()
    try:
        yield folder
    finally:
        if user == 0:
            os.seteuid(0)
        for path in folder.rglob("*"):
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize("locked", ["ada.py", "ada.zip", "ada/a.py", "ada", "ada/inner"])
def test_what_may_not_be_read(without_privileges, locked):
    path = without_privileges / locked
    if "." in locked:
        path.parent.mkdir(exist_ok=True)
        path.touch()
    else:
        path.mkdir(parents=True)
    path.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
    refuse(
        without_privileges / Path(locked).parts[0],
        f"{Path(locked).name} cannot be opened",
        "Permission denied",
    )
    assert len(hash_submission(without_privileges / Path(locked).parts[0])) == 64


def test_a_fault_of_the_machine_is_not_the_students(tmp_path, monkeypatch):
    (tmp_path / "ada.py").touch()

    def broken(*arguments):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(archives.os, "open", broken)
    with pytest.raises(OSError, match="Input/output error"):
        read_files(tmp_path / "ada.py")


def test_a_folder_deeper_than_a_path_may_be(tmp_path, monkeypatch):
    top = tmp_path / "ada"
    top.mkdir()
    (top / "a.py").touch()
    inner = os.open(top, os.O_RDONLY)
    try:
        for _ in range(30):
            os.mkdir("d" * 200, dir_fd=inner)
            inner, outer = os.open("d" * 200, os.O_RDONLY, dir_fd=inner), inner
            os.close(outer)
    finally:
        os.close(inner)
    refuse(top, "cannot be opened", "name too long")


def test_file_names_that_are_no_text_come_out_as_text(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xff\x1b<b>.py", "wb") as stream:
        stream.write(b"1")
    assert read_files(tmp_path) == {"__<b>.py": b"1"}
    assert len(hash_submission(tmp_path)) == 64


# Hashes and times


def test_hashes(tmp_path):
    path = write_zip(tmp_path, [("a.py", b"1")])
    assert hash_submission(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    folder = tmp_path / "ada"
    hashes = []
    for contents in [
        {"a.py": b"1"},
        {"a.py": b"2"},
        {"b.py": b"1"},
        {"a.py": b"1", "b.py": b""},
        {"a.py1": b""},
    ]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        hashes.append(hash_submission(folder))
    assert len(set(hashes)) == len(hashes)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "a.py").write_bytes(b"1")
    (folder / "notes.txt").write_bytes(b"no sheet")
    assert hash_submission(folder) == hashes[0]


def test_a_folder_is_as_new_as_its_newest_sheet(tmp_path):
    for name, seconds in [("a.py", 1000), ("b.py", 3000), ("c.txt", 5000)]:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (seconds, seconds))
    assert modified_at(tmp_path) == 3000
    assert modified_at(tmp_path / "a.py") == 1000
