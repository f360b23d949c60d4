"""Which submissions share code that few others have: something to look at, never a verdict.

Fingerprints of code are compared, not its text: names of variables, comments and layout play no part. What
was handed out, what stands in the course's own solutions, and what many students wrote alike is left out
first.
"""

import io
import math
from dataclasses import dataclass

import numpy as np

from course_lib.grading.classroom.intake import UnreadableSubmission
from course_lib.grading.classroom.submitted_sheets import read_sheets
from course_lib.grading.worker.cells import python_lines, read_cells

NOISE = 25  # characters of a fingerprint, names shortened to a letter: about a line
LONGEST_LINE, MOST_LINES, LONGEST = 500, 3000, 60_000  # of a submission: characters, lines, characters
COMMON_SHARE, COMMON_LEAST = 0.1, 4  # what more students than these share is the usual way to write it
LEAST_SHARED = 40  # fingerprints, about three lines
NUM_PAIRS = 50
NUM_FRAGMENTS = 8


@dataclass(frozen=True)
class Pair:
    """Two submissions and what they share.

    Attributes:
        students: the two.
        shares: how much of each one's own code the other has, 0 to 1.
        likeness: the geometric mean of the two shares, by which pairs are ordered.
        fragments: per student, the shared places as text, in order.
    """

    students: tuple[str, str]
    shares: tuple[float, float]
    likeness: float
    fragments: tuple[tuple[str, ...], tuple[str, ...]]


def read_code(files):
    """The code of a submission as plain text: no outputs, prose, or blank lines, and of bounded length.

    Args:
        files: Dict from name to text, as `read_sheets` gives it.

    Returns:
        a string.

    Example:
        >>> read_code({"a.py": "x = 1  \\n\\n# %% [markdown]\\n# prose\\n# %%\\ny = 2\\n"})
        'x = 1\\ny = 2'
    """
    lines = []
    for name, text in files.items():
        try:
            cells = read_cells(text, name)
        except ValueError:  # no notebook
            continue
        lines += [line for cell in cells for line in python_lines(cell.source)]
    # The lexer's time grows with the square of blank space and of long lines.
    lines = [line.rstrip()[:LONGEST_LINE] for line in lines]
    return "\n".join([line for line in lines if line][:MOST_LINES])[:LONGEST]


def read_codes(submissions):
    """The code of every submission that can be read.

    Returns:
        a pair: dict from student to code; list of students whose submission could not be read.
    """
    codes, unread = {}, []
    for submission in submissions:
        try:
            codes[submission.student] = read_code(read_sheets(submission.path))
        except (UnreadableSubmission, OSError):
            unread.append(submission.student)
    return codes, unread


def find_pairs(codes, known):
    """The most similar pairs, at most `NUM_PAIRS` of them.

    Args:
        codes: Dict from student to code, as `read_code` gives it.
        known: list of codes that anybody may share: the blank sheets and the solutions.

    Returns:
        list of `Pair`, most similar first.

    Raises:
        RuntimeError: when the library that takes the fingerprints is not installed.
    """
    students = sorted(codes)
    prints = _own_fingerprints([_fingerprints(codes[student]) for student in students], known)
    sizes = np.array([len(each) for each in prints])
    shared = _count_shared(prints)
    first, second = np.nonzero(shared >= LEAST_SHARED)
    likeness = shared[first, second] / np.sqrt(sizes[first] * sizes[second])
    pairs = []
    for place in np.lexsort((second, first, -likeness))[:NUM_PAIRS]:
        both = (int(first[place]), int(second[place]))
        common = np.intersect1d(prints[both[0]], prints[both[1]], assume_unique=True)
        names = (students[both[0]], students[both[1]])
        pairs.append(
            Pair(
                names,
                tuple(float(shared[both] / sizes[one]) for one in both),
                float(likeness[place]),
                _fragments(codes[names[0]], codes[names[1]], common),
            )
        )
    return pairs


def _library():
    try:
        from copydetect import detector, utils
    except ImportError:
        raise RuntimeError(
            "The similarity report needs copydetect: pip install 'attention-course[similarity]'."
        ) from None
    return detector, utils


def _fingerprints(code):
    _, utils = _library()
    text, _ = utils.filter_code(code, "sheet.py", "python")
    return np.unique(utils.hashed_kgrams(text, NOISE).astype(np.int64))


def _own_fingerprints(prints, known):
    """What is left of each when the known and the common is taken away."""
    values, counts = np.unique(np.concatenate([*prints, np.array([], np.int64)]), return_counts=True)
    most = max(COMMON_LEAST, math.floor(COMMON_SHARE * len(prints)))
    left_out = np.concatenate([values[counts > most], *map(_fingerprints, known)])
    return [np.setdiff1d(each, left_out, assume_unique=True) for each in prints]


def _count_shared(prints):
    """How many fingerprints each two have in common: a matrix, filled above its diagonal."""
    size = len(prints)
    owners = np.repeat(np.arange(size), [len(each) for each in prints])
    values = np.concatenate([*prints, np.array([], np.int64)])
    order = np.argsort(values, kind="stable")
    owners, values = owners[order], values[order]
    shared = np.zeros(size * size, np.int64)
    for step in range(1, size):  # the owners of one value stand side by side, and are few
        is_same = values[step:] == values[:-step]
        if not is_same.any():
            break
        places = owners[:-step][is_same] * size + owners[step:][is_same]
        shared += np.bincount(places, minlength=size * size)
    return shared.reshape(size, size)


def _fragments(first, second, common):
    """Where the shared fingerprints stand in two codes, as whole lines."""
    detector, _ = _library()
    common, documents = set(common.tolist()), []
    for code in (first, second):
        document = detector.CodeFingerprint("sheet.py", NOISE, 1, language="python", fp=io.StringIO(code))
        document.hashes = {value for value in document.hashes if int(value) in common}
        documents.append(document)
    _, _, slices = detector.compare_files(*documents)
    return tuple(_lines(code, places) for code, places in zip((first, second), slices, strict=True))


def _lines(code, places):
    fragments = []
    for start, end in places.T.astype(int).tolist():
        start = code.rfind("\n", 0, max(0, start)) + 1
        stop = code.find("\n", max(start, end - 1))
        fragments.append(code[start : stop if stop >= 0 else len(code)])
    longest = sorted(range(len(fragments)), key=lambda place: -len(fragments[place]))[:NUM_FRAGMENTS]
    return tuple(fragments[place] for place in sorted(longest))
