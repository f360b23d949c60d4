"""Which runs there are, in which order, and where they are kept."""

import gc
from functools import cache
from pathlib import Path

import keras

from benchmarks.distillation.material import load_material
from benchmarks.distillation.runs import (
    STUDENTS,
    accuracy,
    f1,
    make_classifier,
    published_classifier,
    train_student,
    train_teacher,
)
from benchmarks.distillation.speed import speed_ratios
from benchmarks.fine_tuning.published import CHECKPOINT, load_reader
from benchmarks.fine_tuning.stored_runs import StoredRuns
from course_lib.chapters import FineTuner
from course_lib.training.resumable_checkpoint import read_whole, write_atomically

FOLDER = Path(__file__).parents[2] / "runs" / "distillation"
SEEDS = (1, 2, 3)
TRIAL_SEED = 100
TEACHER_RATE, DROPOUT = 1e-4, 0.1
# Epochs of teacher and student, how many labels a trial has, sequences in an update, and the score.
TASKS = {
    "sst2": {"epochs": (2, 3), "trial_labels": 8_000, "batch_size": 32, "score": accuracy},
    "mrpc": {"epochs": (4, 6), "trial_labels": None, "batch_size": 16, "score": f1},
}
RATES = (1e-4, 2e-4)
LOSS_WEIGHTS = ((1.0, 0.0, 0.0), (1.0, 1.0, 1.0), (5.0, 2.0, 1.0))
HEAD = {
    "what": "python -m benchmarks.distillation",
    "checkpoint": CHECKPOINT,
    "data": "SST-2: all 67,349 phrases to train with, the 1,821 test sentences of the treebank to choose by, "
    "accuracy on the 872 of the development set; MRPC: 3,668 pairs, the validation pairs to choose by, F1 of "
    "the 1,725 of the test",
}


@cache
def loaded_reader():
    """The checkpoint and its tokenizer, read once."""
    return load_reader()


@cache
def loaded_material(task):
    """The parts of a task, packed once."""
    return load_material(task, loaded_reader()[1])


def teacher_path(task, seed):
    """Where a fine-tuned teacher is kept."""
    return FOLDER / f"{task}_{seed}.npz"


def the_teacher(task, seed, training):
    """A fine-tuned teacher, from its file or trained and kept; and the minutes it took."""
    path, checkpoint = teacher_path(task, seed), loaded_reader()[0]
    if path.exists():
        facts, arrays = read_whole(path)
        model = published_classifier(checkpoint, DROPOUT)
        model.set_weights([arrays[str(index)] for index in range(len(arrays))])
        return model, facts["minutes"]
    model, _, minutes = train_teacher(
        checkpoint,
        training,
        seed,
        TASKS[task]["epochs"][0],
        TEACHER_RATE,
        TASKS[task]["batch_size"],
        DROPOUT,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {str(index): keras.ops.convert_to_numpy(weight) for index, weight in enumerate(model.weights)}
    write_atomically(path, {"minutes": minutes}, arrays)
    return model, minutes


def recipes(who):
    """What a student's trials try."""
    is_told = STUDENTS[who][1]
    return [
        {"rate": rate, **({"weights": list(weights)} if is_told else {})}
        for rate in RATES
        for weights in (LOSS_WEIGHTS if is_told else (None,))
    ]


def run_task(task, seeds=SEEDS):
    """Trials, then every seed: a teacher and its students."""
    runs, settings, parts = StoredRuns("distillation", HEAD), TASKS[task], loaded_material(task)
    few = parts["train"].first(settings["trial_labels"], TRIAL_SEED)

    def student_run(keys, recipe, training, split, seed, teacher_seed):
        if runs.has(keys):
            return
        teacher, _ = the_teacher(task, teacher_seed, training)
        _, tuner, minutes = train_student(
            keys["who"],
            loaded_reader()[0],
            teacher,
            training,
            seed,
            settings["epochs"][1],
            batch_size=settings["batch_size"],
            dropout=DROPOUT,
            **recipe,
        )
        score = settings["score"](tuner, parts[split])
        runs.add({**keys, **recipe, "score": score, "examples": len(training.labels), "minutes": minutes})
        forget()

    for who in STUDENTS:
        for recipe in recipes(who):
            keys = {"kind": "trial", "task": task, "who": who, **recipe}
            student_run(keys, recipe, few, "choice", TRIAL_SEED, TRIAL_SEED)
    for seed in seeds:
        keys = {"kind": "run", "task": task, "who": "teacher", "seed": seed}
        if not runs.has(keys):
            teacher, minutes = the_teacher(task, seed, parts["train"])
            score = settings["score"](FineTuner(teacher), parts["report"])
            examples = len(parts["train"].labels)
            runs.add({**keys, "score": score, "examples": examples, "minutes": minutes})
            forget()
        for who in STUDENTS:
            keys = {"kind": "run", "task": task, "who": who, "seed": seed}
            student_run(keys, best_recipe(runs.all(), task, who), parts["train"], "report", seed, seed)


def best_recipe(runs, task, who):
    """Rate, and the losses' weights where there are any, of the best trial."""
    keys = {"kind": "trial", "task": task, "who": who}
    trials = [run for run in runs if keys.items() <= run.items()]
    best = max(trials, key=lambda run: run["score"])
    return {name: best[name] for name in ("rate", "weights") if name in best}


def measure_sizes_and_speed():
    """Parameters of both, and how many times as fast the student reads."""
    runs = StoredRuns("distillation", HEAD)
    if runs.has({"kind": "speed"}):
        return
    checkpoint = loaded_reader()[0]
    num_layers = checkpoint.settings["num_layers"]
    models = [make_classifier(checkpoint, number, 0.0) for number in (num_layers, num_layers // 2)]
    ratios = speed_ratios(*models, checkpoint.settings["vocabulary_size"])
    runs.add({"kind": "speed", "parameters": [model.count_params() for model in models], "ratios": ratios})


def forget():
    """Gives back what compiled updates hold."""
    keras.backend.clear_session()
    gc.collect()
