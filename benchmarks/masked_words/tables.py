"""The results as markdown."""

from benchmarks.masked_words.plan import MASKS, SHARES, STEPS, Run
from benchmarks.minutes.tables import measured

UNTRAINED = "not pre-trained"


def of_study(record, **wanted):
    """The points of the two studies of what is hidden, those with these values, by seed.

    Models of another size, which the study of sizes has, are not among them.
    """
    wanted |= {name: getattr(Run(), name) for name in ("width", "num_layers", "early_share")}
    found = [point for point in record["points"] if "roles" in point and wanted.items() <= point.items()]
    return sorted(found, key=lambda point: point["seed"])


def role_cells(points):
    """Percent of roles right: by number of labelled sentences, frozen and fine-tuned."""
    return [
        measured([100 * point["roles"][size][way] for point in points], lowest=0, highest=100)
        for size in points[0]["roles"]
        for way in ("frozen", "fine-tuned")
    ]


def row(name, points):
    """A row: the floor, what is above it, words found, roles."""
    if "floor" in points[0]:
        floor = f"{sum(point['floor'] for point in points) / len(points):.2f}"
        means = [sum(point[key] for point in points) / len(points) for key in ("accuracy", "best_accuracy")]
        cells = [floor, measured([point["above_floor"] for point in points], ".2f")]
        cells.append(" of ".join(f"{100 * share:.1f}" for share in means))
    else:
        cells = ["", "", ""]
    return "| " + " | ".join([name, *cells, *role_cells(points), str(len(points))]) + " |"


def hidden_words_table(record):
    """What becomes of chosen words, and how many are chosen."""
    sizes = next(iter(record["points"]))["roles"]
    roles = [f"roles, {size}, {way}" for size in sizes for way in ("frozen", "fine-tuned")]
    header = ["hidden", "floor, nats", "above it", "words found, %", *roles, "seeds"]
    lines = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 1)]
    for masks in (*MASKS, UNTRAINED):
        steps = 0 if masks == UNTRAINED else STEPS
        if points := of_study(record, masks=masks, share=0.15, steps=steps):
            lines.append(row(masks if masks == UNTRAINED else f"15 %, {masks}", points))
    for share in SHARES:
        if share != 0.15 and (points := of_study(record, masks="80/10/10", share=share, steps=STEPS)):
            lines.append(row(f"{share:.0%}, 80/10/10".replace("%", " %"), points))
    return "\n".join([*lines, "", f"{record['data']}; {STEPS:,} steps, mean over seeds and 95 % interval."])


def floor_table(record):
    """How near the loss comes to the floor, with size and time."""
    lines = [
        "| width | layers | begun | steps | parameters | above the floor, nats | words found, % |",
        "|---:|---:|---|---:|---:|---:|---:|",
    ]
    points = [
        point
        for point in record["points"]
        if (point["masks"], point["share"], point["seed"]) == ("80/10/10", 0.15, 0)
    ]
    for point in sorted(points, key=lambda point: -point["above_floor"]):
        early = f" ({point['early_share']:.0%} at first)" if point["early_share"] else ""
        begun = "wide" if point.get("is_wide") else "as published"
        lines.append(
            f"| {point['width']} | {point['num_layers']} | {begun} | {point['steps']:,}{early} "
            f"| {point['parameters']:,} "
            f"| {point['above_floor']:.3f} ± {1.96 * point['standard_error']:.3f} "
            f"| {100 * point['accuracy']:.1f} of {100 * point['best_accuracy']:.1f} |"
        )
    return "\n".join([*lines, "", "One run each; ± of the test words."])
