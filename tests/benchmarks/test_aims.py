"""What was aimed at is compared with what was measured, and nothing is rounded up."""

import pytest

from benchmarks.aims import Aim, aims_table


@pytest.mark.parametrize(
    "aim, row",
    [
        (Aim("speed", 1.2, [1.2]), "| speed | ≥ 1.2 | 1.20 | yes |"),
        (Aim("speed", 1.2, [1.1999]), "| speed | ≥ 1.2 | 1.20 | **no** |"),
        (Aim("speed", 60, [41.4, 60.2], "{:.0f}"), "| speed | ≥ 60 | 41 and 60 | **no** and yes |"),
        (Aim("cost", 6, [5.9, 2], is_ceiling=True), "| cost | ≤ 6 | 5.90 and 2.00 | yes |"),
        (Aim("cost", 0.5, [0.4, 0.51], is_ceiling=True), "| cost | ≤ 0.5 | 0.40 and 0.51 | yes and **no** |"),
    ],
)
def test_a_row_says_what_was_wanted_measured_and_reached(aim, row):
    assert aim.row() == row


def contest(**speeds):
    """Results as the benchmarks store them, from how many times as fast each is."""
    return {
        name: {"wall_ratio": speed, "share": speed / 4, "first": {"wall": 8 / speed}}
        for name, speed in speeds.items()
    }


def test_every_aim_is_taken_from_its_result():
    training = contest(**{"keras-hub": 1, "course_lib": 9, "course_lib without XLA": 1.6})
    decoding = contest(
        **{
            "keras-hub generate": 1,
            "keras-hub generate with XLA": 2,
            "course_lib": 12,
            "course_lib, beam of 5": 1.5,
        }
    )
    sizes = ("small", "large")
    points = [
        {"contender": contender, "minutes": minutes, "seed": seed, "test_bleu": bleu + 2 * seed}
        for contender, by_minutes in {
            "ours": {1: 30, 2: 34, 4: 38.5},
            "keras_hub_untuned": {1: 27, 2: 32.5, 4: 36},
            "keras_hub_told": {2: 33.5},
        }.items()
        for minutes, bleu in by_minutes.items()
        for seed in (1, 2)
    ]
    table = aims_table(
        {"transformer": {"test_bleu_greedy": 40.26, "test_bleu_beam5": 42.34, "parameters": 3_210_000}},
        {"points": points},
        {"results": {size: {"same": training, "as_used": training} for size in sizes}},
        {"results": {size: {"batch 64": decoding, "batch 1": decoding} for size in sizes}},
    )
    measured = [line.split(" | ")[2] for line in table.splitlines()[2:]]
    assert measured == [
        *("40.3", "42.3", "3.21", "1.5", "0.5", "4.0"),
        *("1.600 and 1.600", "40.0 and 40.0", "1.60 and 1.60", "0.62 and 0.62", "0.62 and 0.62"),
        *("12.00 and 12.00", "6.00 and 6.00", "8.00 and 8.00") * 2,
    ]
    assert table.splitlines()[-1].endswith("| **no** |") and table.count("**no**") == 7
