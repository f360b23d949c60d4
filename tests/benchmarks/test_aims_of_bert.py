"""The aims of BERT are taken from what is stored, and from nothing else."""

import pytest

from benchmarks.aims_of_bert import aims_of_bert_table


def published(task, **scores):
    return {"task": task, "seed": 1, **scores}


def sst2(start, validation, **keys):
    return {"kind": "run", "start": start, "labels": None, "validation": validation, **keys}


def names(start, has_crf, f1, validation, **keys):
    return {
        "kind": "run",
        "start": start,
        "sentences": 1_000,
        "has_crf": has_crf,
        "validation_f1": validation,
        "test": {"as_trained": {"f1": f1}},
        **keys,
    }


TAGGING = {"runs": [{"sentences": 1_000, "model": "BiLSTM-CRF", "test": {"as_trained": {"f1": 44.0}}}]}


def row(table, beginning):
    """The cells behind the name of the only row that begins like this."""
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {beginning}")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_what_is_not_measured_has_no_row():
    record = {"points": [{"masks": "80/10/10", "share": 0.15, "above_floor": 0.126}]}
    table = aims_of_bert_table(None, None, None, TAGGING, record, None)
    assert len(table.splitlines()) == 3
    assert row(table, "toy language") == ["≤ 0.02", "0.126", "**no**"]


def test_only_the_usual_masks_are_compared_with_the_floor():
    point = {"masks": "80/10/10", "share": 0.15, "above_floor": 0.126}
    easier = {"masks": "all kept", "share": 0.15, "above_floor": 0.0}
    table = aims_of_bert_table(None, None, None, None, {"points": [easier, point]}, None)
    assert row(table, "toy language")[1] == "0.126"


def test_the_published_checkpoint():
    runs = [published("sst2", validation=score) for score in (91.0, 92.0)]
    runs += [
        published("mrpc", test_f1=86.0, ahead=[4.0, 8.0]),
        published("mrpc", test_f1=87.0, ahead=[-1, 9]),
    ]
    table = aims_of_bert_table({"runs": runs}, None, None, None, None, None)
    assert row(table, "the checkpoint, SST-2") == ["≥ 91", "91.50", "yes"]
    assert row(table, "the checkpoint, MRPC") == ["≥ 87", "86.50", "**no**"]
    assert row(table, "the same, ahead") == ["≥ 0", "-1.00", "**no**"]


def test_of_models_from_scratch_the_one_that_read_most_counts():
    runs = [sst2("fresh", 90.0), sst2("bag of words", 90.0)]
    runs += [sst2("pre-trained", 80.0, million_tokens=8), sst2("pre-trained", 86.0, million_tokens=32)]
    table = aims_of_bert_table(None, {"runs": runs}, None, None, None, None)
    assert row(table, "from scratch") == ["≥ 85.5", "86.00", "yes"]


def test_of_names_the_way_that_is_best_on_validation_counts():
    runs = [names("fresh", False, 30.0, 31.0), names("fresh", True, 40.0, 20.0)]
    runs += [names("pre-trained", False, 50.0, 45.0, million_tokens=16)]
    runs += [names("pre-trained", True, 47.0, 46.0, million_tokens=16)]
    table = aims_of_bert_table(None, None, {"runs": runs}, TAGGING, None, None)
    assert row(table, "CLUENER") == ["≥ 10", "17.00", "yes"]
    assert row(table, "the same, F1 over two LSTMs") == ["≥ 0", "3.00", "yes"]


@pytest.mark.parametrize(("ours", "verdict"), [(2.4, "yes"), (1.1, "**no**")])
def test_speed_is_against_keras_hub(ours, verdict):
    contest = {
        "keras-hub": {"wall_ratio": 1.0, "share": 0.4},
        "course_lib": {"wall_ratio": ours, "share": 0.61},
    }
    sizes = {"tiny": dict.fromkeys(("pretraining", "fine_tuning", "inference"), contest)}
    table = aims_of_bert_table(None, None, None, None, None, {"results": sizes})
    assert row(table, "pre-training step") == ["≥ 1.2", f"{ours:.2f}", verdict]
    assert row(table, "the same, % of the matrix rate") == ["≥ 60", "61.00", "yes"]
    assert row(table, "fine-tuning as each") == ["≥ 2", f"{ours:.2f}", verdict]
