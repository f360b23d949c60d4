"""The aims of students are taken from what is stored."""

from benchmarks.aims_of_students import aims_of_students_table

ALONE, TOLD, BEGUN = "student, labels alone", "student, with its teacher", "student, begun as its teacher"


def run(who, seed, score, task="sst2"):
    return {"kind": "run", "task": task, "who": who, "seed": seed, "score": score}


def rows(*runs):
    lines = aims_of_students_table({"runs": list(runs)}).splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_what_is_kept_is_the_mean_of_each_seeds_own_share():
    found = rows(
        run("teacher", 1, 80.0),
        run("teacher", 2, 50.0),
        *(run(ALONE, seed, 40.0) for seed in (1, 2)),
        run(TOLD, 2, 50.0),  # 100 % of its own teacher
        run(TOLD, 1, 76.0),  # 95 %
    )
    assert found[0] == ["SST-2, accuracy, student, with its teacher: kept, %", "≥ 97", "97.5", "yes"]


def test_a_lead_is_that_of_the_lower_end_of_its_interval():
    teachers = [run("teacher", seed, 100.0) for seed in (1, 2)]
    alone = [run(ALONE, seed, 90.0) for seed in (1, 2)]
    told = [run(TOLD, 1, 91.0), run(TOLD, 2, 93.0)]  # +2 with half a width of 12.706 for two seeds
    lead = rows(*teachers, *alone, *told)[1]
    assert lead[0].startswith("the same, ahead of labels alone") and lead[2:] == ["-10.7", "**no**"]
    begun = [run(BEGUN, 1, 92.0), run(BEGUN, 2, 92.1)]
    assert rows(*teachers, *alone, *begun)[1][2:] == ["+1.4", "yes"]


def test_one_seed_has_no_interval_and_so_no_row():
    found = rows(run("teacher", 1, 80.0), run(ALONE, 1, 70.0), run(TOLD, 1, 79.0))
    assert [row[0].split(": ")[-1] for row in found] == ["kept, %"]


def test_tasks_are_apart_and_speed_is_the_median_of_its_rounds():
    found = rows(
        run("teacher", 1, 80.0),
        run("teacher", 1, 90.0, "mrpc"),
        *(run(ALONE, 1, 40.0, task) for task in ("sst2", "mrpc")),
        run(BEGUN, 1, 80.0),
        run(BEGUN, 1, 81.0, "mrpc"),
        {"kind": "speed", "ratios": {"1": [1.7, 9.0, 1.75], "8": [1.9, 1.8, 2.0]}},
    )
    assert [row[2:] for row in found] == [
        ["100.0", "yes"],
        ["90.0", "**no**"],
        ["1.75", "**no**"],
        ["1.90", "yes"],
    ]
