"""Depth with and without residual connections, as markdown."""

from statistics import median

from benchmarks.minutes.tables import measured
from benchmarks.objectives.tables import line


def depth_table(record):
    """Every depth, and what residual connections save it, seed by seed."""
    by_depth = {}
    for run in record["runs"]:
        if run["kind"] == "run":
            by_depth.setdefault((run["num_layers"], run["residual"]), {})[run["seed"]] = run
    titles = ["layers", "residual connections", "nats per word", "saved by them", "next words right, %"]
    titles += ["first gradient", "rate", "seeds", "parameters"]
    lines = [line(*titles), "|---:|---|" + "---:|" * (len(titles) - 2)]
    for (num_layers, residual), by_seed in by_depth.items():
        runs = list(by_seed.values())
        without = by_depth.get((num_layers, False), {}) if residual else {}
        saved = [without[seed]["loss"] - run["loss"] for seed, run in by_seed.items() if seed in without]
        cells = [
            num_layers,
            "none below the third layer" if num_layers < 3 else "yes" if residual else "no",
            measured([run["loss"] for run in runs], ".2f", 0),
            measured(saved, "+.2f") if saved else "",
            measured([100 * run["right"] for run in runs], ".1f", 0, 100),
            f"{median(run['first_gradient'] for run in runs):.1e}",
            f"{runs[0]['peak']:g}",
            len(runs),
            f"{runs[0]['parameters']:,}",
        ]
        lines.append(line(*cells))
    settings = record["settings"]
    text = (
        f"{record['data']}; width {settings['width']}, {settings['updates']} updates of batches of "
        f"{settings['batch_size']}. Means over seeds and 95 % intervals; gradients are those "
        "of the lowest layer before the first update, their median."
    )
    return "\n".join([*lines, "", text])
