"""Sentences and tables whose numbers a notebook computed."""


def say(text):
    """Shows a sentence below a cell.

    Args:
        text: markdown, its numbers put in by the cell that says it.

    Example:
        >>> from course_lib.chapters import say
        >>> say("Two and two are **4**.")
        <IPython.core.display.Markdown object>

    Taught in: notebooks/01_language_models
    """
    from IPython.display import Markdown, display

    display(Markdown(text))


def table(header, rows):
    """Shows rows as a table below a cell.

    Args:
        header: list of the columns' names.
        rows: list of lists, one value for each column.

    Raises:
        ValueError: if a row has not one value for each column.

    Example:
        >>> from course_lib.chapters import table
        >>> table(["score", "BLEU"], [["dot", 36.9], ["additive", 38.1]])
        <IPython.core.display.Markdown object>

    Taught in: notebooks/01_language_models
    """
    for row in rows:
        if len(row) != len(header):
            raise ValueError(
                f"`rows` must have a value for each column of {header}. Received a row of {len(row)}: {row}."
            )
    lines = [header, ["---"] * len(header), *rows]
    say("\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines))
