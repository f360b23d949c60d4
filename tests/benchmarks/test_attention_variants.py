"""Variants of attention, trained for a moment."""

from benchmarks.attention_variants import run


def test_every_variant_is_measured_with_every_seed():
    sizes = {"num_train": 70, "num_test": 11, "epochs": 1, "batch_size": 35, "width": 6}
    runs = run(sizes, seeds=(5,))["runs"]
    assert [(one["variant"], one["seed"]) for one in runs] == [("plain", 5), ("local", 5), ("coverage", 5)]
    assert runs[0]["second_looks"] != runs[1]["second_looks"]  # they are not the same model
    assert all(0 <= one["bleu"] <= 100 and 0 <= one["aer"] <= 1 for one in runs)
