"""A folder to push as a repository: what learners need, a workflow that judges, and links for a JupyterHub.

The links are nbgitpuller's: https://nbgitpuller.readthedocs.io/en/latest/topic/url-options.html. The workflow
is an ordinary one of GitHub Actions, named as GitHub Classroom asks for
(https://github.com/classroom-resources/autograding-grading-reporter). It needs none of Classroom's own
actions, which say of themselves that Classroom has been given up.
"""

import re
from string import Template
from urllib.parse import quote, urlencode, urlsplit

from course_lib.authoring.exports.course_files import TEMPLATES, ExportError
from course_lib.authoring.exports.student import FOLDER, student_files

WORKFLOW = ".github/workflows/judge.yml"
PAGE = "RELEASE.md"
IGNORED = ".venv/\n.course/\n__pycache__/\n.ipynb_checkpoints/\n*.egg-info/\nresult.json\nverdicts.txt\n"


def repository_files(root, sheets, address="", hub="", branch="main"):
    """The files of the repository.

    Args:
        root: root of the course.
        sheets: the `Sheet`s to hand out.
        address: where the repository will be published, for links; needed with `hub`.
        hub: address of a JupyterHub; with it there is a page of links, `RELEASE.md`.
        branch: the branch that learners are given.

    Returns:
        Dict from name to bytes.

    Raises:
        ExportError: when a file of the course is missing, or an address is none.

    Example:
        >>> from course_lib.authoring import project_folder
        >>> from course_lib.authoring.exports import choose_sheets
        >>> files = repository_files(project_folder(), choose_sheets(["03"]))
        >>> WORKFLOW in files, "exercises/03_attention.ipynb" in files, PAGE in files
        (True, True, False)
    """
    page = release_page(sheets, address, hub, branch) if hub else None
    files = {name.removeprefix(f"{FOLDER}/"): data for name, data in student_files(root, sheets).items()}
    files[".gitignore"] = IGNORED.encode()
    files["README.md"] += (TEMPLATES / "pushing.md").read_bytes()
    workflow = (TEMPLATES / "judge.yml").read_text(encoding="utf-8")
    files[WORKFLOW] = workflow.replace("@SHEETS@", " ".join(sheet.name for sheet in sheets)).encode()
    if page:
        files[PAGE] = page.encode()
    return files


def pull_link(hub, repository, path, branch="main"):
    r"""A link that copies a repository into the learner's home on a hub and opens a notebook in JupyterLab.

    Args:
        hub: address of the JupyterHub.
        repository: address of the repository.
        path: the notebook, from the repository's folder.
        branch: the branch.

    Raises:
        ExportError: when an address is not one of the web.

    Example:
        >>> link = pull_link("https://hub.example.edu/", "https://github.com/you/course.git", "a.ipynb")
        >>> print(link.replace("&", "\n&"))
        https://hub.example.edu/hub/user-redirect/git-pull?repo=https%3A%2F%2Fgithub.com%2Fyou%2Fcourse.git
        &branch=main
        &urlpath=lab%2Ftree%2Fcourse%2Fa.ipynb%3Fautodecode
    """
    hub, repository = _address(hub, "the hub"), _address(repository, "the repository")
    if not re.fullmatch(r"[\w][\w./-]*", branch):
        raise ExportError(f"Expected the name of a branch. Received: {branch!r}.")
    folder = repository.rpartition("/")[2].removesuffix(".git")
    options = {"repo": repository, "branch": branch, "urlpath": f"lab/tree/{folder}/{path}?autodecode"}
    query = urlencode(options, quote_via=quote, safe="")
    return f"{hub}/hub/user-redirect/git-pull?{query}"


def _address(text, what):
    parts = urlsplit(text.strip())
    is_plain = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    if not is_plain or parts.username or re.search(r"\s", text.strip()):
        raise ExportError(
            f"Expected the address of {what}, such as https://example.org/course. Received: {text!r}."
        )
    return text.strip().rstrip("/")


def release_page(sheets, address, hub, branch="main"):
    """The page of links, in Markdown: for each chapter one to the chapter and one to its sheet.

    Raises:
        ExportError: when an address is missing or none.
    """
    if not address:
        raise ExportError(
            "Links need the address of the repository: --address, or `Repository` under [project.urls] in "
            "pyproject.toml."
        )
    rows = []
    for sheet in sheets:
        places = (f"notebooks/{sheet.name}.ipynb", f"exercises/{sheet.name}.ipynb")
        chapter, exercises = (pull_link(hub, address, place, branch) for place in places)
        number = len(sheet.exercises)
        rows.append(
            f"| [{sheet.title}]({chapter}) | [{number} exercises, {sheet.points} points]({exercises}) |"
        )
    text = (TEMPLATES / "release.md").read_text(encoding="utf-8")
    return Template(text).substitute(title="Attention, the Transformer and BERT", rows="\n".join(rows))
