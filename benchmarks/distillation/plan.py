"""Which runs there are, and in which order."""

import gc
from functools import cache

import keras

from benchmarks.distillation.material import load_material
from benchmarks.distillation.runs import STUDENTS, accuracy, f1, train_student
from benchmarks.distillation.speed import speed_ratios
from benchmarks.fine_tuning.fine_tuned import CHECKPOINT, RECIPES, fine_tuned, load_reader, make_classifier
from benchmarks.fine_tuning.stored_runs import StoredRuns
from course_lib.chapters import FineTuner

SEEDS = (1, 2, 3)
TRIAL_TASK, TRIAL_LABELS, TRIAL_SEED = "sst2", 8_000, 100  # recipes are chosen on one task, for both
EPOCHS = {"sst2": 2, "mrpc": 4}  # of students
SCORES = {"sst2": accuracy, "mrpc": f1}
TASKS = tuple(SCORES)
RATES = (1e-4, 2e-4)
RECIPE_OF = {"student, begun as its teacher": "student, with its teacher"}  # whose trials it goes by
LOSS_WEIGHTS = ((1.0, 0.0, 0.0), (1.0, 1.0, 1.0), (5.0, 2.0, 1.0))
HEAD = {
    "what": "python -m benchmarks.distillation",
    "checkpoint": CHECKPOINT,
    "data": "SST-2: all 67,349 phrases to train with, the 1,821 test sentences of the treebank to choose by, "
    "accuracy on the 872 of the development set; MRPC: 3,681 pairs, F1 of the 1,725 of the test; recipes of "
    "students are chosen on SST-2",
}


@cache
def loaded_material(task):
    """The parts of a task, packed once."""
    return load_material(task, load_reader()[1])


def recipes(who):
    """What a student's trials try."""
    is_told = STUDENTS[who][1]
    return [
        {"rate": rate, **({"weights": list(weights)} if is_told else {})}
        for rate in RATES
        for weights in (LOSS_WEIGHTS if is_told else (None,))
    ]


def student_run(runs, keys, recipe, training, asked):
    """Trains a student beside the teacher of the same seed and labels, unless that is stored."""
    if runs.has(keys):
        return
    task, seed = keys["task"], keys.get("seed", TRIAL_SEED)
    teacher, _ = fine_tuned(task, seed, training.inputs, training.labels)
    batch_size = RECIPES[task]["batch_size"]
    settings = {"epochs": EPOCHS[task], "batch_size": batch_size, **recipe}
    _, tuner, minutes = train_student(keys["who"], load_reader()[0], teacher, training, seed, **settings)
    score, examples = SCORES[task](tuner, asked), len(training.labels)
    runs.add({**keys, **recipe, "score": score, "examples": examples, "minutes": minutes})
    forget()


def run_trials(runs):
    """Every recipe, on few labels and sentences that are not reported."""
    parts = loaded_material(TRIAL_TASK)
    few = parts["train"].first(TRIAL_LABELS, TRIAL_SEED)
    for who in [who for who in STUDENTS if who not in RECIPE_OF]:
        for recipe in recipes(who):
            keys = {"kind": "trial", "task": TRIAL_TASK, "who": who, **recipe}
            student_run(runs, keys, recipe, few, parts["choice"])


def run_task(task, seeds=SEEDS):
    """Trials, then every seed: a teacher and its students."""
    runs, parts = StoredRuns("distillation", HEAD), loaded_material(task)
    training, asked = parts["train"], parts["report"]
    run_trials(runs)
    for seed in seeds:
        keys = {"kind": "run", "task": task, "who": "teacher", "seed": seed}
        if not runs.has(keys):
            teacher, minutes = fine_tuned(task, seed, training.inputs, training.labels)
            score, examples = SCORES[task](FineTuner(teacher), asked), len(training.labels)
            runs.add({**keys, "score": score, "examples": examples, "minutes": minutes})
            forget()
        for who in STUDENTS:
            keys = {"kind": "run", "task": task, "who": who, "seed": seed}
            student_run(runs, keys, best_recipe(runs.all(), who), training, asked)


def best_recipe(runs, who):
    """Rate, and the losses' weights where there are any, of a student's best trial."""
    keys = {"kind": "trial", "who": RECIPE_OF.get(who, who)}
    trials = [run for run in runs if keys.items() <= run.items()]
    best = max(trials, key=lambda run: run["score"])
    return {name: best[name] for name in ("rate", "weights") if name in best}


def measure_sizes_and_speed():
    """Parameters of both, and how many times as fast the student reads."""
    runs = StoredRuns("distillation", HEAD)
    if runs.has({"kind": "speed"}):
        return
    checkpoint = load_reader()[0]
    num_layers = checkpoint.settings["num_layers"]
    models = [make_classifier(checkpoint, number, 0.0) for number in (num_layers, num_layers // 2)]
    ratios = speed_ratios(*models, checkpoint.settings["vocabulary_size"])
    runs.add({"kind": "speed", "parameters": [model.count_params() for model in models], "ratios": ratios})


def forget():
    """Gives back what compiled updates hold."""
    keras.backend.clear_session()
    gc.collect()
