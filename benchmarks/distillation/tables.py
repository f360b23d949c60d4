"""What a student keeps, as markdown."""

from statistics import mean, median

from benchmarks.minutes.tables import measured

NAMES = {"sst2": "SST-2, accuracy", "mrpc": "MRPC, F1"}


def distillation_table(record):
    """Scores of teachers and students, what is kept, and the sizes and speeds below."""
    groups = {}
    for run in record["runs"]:
        if run["kind"] == "run":
            groups.setdefault((run["task"], run["who"]), []).append(run["score"])
    lines = ["| task | who | seeds | percent | kept |", "|---|---|---:|---:|---:|"]
    for (task, who), scores in groups.items():
        teacher = groups.get((task, "teacher"))
        kept = f"{100 * mean(scores) / mean(teacher):.1f} %" if teacher and who != "teacher" else ""
        lines.append(f"| {NAMES[task]} | {who} | {len(scores)} | {measured(scores)} | {kept} |")
    lines += ["", f"{record['data']}; means over seeds and 95 % intervals."]
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
