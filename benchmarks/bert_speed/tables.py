"""The speed of BERT, as markdown."""

from benchmarks.transformers.tables import contest, machine_line, parameters_cell, share_cell

HEADS = {
    "pretraining": "pre-training, one batch without padding, the same arithmetic",
    "fine_tuning": "fine-tuning on SST-2 as each is used, real tokens",
    "inference": "answers for SST-2 as each is used, real tokens",
}


def bert_speed_table(record):
    """Three contests for each size."""
    parts = []
    for size, contests in record["results"].items():
        for name, results in contests.items():
            cells = [("parameters", parameters_cell)]
            if name == "pretraining":
                cells.insert(0, ("of matrix rate", share_cell))
            parts += [
                f"{record['sizes'][size]}; {HEADS[name]}:",
                contest(results, "tokens", name.replace("_", "-"), cells),
            ]
    return "\n\n".join([*parts, machine_line(record)])
