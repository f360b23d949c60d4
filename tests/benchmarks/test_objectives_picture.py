"""The ladder of objectives as a picture: what it draws is what is stored."""

from PIL import Image

from benchmarks.objectives.picture import description, panels, save_objectives

TOY = {
    "runs": [
        {"rung": rung, "seed": seed, "part": part, "roles": {"30": {"frozen": share}}}
        for rung, seed, part, share in (
            ("masked words, 15 %", 0, 1.0, 0.5),
            ("masked words, 15 %", 1, 1.0, 0.75),
            ("masked words, 15 %", 0, 0.5, 0.1),  # read off on the way: not drawn
            ("not pre-trained", 0, 1.0, 0.25),
        )
    ]
}
CHINESE = {
    "runs": [
        {"rung": "spans, 15 %", "seed": 0, "task": "names", "rate": rate, "validation_f1": chosen}
        | {"test": {"as_trained": {"f1": f1}}}
        for rate, chosen, f1 in ((1e-3, 40.0, 31.0), (3e-4, 30.0, 99.0))  # the rate is that of the validation
    ]
}


def test_panels_hold_finished_runs_at_the_chosen_rate():
    (_, toy), (_, chinese) = panels(TOY, CHINESE)
    assert toy == {"masked words, 15 %": [50.0, 75.0], "not pre-trained": [25.0]}
    assert chinese == {"spans, 15 %": [31.0]}


def test_a_stage_that_is_missing_has_no_panel():
    assert [found for _, found in panels(None, CHINESE)] == [{"spans, 15 %": [31.0]}]


def test_the_picture_keeps_what_it_shows(tmp_path):
    save_objectives(TOY, CHINESE, tmp_path / "objectives.png")
    with Image.open(tmp_path / "objectives.png") as picture:
        said = picture.text["Description"]
    assert said == description(TOY, CHINESE)
    assert "masked words, 15 % 62.5, not pre-trained 25.0" in said and "spans, 15 % 31.0" in said
