"""What keeps an executed notebook from being shown to people."""

import re

MAXIMUM_IMAGE_BYTES = 100_000
MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:work|root|home|Users|tmp|opt|usr|private|mnt)/[\w.-]+|[A-Z]:\\Users"
)
OBJECT_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
IMAGE_TYPES = ("image/png", "image/svg+xml", "image/jpeg")


def notebook_problems(notebook) -> list[str]:
    """What keeps an executed notebook from being shown to people.

    Args:
        notebook: an nbformat notebook with outputs.

    Returns:
        one line per problem, naming the cell by its number (from 1) and first line: errors, anything written
        to stderr (warnings), machine paths, addresses of objects, pictures above 100 kB. Empty when there is
        none.

    Example:
        >>> import nbformat.v4 as v4
        >>> warning = v4.new_output("stream", name="stderr", text="Warning: old")
        >>> cell = v4.new_code_cell("x", outputs=[warning])
        >>> notebook_problems(v4.new_notebook(cells=[cell]))
        ["cell 1 (x): wrote to stderr: 'Warning: old'"]
    """
    problems = []
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        where = f"cell {number} ({first_line(cell.source)})"
        for output in cell.outputs:
            text = _text_of(output)
            if output.output_type == "error":
                problems.append(f"{where}: raised {output.ename}: {output.evalue}")
            elif output.output_type == "stream" and output.name == "stderr":
                problems.append(f"{where}: wrote to stderr: {text.strip()[:300]!r}")
            elif match := MACHINE_PATH.search(text):
                problems.append(f"{where}: shows a path of this machine: {match.group()!r}")
            elif match := OBJECT_ADDRESS.search(text):
                problems.append(f"{where}: shows the address of an object: {match.group()!r}")
            size = len(output.get("data", {}).get("image/png", "")) * 3 // 4  # of the picture, not its text
            if size > MAXIMUM_IMAGE_BYTES:
                problems.append(f"{where}: shows a picture of {size:,} bytes: make it smaller or coarser")
    return problems


def first_line(source: str) -> str:
    """The first line of a cell that says something, cut to 60 characters.

    Args:
        source: the text of a cell.

    Returns:
        one line, or `"empty"`.

    Example:
        >>> first_line("\\n# Train both models\\nmodel.fit(batches)")
        '# Train both models'
    """
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    return lines[0][:60] if lines else "empty"


def _text_of(output) -> str:
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return "\n".join(str(value) for kind, value in output.data.items() if kind not in IMAGE_TYPES)
