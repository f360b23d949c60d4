"""The results as markdown, for the teaching guide."""

from benchmarks.graders.attacks import HARM
from benchmarks.hardware import machine_in_words

NAMES = {
    "course grade": "`course grade`",
    "otter run": "`otter run`",
    "nbgrader autograde": "`nbgrader autograde`",
}


def speed_table(record):
    """Seconds for each submission, by grader."""
    machine, kinds = record["machine"], record["answers"]
    lines = [
        "| grader | version | seconds per submission | fastest to slowest round | one process at a time |",
        "|---|---|---:|---:|---:|",
    ]
    alone = record["one_process_seconds_per_submission"]
    for name, values in record["graders"].items():
        spread = f"{values['fastest_round']:.2f} to {values['slowest_round']:.2f}"
        single = f"{alone[name]:.2f}" if name in alone else ""
        version, seconds = record["versions"][name], values["seconds_per_submission"]
        lines.append(f"| {NAMES[name]} | {version} | {seconds:.2f} | {spread} | {single} |")
    rounds = len(next(iter(record["graders"].values()))["rounds"])
    lines += [
        "",
        f"Sheet {record['sheet']}, {record['exercises']} exercises, {record['judged_calls']} judged calls; "
        f"{record['students']} submissions ({kinds['right']} right, {kinds['wrong']} wrong, {kinds['blank']} "
        f"blank answers, seed {record['seed']}), {record['processes']} processes at a time, median of "
        f"{rounds} rounds that alternate between the graders; "
        f"{machine_in_words(machine)}.",
    ]
    if record["large_class"]:
        large = record["large_class"]
        lines.append(
            f"`course grade` alone on {large['students']} submissions took {large['minutes']:.1f} minutes, "
            f"which is {large['minutes_for_300']:.1f} minutes for 300."
        )
    for name, found in record["differs_from_points_due"].items():
        lines += [f"{NAMES[name]} differs: {words} ({len(who)} ×)." for words, who in found.items()]
    return "\n".join(lines)


def outcome(meeting):
    """What came of an attack, in a cell of the table."""
    if meeting is None:
        return "not run"
    if not meeting["harm"]:
        return "survived"
    words = [HARM[kind] for kind in meeting["harm"]]
    return f"**{words[0]}**" + "".join(f", {word}" for word in words[1:])


def attack_table(record):
    """Attack by grader, and how many each survived."""
    names = [name for name in NAMES if any(name in row["graders"] for row in record["attacks"].values())]
    lines = [
        f"| attack | what it does | {' | '.join(NAMES[name] for name in names)} |",
        "|---|---|" + "---|" * len(names),
    ]
    for attack, row in record["attacks"].items():
        cells = [outcome(row["graders"].get(name)) for name in names]
        lines.append(f"| {attack.replace('_', ' ')} | {row['what']} | {' | '.join(cells)} |")
    counts = []
    for name in names:
        met = [row["graders"][name] for row in record["attacks"].values() if name in row["graders"]]
        survived = sum(not meeting["harm"] for meeting in met)
        stolen = sum("stolen" in meeting["harm"] for meeting in met)
        counts.append(f"{NAMES[name]} survived {survived} of {len(met)}, marks stolen by {stolen}")
    return "\n".join([*lines, "", "; ".join(counts) + ".", "", record["box"]])
