"""The name of a student's files."""

import hashlib
import re

LONGEST = 60
SAFE = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")
RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?"
)  # devices on Windows, whatever follows the dot
HASHED = re.compile(r".*-[0-9a-f]{16}")


def student_file_name(student):
    """A file name for a student, safe on every system and different for every student.

    An id of lower-case letters, digits, dots, dashes and underscores stays as it is. Of any other, what is
    safe is kept and a hash of the whole id added: so two ids that differ only by case or by a character that
    was left out get different names, also where the file system does not tell `Ada` from `ada`.

    Args:
        student: the id, any string.

    Returns:
        the name without an ending, at most `LONGEST` characters.

    Example:
        >>> student_file_name("ada.lovelace")
        'ada.lovelace'
        >>> student_file_name("Ada"), student_file_name("../ada")
        ('ada-99a563ab2f6e21e9', 'ada-60088279524e0fd6')
    """
    is_safe = len(student) <= LONGEST and SAFE.fullmatch(student)
    # An id that looks like a name with a hash gets one of its own, or it could be chosen to equal that name.
    if is_safe and not RESERVED.fullmatch(student) and not HASHED.fullmatch(student):
        return student
    kept = re.sub(r"[^a-z0-9]+", "-", student[: 10 * LONGEST].lower()).strip("-")[: LONGEST - 17].strip("-")
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{kept or 'student'}-{digest}"
