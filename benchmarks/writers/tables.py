"""Writers beside one another, as markdown."""

from statistics import median

from benchmarks.hardware import machine_in_words
from benchmarks.minutes.tables import measured
from benchmarks.objectives.tables import line, runs_of
from benchmarks.writers.contenders import BASE, CONTENDERS, DEEP, PLACES


def values_of(record, name, **keys):
    """A number of all runs with these values, by seed."""
    return {run["seed"]: run[name] for run in runs_of(record, **keys)}


def beside(record, who, name, steps):
    """A number of a writer, and by how much it is lower than the base's, seed by seed."""
    own, base = (values_of(record, name, kind="run", who=other, steps=steps) for other in (who, BASE))
    if not own:
        return "", ""
    lead = [base[seed] - value for seed, value in own.items() if seed in base]
    return measured(list(own.values()), ".3f"), measured(lead, "+.3f") if lead and who != BASE else ""


def writers_table(record):
    """Every writer at two lengths of training, on words of the trained places and behind them."""
    runs = [run for run in record["runs"] if run["kind"] == "run"]
    lengths = sorted({run["steps"] for run in runs})
    titles = [
        f"{title} {steps:,} updates" for steps in lengths for title in ("after", "below the base, after")
    ]
    titles += ["behind the trained length", "seeds", "parameters", "bytes kept a word", "time of a word"]
    lines = [line("writer", *titles), "|---|" + "---:|" * len(titles)]
    costs = next((run for run in record["runs"] if run["kind"] == "costs"), None)
    for who in CONTENDERS:
        own = [run for run in runs if run["who"] == who]
        if not own:
            continue
        cells = [text for steps in lengths for text in beside(record, who, "near", steps)]
        cells += [beside(record, who, "far", lengths[-1])[0], len({run["seed"] for run in own})]
        cells += [f"{own[0]['parameters']:,}", *costs_of(costs, who)]
        lines.append(line(who, *cells))
    text = "Nats per word above the floor; means over seeds and 95 % intervals, of differences seed by seed."
    return "\n".join([*lines, "", f"{record['data']}. {text} {machine(record)}"])


def costs_of(costs, who):
    """What is kept of a word, and the median ratio of times."""
    if costs is None:
        return "", ""
    ratio = "1" if who == BASE else f"{median(costs['step_ratios'][who]):.2f}"
    return f"{costs['cache_bytes'][who]:,}", ratio


def places_table(record):
    """Normalisation behind and before sublayers, by learning rate."""
    found = [run for run in record["runs"] if run["kind"] == "place"]
    peaks = sorted({run["peak"] for run in found})
    lines = [
        line("normalisation", *(f"rate {peak:g}" for peak in peaks), "seeds"),
        "|---|" + "---:|" * (len(peaks) + 1),
    ]
    for place in PLACES:
        keys = {"kind": "place", "norm_place": place}
        cells = [list(values_of(record, "near", peak=peak, **keys).values()) for peak in peaks]
        scores = [measured(values, ".3f") if values else "" for values in cells]
        lines.append(
            line({"post": "behind (post)", "pre": "before (pre)"}[place], *scores, max(map(len, cells)))
        )
    text = f"{DEEP} layers, no warm-up. Nats per word above the floor; means over seeds and 95 % intervals."
    return "\n".join([*lines, "", f"{record['data']}; {text} {machine(record)}"])


def machine(record):
    """On what."""
    return f"{machine_in_words(record['machine'])}."


TABLES = {"writers": (writers_table, "writers"), "places of norms": (places_table, "writers")}
