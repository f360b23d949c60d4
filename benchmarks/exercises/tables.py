"""Exercises on backends and devices, as markdown."""

TITLES = ("device", "backend", "products", "solutions accepted", "mutants told their mistake", "minutes")


def exercises_table(record):
    """A row for each run, and what was not judged as it should be."""
    lines = [f"| {' | '.join(TITLES)} |", "|---|---|---|---:|---:|---:|"]
    notes = []
    for run in record["runs"]:
        accepted = run["solutions"] - len(run["rejected"])
        told = run["mutants"] - len(run["misjudged"])
        cells = [run["device"], run["backend"], run["precision"], f"{accepted:,} of {run['solutions']:,}"]
        cells += [f"{told:,} of {run['mutants']:,}", run["minutes"]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
        where = f"{run['backend']}, {run['precision']}"
        for exercise in sorted({one["exercise"] for one in run["rejected"]}):
            needed = [one["needed_tolerance"] for one in run["rejected"] if one["exercise"] == exercise]
            accepts = "none that was tried" if None in needed else f"{max(needed):.0e}"
            notes.append(
                f"{where}: the solution of `{exercise}` is rejected; a tolerance that accepts it: {accepts}."
            )
        for name, mutant in sorted({(one["exercise"], one["mutant"]) for one in run["misjudged"]}):
            said = {str(one["told"]) for one in run["misjudged"] if one["mutant"] == mutant}
            notes.append(f"{where}: `{name}.{mutant}` is told {', '.join(sorted(said))}.")
    return "\n".join([*lines, "", *notes])
