"""The ladder of objectives, drawn and in Chinese: what is shown is what is stored."""

from PIL import Image

from benchmarks.objectives.picture import description, panels, save_objectives
from benchmarks.objectives.tables import chinese_table

TOY = {
    "runs": [
        {"rung": rung, "seed": seed, "part": part, "roles": {"30": {"frozen": share}}}
        for rung, seed, part, share in (
            ("masked words, 15 %", 0, 1.0, 0.5),
            ("masked words, 15 %", 1, 1.0, 0.75),
            ("masked words, 15 %", 2, 1.0, 0.625),
            ("masked words, 15 %", 0, 0.5, 0.1),  # read off on the way: not drawn
            ("not pre-trained", 0, 1.0, 0.25),
            ("not pre-trained", 1, 1.0, 0.25),
            ("not pre-trained", 2, 1.0, 0.25),
        )
    ]
}
CHINESE = {
    "runs": [
        {"rung": rung, "seed": seed, "task": "names", "rate": rate, "validation_f1": chosen}
        | {"test": {"as_trained": {"f1": f1}}}
        for rung, seed, rate, chosen, f1 in (
            ("spans, 15 %", 0, 1e-3, 40.0, 31.0),
            ("spans, 15 %", 0, 3e-4, 30.0, 99.0),  # the rate is that of the validation split
            ("spans, 15 %", 1, 1e-3, 40.0, 35.0),
            ("spans, 15 %", 2, 1e-3, 40.0, 33.0),
            ("permuted, 15 %", 0, 1e-3, 40.0, 35.0),  # two seeds are too few to be drawn
            ("permuted, 15 %", 1, 1e-3, 40.0, 36.0),
        )
    ]
}


def test_panels_hold_finished_runs_at_the_chosen_rate():
    (_, toy), (_, chinese) = panels(TOY, CHINESE)
    assert toy == {"masked words, 15 %": [50.0, 75.0, 62.5], "not pre-trained": [25.0, 25.0, 25.0]}
    assert chinese == {"spans, 15 %": [31.0, 35.0, 33.0]}


def test_a_stage_that_is_missing_has_no_panel():
    assert [found for _, found in panels(None, CHINESE)] == [{"spans, 15 %": [31.0, 35.0, 33.0]}]
    assert panels(None, {"runs": CHINESE["runs"][:2]}) == []


def test_the_picture_keeps_what_it_shows(tmp_path):
    save_objectives(TOY, CHINESE, tmp_path / "objectives.png")
    with Image.open(tmp_path / "objectives.png") as picture:
        said = picture.text["Description"]
    assert said == description(TOY, CHINESE)
    assert "masked words, 15 % 62.5, not pre-trained 25.0" in said and "spans, 15 % 33.0" in said


def test_names_stand_beside_masked_words_seed_by_seed():
    f1 = {("masked words, 15 %", 1): 20.0, ("masked words, 15 %", 2): 30.0}
    f1 |= {("spans, 15 %", 1): 23.0, ("spans, 15 %", 2): 35.0, ("the start alone", 2): 29.0}
    ways = {
        key: {"as_trained": {"f1": value}, "legal_paths_only": {"f1": value + 7}} for key, value in f1.items()
    }
    shared = {"task": "names", "rate": 1e-3, "validation_f1": 9.0}
    runs = [{**shared, "rung": rung, "seed": seed, "test": test} for (rung, seed), test in ways.items()]
    table = chinese_table({"data": "text", "begins_with": "a beginning", "runs": runs})
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()]
    cells = {row[0]: row[3:6] for row in rows if len(row) > 6}
    assert cells["spans, 15 %"][0].startswith("29.0 (") and cells["spans, 15 %"][1].startswith("36.0 (")
    assert cells["spans, 15 %"][2].startswith("+4.0 (")  # 3 and 5
    assert cells["masked words, 15 %"][2] == "" and cells["the start alone"] == ["29.0", "36.0", "-1.0"]
