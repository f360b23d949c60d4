"""What a student keeps, as markdown."""

from statistics import median

from benchmarks.minutes.tables import measured

NAMES = {"sst2": "SST-2, accuracy", "mrpc": "MRPC, F1"}
ALONE = "student, labels alone"


def distillation_table(record):
    """Scores of teachers and students, what is kept, and the sizes and speeds below."""
    scores = {}
    for run in record["runs"]:
        if run["kind"] == "run":
            scores.setdefault((run["task"], run["who"]), {})[run["seed"]] = run["score"]
    lines = [
        "| task | who | seeds | percent | kept, % | ahead of labels alone |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for (task, who), by_seed in scores.items():
        kept = ahead = ""
        if who != "teacher":
            kept = measured([100 * score / scores[task, "teacher"][seed] for seed, score in by_seed.items()])
        if who not in ("teacher", ALONE):
            ahead = measured([score - scores[task, ALONE][seed] for seed, score in by_seed.items()], "+.1f")
        score = measured(list(by_seed.values()), lowest=0, highest=100)
        cells = [NAMES[task], who, len(by_seed), score, kept, ahead]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    intervals = "means over seeds and 95 % intervals, of what is kept and ahead seed by seed"
    lines += ["", f"{record['data']}; {intervals}."]
    for run in record["runs"]:
        if run["kind"] == "speed":
            teacher, student = run["parameters"]
            ratios = ", ".join(f"{size}: {median(r):.2f}" for size, r in run["ratios"].items())
            fewer = f"{1 - student / teacher:.0%} fewer"
            lines[-1] += (
                f" {teacher:,} parameters and {student:,}, {fewer}. Times as fast as its teacher, by "
                f"sentences of 32 tokens at a time: {ratios} (medians of rounds taken in turn)."
            )
    return "\n".join(lines)
