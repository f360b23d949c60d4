"""The counts of wrong answers as markdown."""

from benchmarks.hardware import machine_in_words

COLUMNS = {
    "wrong answers": "wrong",
    "accepted": "accepted",
    "named": "named",
    "described": "described",
    "exception, shape or kind told": "seen",
    "unknown": "unknown",
    "misled": "misled",
}


def wrong_answers_table(record):
    """A row for each source of wrong answers.

    Args:
        record: dict from a source, `"mutants"` or `"held out"`, to its counts.

    Returns:
        the table, and what it rests on.
    """
    lines = [f"| | {' | '.join(COLUMNS)} | right answers rejected |", "|---|" + "---:|" * (len(COLUMNS) + 1)]
    notes = []
    for source, counts in record.items():
        cells = [f"{counts.get(key, 0)}{_share(counts, key)}" for key in COLUMNS.values()]
        right = f"{counts['right_rejected']} of {counts['right']}" if counts.get("right") else ""
        lines.append(f"| {source} | {' | '.join(cells)} | {right} |")
        machine = counts["hardware"]
        notes.append(
            f"{source}: {counts['answers']} answers, seeds {', '.join(map(str, counts['seeds']))}"
            + (
                f", {counts['equivalent']} left out as equal to the solution"
                if "equivalent" in counts
                else ""
            )
            + f"; {machine_in_words(machine)}."
        )
    return "\n".join([*lines, "", *notes])


def _share(counts, key):
    if key == "wrong" or not counts.get(key):
        return ""
    return f" ({counts[key] / counts['wrong']:.1%})"
