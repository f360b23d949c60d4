"""A chapter's source and its stored notebook: the same cells, and outputs that came from this code."""

import hashlib
import json
from pathlib import Path

from course_lib.authoring.links import section_of
from course_lib.files import write_whole


class CodeDiffersError(ValueError):
    """Raised when a stored notebook was executed from other code than its source has now."""


def read_source(source: Path, with_notes: bool = False):
    """Reads a percent-format source as a notebook.

    Args:
        source: path of a `notebooks/NN_topic.py`.
        with_notes: whether the speaker's notes are among the cells; notebooks have none.

    Returns:
        an nbformat notebook without outputs. The cell that begins section 3.4 has the id `section-3-4`, to
        which links lead; other ids are taken from what the cells say.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "sample.py")
        >>> _ = path.write_text("# %% [markdown]\\n# # Title\\n\\n# %%\\n6 * 7\\n")
        >>> [cell.source for cell in read_source(path).cells]
        ['# Title', '6 * 7']
    """
    import jupytext

    notebook = jupytext.read(source, fmt="py:percent")
    if not with_notes:
        notebook.cells = [cell for cell in notebook.cells if not is_note(cell)]
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        section = section_of(cell.source) if cell.cell_type == "markdown" else None
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:12]
        name = section[0] if section else digest
        seen[name] = seen.get(name, 0) + 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return notebook


def is_note(cell) -> bool:
    """Whether a cell is for the speaker alone: it stands in the source and on slides, not in the notebook."""
    return cell.metadata.get("slideshow", {}).get("slide_type") == "notes"


def executed_with_notes(path: Path):
    """A stored notebook with the speaker's notes of the source beside it, at their places.

    Args:
        path: of an executed `.ipynb`; without a source beside it there are no notes.

    Returns:
        an nbformat notebook.

    Raises:
        CodeDiffersError: when the two have not the same cells.
    """
    import nbformat

    stored, source = nbformat.read(path, as_version=4), path.with_suffix(".py")
    if not source.exists():
        return stored
    written, executed = read_source(source, with_notes=True), iter(stored.cells)
    cells = [cell if is_note(cell) else next(executed, None) for cell in written.cells]
    if None in cells or next(executed, None) is not None:
        raise CodeDiffersError(
            f"Expected {path.name} with the cells of {source.name}. Received: another number of cells; run "
            f"`course notebooks {source.stem}`."
        )
    stored.cells = cells
    return stored


def code_hash(notebook) -> str:
    """The sha256 of a notebook's code: what its outputs depend on, and nothing else.

    Text between the cells, tags, outputs, line ends and blank lines around a cell do not count.

    Args:
        notebook: an nbformat notebook, of a source or stored.

    Returns:
        64 hexadecimal digits.

    Example:
        >>> import nbformat.v4 as v4
        >>> code = v4.new_code_cell("a = 1")
        >>> windows = v4.new_notebook(cells=[v4.new_markdown_cell("One"), v4.new_code_cell("a = 1\\r\\n")])
        >>> code_hash(windows) == code_hash(v4.new_notebook(cells=[code]))
        True
        >>> code_hash(windows) == code_hash(v4.new_notebook(cells=[code, code]))
        False
    """
    return hashlib.sha256(json.dumps(_code_of(notebook)).encode()).hexdigest()


def is_current(source: Path) -> bool:
    """Whether the notebook beside a source holds its cells, all and in order, with outputs of this code.

    Args:
        source: path of a `notebooks/NN_topic.py`.

    Returns:
        False as well when there is no notebook.

    Example:
        >>> is_current(Path("no_such_chapter.py"))
        False
    """
    if not source.with_suffix(".ipynb").exists():
        return False
    written, stored = read_source(source), _stored(source)
    return _cells(written) == _cells(stored) and _executed_from(stored) == code_hash(written)


def update_text(source: Path) -> bool:
    """Brings a source's text and tags into the notebook stored beside it; nothing is executed.

    Code and outputs stay as they are.

    Args:
        source: path of a `notebooks/NN_topic.py`.

    Returns:
        whether the stored notebook had to be changed.

    Raises:
        CodeDiffersError: when the notebook was executed from other code, or never; it is left as it was.

    Example:
        >>> update_text(Path("no_such_chapter.py"))
        Traceback (most recent call last):
        course_lib.authoring.stored_notebooks.CodeDiffersError: ...
    """
    path = source.with_suffix(".ipynb")
    execute = f"run `course notebooks {source.stem}`, which executes it."
    if not path.exists():
        raise CodeDiffersError(f"Expected {path.name}, executed. Received: no such file; {execute}")
    written, stored = read_source(source), _stored(source)
    if not code_hash(written) == code_hash(stored) == _executed_from(stored):
        raise CodeDiffersError(
            f"Expected {path.name} executed from the code of {source.name}, so that only text differs. "
            f"Received: {_first_difference(written, stored)}; {execute}"
        )
    outputs = iter([cell for cell in stored.cells if cell.cell_type == "code"])
    for cell in written.cells:
        if cell.cell_type == "code":
            executed = next(outputs)
            cell.execution_count, cell.outputs = executed.execution_count, executed.outputs
    written.metadata = stored.metadata
    written.nbformat, written.nbformat_minor = stored.nbformat, stored.nbformat_minor
    text = as_text(written)
    is_changed = text != path.read_text(encoding="utf-8")
    if is_changed:
        write_whole(path, text)
    return is_changed


def as_text(notebook) -> str:
    """A notebook as the text of its file."""
    import nbformat

    return nbformat.writes(notebook, version=4) + "\n"


def _stored(source):
    import nbformat

    return nbformat.read(source.with_suffix(".ipynb"), as_version=4)


def _cells(notebook):
    return [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def _executed_from(notebook):
    return notebook.metadata.get("course", {}).get("code_sha256")


def _code_of(notebook):
    sources = (cell.source for cell in notebook.cells if cell.cell_type == "code")
    return [source.replace("\r\n", "\n").strip("\n") for source in sources]


def _first_difference(written, stored):
    now, then = _code_of(written), _code_of(stored)
    for number, (new, old) in enumerate(zip(now, then, strict=False), start=1):
        if new != old:
            return f"code cell {number} changed ({(new.strip() or 'empty').splitlines()[0][:60]})"
    if len(now) != len(then):
        return f"{len(now)} code cells in the source, {len(then)} in the notebook"
    return "a notebook whose code was changed after it was executed"
