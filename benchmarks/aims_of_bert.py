"""What was aimed at for BERT, beside what was measured; what has not been measured has no row."""

from statistics import fmean

from benchmarks.aims import Aim, table_of_aims

OURS, PEER = "course_lib", "keras-hub"


def published(record):
    """The published checkpoint in our layers."""
    by_task = {}
    for run in record["runs"]:
        by_task.setdefault(run["task"], []).append(run)

    def mean_of(task, score):
        return [fmean(run[score] for run in by_task[task])] if task in by_task else []

    return [
        Aim("the checkpoint, SST-2, all labels, development accuracy", 91, mean_of("sst2", "validation")),
        Aim("the checkpoint, MRPC, test F1", 87, mean_of("mrpc", "test_f1")),
        Aim(
            "the same, ahead of always yes in F1, low end of the interval, worst seed",
            0,
            [min(run["ahead"][0] for run in by_task["mrpc"])] if "mrpc" in by_task else [],
        ),
    ]


def from_scratch(sst2, cluener, tagging):
    """Models that were pre-trained here."""
    aims = []
    if sst2:
        all_labels = [run for run in sst2["runs"] if run["kind"] == "run" and run["labels"] is None]
        scores = [run["validation"] for run in longest(all_labels)]
        aims.append(Aim("from scratch, SST-2, all labels, development accuracy", 85.5, mean_if_any(scores)))
    if cluener and tagging:
        runs = [run for run in cluener["runs"] if run["kind"] == "run" and run["sentences"] == 1_000]
        fresh, pre_trained = (
            by_crf([run for run in part if run["sentences"] == 1_000])
            for part in ([run for run in runs if run["start"] == "fresh"], longest(runs))
        )
        lstm = [run for run in tagging["runs"] if run["sentences"] == 1_000 and run["model"] == "BiLSTM-CRF"]
        best = max(pre_trained, key=lambda crf: fmean(validation(pre_trained[crf])), default=None)
        if best is not None and fresh:
            rival = max(fresh, key=lambda crf: fmean(validation(fresh[crf])))
            gain = fmean(test(pre_trained[best])) - fmean(test(fresh[rival]))
            aims.append(Aim("CLUENER, 1,000 sentences, F1 over the same not pre-trained", 10, [gain]))
            if lstm:
                lead = fmean(test(pre_trained[best])) - fmean(test(lstm))
                aims.append(Aim("the same, F1 over two LSTMs with a CRF", 0, [lead]))
    return aims


def longest(runs):
    """The pre-trained runs that read most before."""
    read = [run["million_tokens"] for run in runs if run["start"] == "pre-trained"]
    return [run for run in runs if read and run.get("million_tokens") == max(read)]


def by_crf(runs):
    """Runs with and without a CRF."""
    found = {}
    for run in runs:
        found.setdefault(run["has_crf"], []).append(run)
    return found


def validation(runs):
    """Their F1 on the validation split, by which one of them is chosen."""
    return [run["validation_f1"] for run in runs]


def test(runs):
    """Their F1 on the test split."""
    return [run["test"]["as_trained"]["f1"] for run in runs]


def mean_if_any(values):
    """The mean, as a list."""
    return [fmean(values)] if values else []


def toy(record):
    """Masked words of the toy language."""
    points = [point for point in record["points"] if point["masks"] == "80/10/10" and point["share"] == 0.15]
    nearest = min(point["above_floor"] for point in points if "above_floor" in point)
    return [Aim("toy language, masked words, nats above the floor", 0.02, [nearest], "{:.3f}", True)]


def speed(record):
    """Both sizes."""
    sizes = record["results"].values()

    def ratios(contest):
        return [size[contest][OURS]["wall_ratio"] / size[contest][PEER]["wall_ratio"] for size in sizes]

    return [
        Aim("pre-training step, same arithmetic, times as fast as keras-hub", 1.2, ratios("pretraining")),
        Aim("the same, % of the matrix rate", 60, [100 * s["pretraining"][OURS]["share"] for s in sizes]),
        Aim("fine-tuning as each is used, a real token", 2, ratios("fine_tuning")),
        Aim("answers as each is used, a real token", 2, ratios("inference")),
    ]


def aims_of_bert_table(published_runs, sst2, cluener, tagging, masked_words, bert_speed):
    """A row for each aim; whatever is not stored is None."""
    aims = [
        *(published(published_runs) if published_runs else []),
        *from_scratch(sst2, cluener, tagging),
        *(toy(masked_words) if masked_words else []),
        *(speed(bert_speed) if bert_speed else []),
    ]
    return table_of_aims([aim for aim in aims if aim.measured])
