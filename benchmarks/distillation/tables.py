"""What a student keeps, as markdown."""

from statistics import median

from benchmarks.minutes.tables import measured

NAMES = {"sst2": "SST-2, accuracy", "mrpc": "MRPC, F1"}
ALONE = "student, labels alone"
TOLD = ("student, with its teacher", "student, begun as its teacher")


def scores_by_seed(record):
    """Scores from a task and who was asked, by seed."""
    scores = {}
    for run in record["runs"]:
        if run["kind"] == "run":
            scores.setdefault((run["task"], run["who"]), {})[run["seed"]] = run["score"]
    return scores


def kept(scores, task, who):
    """Percent of the teacher's score, seed by seed."""
    return [100 * score / scores[task, "teacher"][seed] for seed, score in scores[task, who].items()]


def ahead_of_alone(scores, task, who):
    """Points ahead of the student that has labels alone, seed by seed."""
    return [score - scores[task, ALONE][seed] for seed, score in scores[task, who].items()]


def distillation_table(record):
    """Scores of teachers and students, what is kept, and the sizes and speeds below."""
    scores = scores_by_seed(record)
    lines = [
        "| task | who | seeds | percent | kept, % | ahead of labels alone |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for (task, who), by_seed in scores.items():
        share = "" if who == "teacher" else measured(kept(scores, task, who))
        lead = measured(ahead_of_alone(scores, task, who), "+.1f") if who in TOLD else ""
        score = measured(list(by_seed.values()), lowest=0, highest=100)
        cells = [NAMES[task], who, len(by_seed), score, share, lead]
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
