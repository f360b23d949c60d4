"""The results as markdown, and what follows from them."""

import math

from benchmarks.minutes.contenders import CONTENDERS
from course_lib.chapters import with_interval


def scores(record, contender, split="test"):
    """BLEU by minutes and seed.

    Args:
        record: what `minutes.json` holds.
        contender: one of `CONTENDERS`.
        split: "validation" or "test".

    Returns:
        dict minutes → dict seed → BLEU, in rising order.
    """
    found = {}
    for point in sorted(record["points"], key=lambda point: (point["minutes"], point["seed"])):
        if point["contender"] == contender:
            found.setdefault(point["minutes"], {})[point["seed"]] = point[f"{split}_bleu"]
    return found


def leads(record, other, split="test"):
    """By how many BLEU ours is ahead of another contender, by minutes, seed by seed."""
    ours, theirs = (scores(record, name, split) for name in ("ours", other))
    found = {
        minutes: [ours[minutes][seed] - bleu for seed, bleu in by_seed.items() if seed in ours[minutes]]
        for minutes, by_seed in theirs.items()
        if minutes in ours
    }
    return {minutes: ahead for minutes, ahead in found.items() if ahead}


def measured(values, form=".1f", lowest=-math.inf, highest=math.inf):
    """The mean, and its interval, cut to what is possible, where there is more than one run."""
    return with_interval(values, form, lowest, highest) if len(values) > 1 else format(values[0], form)


def minutes_table(record):
    """Every contender at every budget."""
    lines = [
        "| minutes | model | parameters | updates | epochs | dropout | seeds | validation BLEU | test BLEU "
        "| ours ahead, test |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for minutes in sorted({point["minutes"] for point in record["points"]}):
        for name, label in CONTENDERS.items():
            points = [
                point
                for point in record["points"]
                if (point["contender"], point["minutes"]) == (name, minutes)
            ]
            if not points:
                continue
            first = points[0]
            bleu = [
                measured([point[f"{split}_bleu"] for point in points]) for split in ("validation", "test")
            ]
            ahead = leads(record, name).get(minutes) if name != "ours" else None
            lines.append(
                f"| {minutes} | {label} | {first['parameters'] / 1e6:.2f} M | {first['updates']:,} "
                f"| {first['epochs']:.1f} | {first['dropout']:g} | {len(points)} | {bleu[0]} | {bleu[1]} "
                f"| {measured(ahead, '+.1f') if ahead else ''} |"
            )
    return "\n".join(
        [
            *lines,
            "",
            f"{record['data']}, test_2016_flickr; mean over seeds and 95 % interval. "
            f"A minute is {record['updates_a_minute']:.0f} updates of keras-hub's blocks.",
        ]
    )


def rates_table(record):
    """How many updates either makes in the same time."""
    rates = record["updates_a_second"]
    return "\n".join(
        [
            "| updates a second, ours | keras-hub's blocks | theirs for one of ours | least and greatest |",
            "|---:|---:|---:|---:|",
            f"| {rates['ours']:.2f} | {rates['keras_hub']:.2f} | {record['keras_hub_to_ours']:.2f} "
            f"| {record['lowest']:.2f} and {record['highest']:.2f} |",
        ]
    )


def trials_table(record):
    """The settings that were tried out, the best of each length first."""
    lines = [
        "| updates | epochs | positions | peak rate | dropout | validation BLEU |",
        "|---:|---:|---|---:|---:|---:|",
    ]
    for point in sorted(record["points"], key=lambda point: (point["updates"], -point["validation_bleu"])):
        recipe = point["recipe"]
        lines.append(
            f"| {point['updates']:,} | {point['epochs']:.1f} | {recipe['positions']} "
            f"| {recipe['rule']['peak']:g} | {point['dropout']:g} | {point['validation_bleu']:.1f} |"
        )
    return "\n".join([*lines, "", f"{record['data']}; one run each."])
