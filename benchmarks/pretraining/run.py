"""A run of pre-training, its points and where they are kept."""

import json
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.hardware import describe_machine
from benchmarks.minutes.curve import read_checkpoint, train_curve
from benchmarks.pretraining.contender import BLANKS, Contender
from benchmarks.pretraining.probe import frozen_accuracies, load_texts
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.sequences import load_sequences
from benchmarks.record import RESULTS, read_record, write_record
from course_lib.files import write_whole
from course_lib.training import set_seed
from course_lib.training.resumable_checkpoint import write_atomically

FOLDER = Path(__file__).parents[2] / "runs" / "pretraining"
MILLIONS = (4, 8, 16, 32, 64, 128)
SEED = 1
# A run, and what it begins with. Beside Chinese with English blocks, Chinese that begins without.
STARTS = {"english": None, "chinese": ("english", 8), "chinese_alone": None}


def store(run, head, point):
    """Adds a point to the record of a run.

    The same number of tokens takes the older one's place; points of another recipe are left out.
    """
    path = RESULTS / f"pretraining_{run}.json"
    record = read_record(path) or {"points": []}
    points = record["points"] if record.get("recipe") == head["recipe"] else []
    others = [old for old in points if old["million_tokens"] != point["million_tokens"]]
    what = f"python -m benchmarks.pretraining {run}"
    write_record(path, {"what": what, **head, "machine": describe_machine(), "points": [*others, point]})


def weights_path(run, million_tokens):
    """Where the weights of a point are; those after 0 tokens are what a run begins with."""
    return FOLDER / f"{run}_{million_tokens:04d}.npz"


def store_weights(path, weights):
    """Writes weights in their order."""
    write_atomically(path, {}, {str(index): array for index, array in enumerate(weights)})


def keep_recipe(run, recipe):
    """Notes beside the weights of a run with what recipe they are made.

    Raises:
        ValueError: if there are weights of another recipe, from which this run would go on.
    """
    path = FOLDER / f"{run}_recipe.json"
    there = sorted(file.name for file in FOLDER.glob(f"{run}_[0-9t]*.npz"))
    before = json.loads(path.read_text("utf-8")) if path.exists() else None
    if there and before != recipe:
        raise ValueError(
            f"`{run}` would go on with weights of another recipe. Expected, as {path} should say: {recipe}; "
            f"received: {before}. Move these files out of {FOLDER} to begin anew: {', '.join(there)}."
        )
    if before != recipe:
        FOLDER.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(recipe) + "\n")


def start_of(run):
    """The weights that a run begins with, or None.

    Raises:
        FileNotFoundError: if the run that makes them was not there yet.
    """
    if STARTS[run] is None:
        return None
    other, million_tokens = STARTS[run]
    path = weights_path(other, million_tokens)
    if not path.exists():
        raise FileNotFoundError(
            f"`{run}` begins with the weights of `{other}` after {million_tokens} million tokens: run "
            f"`python -m benchmarks.pretraining {other}` first. Missing: {path}."
        )
    return path


def pretrain(run):
    """Trains on from where it was and stores every point."""
    recipe, language, start_path = Recipe(), run.removesuffix("_alone"), start_of(run)
    keep_recipe(run, asdict(recipe))
    tokenizer, rows, facts = load_sequences(language, recipe, FOLDER)
    set_seed(SEED)
    contender = Contender(tokenizer, rows, recipe, SEED, start_path)
    texts = load_texts(language)
    updates = {round(1e6 * number / recipe.tokens_an_update): number for number in MILLIONS}
    if not weights_path(run, 0).exists():
        store_weights(weights_path(run, 0), contender.make_model(0.0).get_weights())
    checkpoint = FOLDER / f"{run}_trunk.npz"
    done, start = read_checkpoint(checkpoint)[1], time.process_time()
    for point in train_curve(contender, recipe.rule, list(updates), checkpoint, save_every=500):
        weights, number = point.pop("weights"), updates[point["updates"]]
        store_weights(weights_path(run, number), weights)
        head = {
            "text": facts,
            "begins_with": STARTS[run],
            "vocabulary_size": len(tokenizer.vocabulary),
            "parameters": sum(array.size for array in weights),
            "seed": SEED,
            "recipe": asdict(recipe),
        }
        trained = (point["updates"] - done) * recipe.tokens_an_update  # since the point or the start before
        rate = round(trained / (time.process_time() - start))
        point |= {"million_tokens": number, "tokens_a_processor_second": rate}
        point |= contender.measure(weights)
        point["frozen"] = frozen_accuracies(contender.model_with(weights).backbone, tokenizer, *texts)
        store(run, head, {**point, "blanks": contender.fill(weights, BLANKS[language])})
        print(point, flush=True)
        done, start = recipe.rule.turn(point["updates"]), time.process_time()
