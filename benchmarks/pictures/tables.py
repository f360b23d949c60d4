"""What was said and where was looked, as markdown."""

from benchmarks.hardware import machine_in_words
from benchmarks.minutes.tables import measured
from benchmarks.objectives.tables import line, runs_of
from benchmarks.pictures.contenders import CONTENDERS
from benchmarks.pictures.plan import NUMBERS

SHOWN_NUMBER = 2_000  # of the table of looks
OF_SQUARES = ("contains_middle", "iou", "best_iou", "half_width")
OF_ATTENTION = ("share_in_region", "pointing")
PERCENT = {"lowest": 0, "highest": 100}


def pictures_table(record):
    """Percent right by contender and number of pictures."""
    numbers = sorted(NUMBERS)
    titles = [f"{number:,} pictures" for number in numbers]
    lines = [
        line("who looks", "parameters", *titles, "seeds", "minutes a run"),
        "|---|" + "---:|" * (len(numbers) + 3),
    ]
    for who in CONTENDERS:
        found = [runs_of(record, kind="run", who=who, number=number) for number in numbers]
        if not (all_runs := sum(found, [])):
            continue
        scores = [measured([run["accuracy"] for run in runs], **PERCENT) if runs else "" for runs in found]
        minutes = sum(run["minutes"] for run in all_runs) / len(all_runs)
        seeds = len({run["seed"] for run in all_runs})
        lines.append(line(who, f"{all_runs[0]['parameters']:,}", *scores, seeds, f"{minutes:.1f}"))
    return "\n".join([*lines, "", note(record)])


def looking_table(record):
    """Where those look that look somewhere."""
    titles = ("square holds the middle, %", "overlap", "most that its width allows", "half-width")
    titles += ("attention in the region, %", "most attended is in the region, %", "percent right")
    runs = [run for run in record["runs"] if run["kind"] == "run"]
    lines = [line("who looks", *titles), "|---|" + "---:|" * len(titles)]
    for who in CONTENDERS:
        for number in (SHOWN_NUMBER, max(NUMBERS)):  # the second of those that have no other
            found = [run for run in runs_of(record, kind="run", who=who, number=number) if run["looked"]]
            if found:
                break
        else:
            continue
        name = who if number == SHOWN_NUMBER else f"{who}, {number:,} pictures"
        cells = [cell(found, key) for key in (*OF_SQUARES, *OF_ATTENTION)]
        lines.append(line(name, *cells, measured([run["accuracy"] for run in found], **PERCENT)))
    chance = f"{100 * runs[0]['region_area']:.1f} %" if runs else "unknown"
    text = f"{SHOWN_NUMBER:,} pictures; regions are {chance} of a picture, on average. {note(record)}"
    return "\n".join([*lines, "", text])


def cell(runs, key):
    """One number of where was looked; nothing where there is none."""
    if key not in runs[0]["looked"]:
        return ""
    values = [run["looked"][key] for run in runs]
    if key in ("contains_middle", *OF_ATTENTION):
        return measured([100 * value for value in values], **PERCENT)
    return measured(values, ".2f", lowest=0, highest=1)


def note(record):
    """What was measured, on what."""
    machine = record["machine"]
    return (
        f"{record['data']}; means over seeds and 95 % intervals; {machine_in_words(machine)}, "
        "minutes of processor time."
    )


TABLES = {"pictures": (pictures_table, "pictures"), "looks": (looking_table, "pictures")}
