"""Puts the stored results into the pages that show them, and draws the ladder: `python -m benchmarks.page`.

A page has a place for each table, between `<!-- NAME: the command that measures it -->` and `<!-- end -->`.
"""

import re
import sys
from pathlib import Path

from benchmarks.aims import aims_table
from benchmarks.aims_of_bert import aims_of_bert_table
from benchmarks.aims_of_students import aims_of_students_table
from benchmarks.bert_speed.tables import bert_speed_table
from benchmarks.distillation.tables import distillation_table
from benchmarks.exercises.tables import exercises_table
from benchmarks.fine_tuning.tables import (
    cluener_table,
    cluener_trials_table,
    published_table,
    recipes_table,
    sst2_table,
)
from benchmarks.graders.tables import attack_table, speed_table
from benchmarks.ladder.picture import save_ladder
from benchmarks.ladder.tables import ladder_table
from benchmarks.masked_words.tables import floor_table, hidden_words_table
from benchmarks.minutes.tables import minutes_table, rates_table, trials_table
from benchmarks.objectives.picture import save_objectives
from benchmarks.objectives.tables import TABLES as OBJECTIVE_TABLES
from benchmarks.pictures.tables import TABLES as PICTURE_TABLES
from benchmarks.pretraining.tables import blanks_table, pretraining_table
from benchmarks.pretraining.trials import trials_table as pretraining_trials_table
from benchmarks.record import RESULTS, read_record
from benchmarks.recurrent_depth.tables import depth_table
from benchmarks.transformers.tables import TABLES as TRANSFORMER_TABLES
from benchmarks.writers.tables import TABLES as WRITER_TABLES
from benchmarks.wrong_answers.tables import wrong_answers_table
from course_lib.files import write_whole

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "ladder.png"
PICTURE_OF_OBJECTIVES = PICTURE.with_name("objectives.png")
PAGES = (ROOT / "benchmarks" / "README.md", ROOT / "docs" / "teaching.md")
TABLES = {  # a table, and the results it is made from
    "attacks": (attack_table, "grader_attacks"),
    "speed": (speed_table, "graders"),
    "ladder": (ladder_table, "ladder"),
    "ladder of Chinese": (ladder_table, "ladder_tatoeba_en_zh"),
    "hidden words": (hidden_words_table, "masked_words"),
    "towards the floor": (floor_table, "masked_words"),
    "minutes": (minutes_table, "minutes"),
    "rates": (rates_table, "minutes_rates"),
    "trials": (trials_table, "minutes_trials"),
    "pre-training": (
        pretraining_table,
        "pretraining_english",
        "pretraining_chinese",
        "pretraining_chinese_alone",
    ),
    "beginnings": (pretraining_trials_table, "pretraining_trials"),
    "blanks": (blanks_table, "pretraining_english", "pretraining_chinese"),
    "SST-2": (sst2_table, "fine_tuning_sst2"),
    "CLUENER": (cluener_table, "fine_tuning_cluener", "tagging"),
    "CLUENER, beyond": (cluener_trials_table, "fine_tuning_cluener_trials"),
    "speed of BERT": (bert_speed_table, "bert_speed"),
    "published checkpoint": (published_table, "published"),
    "recipes": (recipes_table, "published_trials_mrpc", "published_trials_sst2"),
    "distillation": (distillation_table, "distillation"),
    "depth": (depth_table, "recurrent_depth"),
    "wrong answers": (wrong_answers_table, "wrong_answers"),
    "exercises": (exercises_table, "exercises_cpu"),
    "exercises on a GPU": (exercises_table, "exercises_gpu"),
    "aims of BERT": (
        aims_of_bert_table,
        "published",
        "fine_tuning_sst2",
        "fine_tuning_cluener",
        "tagging",
        "masked_words",
        "bert_speed",
    ),
    "aims of students": (aims_of_students_table, "distillation"),
    "aims": (aims_table, "ladder", "minutes", "transformers_training", "transformers_decoding"),
}
TABLES |= OBJECTIVE_TABLES | PICTURE_TABLES | WRITER_TABLES
TABLES |= {name: (table, f"transformers_{name}") for name, table in TRANSFORMER_TABLES.items()}
PLACE = re.compile(r"(<!-- ([^:>]+): [^>]+ -->\n).*?(<!-- end -->)", re.DOTALL)


def table_of(name):
    """The table of stored results, or that there are none yet."""
    table, *stems = TABLES[name]
    records = [read_record(RESULTS / f"{stem}.json") for stem in stems]
    is_there = any if table is aims_of_bert_table else all
    return table(*records) if is_there(records) else "Not measured yet."


def filled(page):
    """A page with the results that are stored now."""
    return PLACE.sub(lambda place: f"{place[1]}{table_of(place[2])}\n{place[3]}", page)


def main():
    for path in PAGES:
        write_whole(path, filled(path.read_text(encoding="utf-8")))
    if record := read_record(RESULTS / "ladder.json"):
        save_ladder(record, PICTURE)
    stages = [read_record(RESULTS / f"objectives_{stage}.json") for stage in ("toy", "chinese")]
    if any(stages):
        save_objectives(*stages, PICTURE_OF_OBJECTIVES)


if __name__ == "__main__":
    sys.exit(main())
