"""What pre-training was good for, as markdown."""

from benchmarks.minutes.tables import measured


def groups(runs, *names):
    """Runs by the values of some names, in the order in which they were made."""
    found = {}
    for run in runs:
        if run["kind"] == "run":
            found.setdefault(tuple(run.get(name) for name in names), []).append(run)
    return found


def amount(number):
    """A number of labels; all where there is none."""
    return "all" if number is None else f"{number:,}"


def sst2_table(record):
    """Accuracy on the development set by start and number of labels."""
    lines = [
        "| labels | start | million tokens before | seeds | accuracy on the development set "
        "| on what recipes were chosen by |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    rows = groups(record["runs"], "labels", "start", "million_tokens").items()
    for (labels, start, tokens), runs in sorted(rows, key=lambda row: row[0][0] or float("inf")):
        accuracy, choice = (measured([run[split] for run in runs]) for split in ("validation", "choice"))
        lines.append(f"| {amount(labels)} | {start} | {tokens or ''} | {len(runs)} | {accuracy} | {choice} |")
    return "\n".join([*lines, "", f"{record['data']}; percent, means over seeds and 95 % intervals."])


def cluener_table(record, tagging):
    """F1 of names by reader and number of sentences."""
    lines = [
        "| sentences | reader | million tokens before | seeds | validation F1 | test F1 "
        "| broken labels in the test |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    rows = [
        (sentences, model, None, runs)
        for (sentences, model), runs in groups(
            [{"kind": "run", **run} for run in tagging["runs"]], "sentences", "model"
        ).items()
    ] + [
        (sentences, f"BERT{'-CRF' if has_crf else ''}, {start}", tokens, runs)
        for (sentences, start, has_crf, tokens), runs in groups(
            record["runs"], "sentences", "start", "has_crf", "million_tokens"
        ).items()
    ]
    for sentences, reader, tokens, runs in sorted(rows, key=lambda row: row[0] or float("inf")):
        validation = measured([run["validation_f1"] for run in runs])
        test = measured([run["test"]["as_trained"]["f1"] for run in runs])
        broken = measured([run["test"]["as_trained"]["illegal_transitions"] for run in runs], ".0f")
        lines.append(
            f"| {amount(sentences)} | {reader} | {tokens or ''} | {len(runs)} | {validation} | {test} "
            f"| {broken} |"
        )
    return "\n".join([*lines, "", f"{record['data']}; percent, means over seeds and 95 % intervals."])


def cluener_trials_table(record):
    """What rates and dropouts beyond the grid of `cluener_table` score on the validation split."""
    lines = ["| start | highest rate | dropout | best epoch | validation F1 |", "|---|---:|---:|---:|---:|"]
    for run in record["runs"]:
        settings = f"{run['start']} | {run['rate']:g} | {run['dropout']:g} | {run['best_epoch']}"
        lines.append(f"| {settings} | {run['validation_f1']:.1f} |")
    data = "CLUENER, first 1,000 sentences, BERT-CRF, best of five evaluations of 30 epochs"
    return "\n".join([*lines, "", f"{data}; one seed each, none of those above."])


SCORES = {  # of a task: what it is called, and the names of its scores
    "sst2": (
        "SST-2",
        {"accuracy, development set": "validation", "accuracy, what recipes are chosen by": "choice"},
    ),
    "mrpc": ("MRPC", {"F1": "test_f1", "always yes": "majority_f1", "accuracy": "test_accuracy"}),
    "squadshifts": ("SQuADShifts", {"exact match": "exact_match", "F1": "f1"}),
}


def published_table(record):
    """What the published checkpoint scores when it is fine-tuned with all labels."""
    lines = ["| task | examples | epochs | seeds | score | percent |", "|---|---:|---:|---:|---|---:|"]
    for task, (name, scores) in SCORES.items():
        if runs := [run for run in record["runs"] if run["task"] == task]:
            sizes = f"{runs[0]['examples']:,} | {runs[0]['recipe']['num_epochs']} | {len(runs)}"
            lines += [
                f"| {name} | {sizes} | {score} | {measured([run[key] for run in runs])} |"
                for score, key in scores.items()
            ]
    return "\n".join([*lines, "", f"{record['data']}; means over seeds and 95 % intervals."])


def recipes_table(*records):
    """What recipes for the published checkpoint scored on what is not reported."""
    lines = [
        "| task | highest rate | epochs | batch size | accuracy | processor minutes |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for task, record in zip(("MRPC", "SST-2"), records, strict=True):
        for run in record["runs"]:
            peak, num_epochs, batch_size = (
                run["recipe"][name] for name in ("peak", "num_epochs", "batch_size")
            )
            lines.append(
                f"| {task} | {peak:g} | {num_epochs} | {batch_size} | {run['choice']:.1f} "
                f"| {run['processor_minutes']:.0f} |"
            )
    return "\n".join([*lines, "", *(f"{record['data']}." for record in records), "One seed each."])
