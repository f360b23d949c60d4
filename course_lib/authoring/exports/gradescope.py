"""An autograder for Gradescope: the checks of one sheet, and the two scripts Gradescope calls.

Reference: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from course_lib.authoring.exports.course_files import TEMPLATES, library_files, pinned_requirements, read_file


def gradescope_files(root, sheet):
    """The files of the autograder's zip.

    Args:
        root: root of the course.
        sheet: the `Sheet` that is marked.

    Returns:
        Dict from name to bytes.

    Raises:
        ExportError: when a file of the course is missing.

    Example:
        >>> from course_lib.authoring import project_folder
        >>> from course_lib.authoring.exports import choose_sheets
        >>> files = gradescope_files(project_folder(), choose_sheets(["03"])[0])
        >>> sorted(name for name in files if "/" not in name)
        ['requirements.lock', 'requirements.txt', 'run_autograder', 'setup.sh']
    """
    files = library_files(root, [sheet])
    files["requirements.lock"] = read_file(root, "requirements.lock")
    files["requirements.txt"] = pinned_requirements(root)
    for name in ("setup.sh", "run_autograder"):
        files[name] = (TEMPLATES / name).read_text(encoding="utf-8").replace("@SHEET@", sheet.name).encode()
    return files
