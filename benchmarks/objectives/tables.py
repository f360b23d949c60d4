"""The ladder as markdown."""

from benchmarks.hardware import machine_in_words
from benchmarks.minutes.tables import measured
from benchmarks.objectives.rungs import CHINESE_RUNGS, JUDGES, MASKED, REPLACED, TOY_RUNGS, TOY_SHOWN

NUM_LABELLED = ("30", "300")  # sentences
KINDS = ("names", "other words")  # of blanks


def runs_of(record, **wanted):
    """The runs with these values, by seed."""
    found = [run for run in record["runs"] if wanted.items() <= run.items()]
    return sorted(found, key=lambda run: run["seed"])


def above_floor(run):
    """Nats above the floor of what a rung predicts, if it predicts words."""
    for name in ("masked_words", "next_words"):
        if name in run:
            return run[name]["above_floor"]
    return None


def line(*cells):
    """A row of a table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def mean(values, form, **bounds):
    """The mean and its interval; nothing where a value is missing."""
    values = list(values)
    return "" if not values or None in values else measured(values, form, **bounds)


def percent(values):
    """The same of percentages."""
    return mean(values, ".1f", lowest=0, highest=100)


def cost_of(runs):
    """Millions of products of a step, and steps; nothing where nothing was trained."""
    if not runs or "steps" not in runs[0]:
        return "", ""
    return f"{runs[0]['multiplications_a_step'] / 1e6:,.0f}", f"{runs[0]['steps']:,}"


def toy_table(record):
    """Every rung: what a step costs, the floor, pairs, and roles."""
    titles = [f"roles, {count}, {way}" for count in NUM_LABELLED for way in ("frozen", "fine-tuned")]
    lines = [
        line("objective", "million products a step", "steps", "above the floor, nats", *titles, "seeds"),
        "|---|" + "---:|" * (len(titles) + 4),
    ]
    for name in (*(rung.name for rung in TOY_SHOWN), "not pre-trained"):
        if not (runs := runs_of(record, rung=name, part=1.0)):
            continue
        roles = [
            percent([100 * run["roles"][count][way] for run in runs])
            for count in NUM_LABELLED
            for way in ("frozen", "fine-tuned")
        ]
        lines.append(line(name, *cost_of(runs), mean(map(above_floor, runs), ".2f"), *roles, len(runs)))
    notes = [f"{record['data']}; mean over seeds and 95 % interval."]
    for rung in TOY_RUNGS:
        if found := [run["pairs"] for run in runs_of(record, rung=rung.name, part=1.0) if "pairs" in run]:
            said, best = (
                100 * sum(pair[key] for pair in found) / len(found) for key in ("accuracy", "best_accuracy")
            )
            notes.append(f"Pairs judged rightly by *{rung.name}*: {said:.1f} of at most {best:.1f} %.")
    return "\n".join([*lines, "", " ".join(notes)])


def area(scores):
    """The area under the curve in percent, where there is one."""
    return scores and 100 * scores["area_under_curve"]


def judges_table(record):
    """The discriminator beside the best possible judge, by share of the budget."""
    titles = ("replaced", "found", "false alarms", "area under the curve", "of the best judge")
    titles += ("the same among chosen places", "of the best judge")
    shares = [f"{title}, %" for title in titles]
    lines = [
        line("objective", "steps", "generator above its floor, nats", *shares, "seeds"),
        "|---|" + "---:|" * (len(titles) + 3),
    ]
    names = ("judge", "best_judge", "judge_of_chosen", "best_judge_of_chosen")
    for rung in (REPLACED, *JUDGES):
        parts = sorted({run["part"] for run in runs_of(record, rung=rung.name) if "judge" in run})
        for part in parts:
            runs = runs_of(record, rung=rung.name, part=part)
            shares = [
                percent([100 * run[key] for run in runs])
                for key in ("replaced_share", "found_share", "false_alarms")
            ]
            areas = [percent([area(run[name]) for run in runs]) for name in names]
            above = mean([run["generator"] and run["generator"]["above_floor"] for run in runs], ".2f")
            lines.append(line(rung.name, f"{runs[0]['steps']:,}", above, *shares, *areas, len(runs)))
    return "\n".join([*lines, "", f"{record['data']}; mean over seeds and 95 % interval."])


def chinese_table(record):
    """Every rung: names, blanks and pairs."""
    titles = ("names, F1", "along legal paths", "beside masked words", "blanks, names", "blanks, other words")
    titles += ("by its own head", "OCNLI", "seeds")
    header = line("objective", "million products a step", "steps", *titles)
    lines = [header, "|---|" + "---:|" * (len(titles) + 2)]
    rate = best_rate(record)
    of_masked = {run["seed"]: run for run in runs_of(record, rung=MASKED.name, task="names", rate=rate)}
    for name in (*(rung.name for rung in CHINESE_RUNGS), "the start alone"):
        trained = runs_of(record, rung=name, task="pre-training")
        names = runs_of(record, rung=name, task="names", rate=rate)
        blanks = runs_of(record, rung=name, task="blanks")
        pairs = runs_of(record, rung=name, task="pairs")
        if not names:
            continue
        ways = [[run["test"][way]["f1"] for run in names] for way in ("as_trained", "legal_paths_only")]
        both = [(run, of_masked[run["seed"]]) for run in names if run["seed"] in of_masked]
        gaps = [one["test"]["as_trained"]["f1"] - other["test"]["as_trained"]["f1"] for one, other in both]
        own = [run["own_answers"] and run["own_answers"]["names"]["accuracy"] for run in trained]
        lines.append(
            line(
                name,
                *cost_of(trained),
                *map(percent, ways),
                mean(gaps, "+.1f") if name != MASKED.name else "",
                *(percent([run[kind]["accuracy"] for run in blanks]) for kind in KINDS),
                percent(own),
                percent([run["test"] for run in pairs]),
                len(names),
            )
        )
    note = f"{record['data']}. Begun with {record['begins_with']}; rate for names {rate:g}; percent, mean "
    note += "over seeds and 95 % interval; beside masked words: points of F1, seed by seed."
    return "\n".join([*lines, "", note])


def best_rate(record):
    """The rate that is better for names in the mean over rungs, by the validation split of the first seed."""
    runs, found = runs_of(record, task="names"), {}
    for run in runs:
        if run["seed"] == runs[0]["seed"]:
            found.setdefault(run["rate"], []).append(run["validation_f1"])
    return max(found, key=lambda rate: sum(found[rate]) / len(found[rate]))


def steps_table(record):
    """Time and products of an update; and the parts of replaced words."""
    lines = [
        "| text | objective | million products | update, ms | ns a thousand products | making a batch, ms |",
        "|---|---|---:|---:|---:|---:|",
    ]
    notes = []
    for run in record["runs"]:
        products = run["multiplications"]
        lines.append(
            line(
                run["stage"],
                run["rung"],
                f"{products / 1e6:,.0f}",
                f"{run['update']:.1f}",
                f"{1e9 * run['update'] / products:.0f}",
                f"{run['making a batch']:.1f}",
            )
        )
        if "parts" in run and run["rung"] == REPLACED.name:
            parts = ", ".join(f"{name} {milliseconds:.1f}" for name, milliseconds in run["parts"].items())
            notes.append(f"Forward parts of replaced words, {run['stage']}, ms: {parts}.")
    machine = record["machine"]
    notes.append(f"{record['data']}; {machine_in_words(machine)}.")
    return "\n".join([*lines, "", " ".join(notes)])


TABLES = {
    "objectives": (toy_table, "objectives_toy"),
    "judges of replaced words": (judges_table, "objectives_toy"),
    "objectives in Chinese": (chinese_table, "objectives_chinese"),
    "steps of objectives": (steps_table, "objectives_steps"),
}
