"""What was aimed at for distilled students, beside what was measured."""

from statistics import fmean, median

from benchmarks.aims import Aim, table_of_aims
from benchmarks.distillation.tables import NAMES, TOLD, ahead_of_alone, kept, scores_by_seed
from course_lib.chapters import mean_and_interval


def aims_of_students_table(distillation):
    """A row for each aim, of the students that are told by their teacher."""
    scores = scores_by_seed(distillation)
    aims = []
    for task, name in NAMES.items():
        for who in TOLD:
            if (task, who) not in scores:
                continue
            aims.append(Aim(f"{name}, {who}: kept, %", 97, [fmean(kept(scores, task, who))], "{:.1f}"))
            leads = ahead_of_alone(scores, task, who)
            if len(leads) > 1:
                _, low, _ = mean_and_interval(leads)
                aims.append(
                    Aim("the same, ahead of labels alone, low end of the interval", 0, [low], "{:+.1f}")
                )
    for run in distillation["runs"]:
        if run["kind"] == "speed":
            for size, ratios in run["ratios"].items():
                aims.append(
                    Aim(f"times as fast as the teacher, sentences at a time: {size}", 1.8, [median(ratios)])
                )
    return table_of_aims(aims)
