"""What a small BERT must begin with, one thing at a time."""

import json
from dataclasses import asdict, replace

import keras
import numpy as np

from benchmarks.hardware import describe_machine
from benchmarks.minutes.rule import Rule
from benchmarks.pretraining.contender import Contender, likeness
from benchmarks.pretraining.probe import frozen_accuracies, load_texts
from benchmarks.pretraining.recipe import NEVER, Recipe
from benchmarks.pretraining.sequences import load_sequences
from benchmarks.record import RESULTS, read_record, write_record
from course_lib.training import set_seed

RESULT = RESULTS / "pretraining_trials.json"
SMALL = {"hidden_dim": 128, "num_layers": 2, "num_heads": 4}
PUBLISHED = {  # as large models begin
    "initial_deviation": 0.02,
    "initial_positions": 0.0,
    "begins_with_counts": False,
    "peak": 1e-3,
}
OURS = {"initial_deviation": 0.08, "initial_positions": 0.3, "begins_with_counts": True, "peak": 5e-4}
TRIALS = [
    PUBLISHED,
    *({**PUBLISHED, name: value} for name, value in OURS.items()),
    *({**OURS, name: value} for name, value in PUBLISHED.items()),
    OURS,
    {**OURS, "beta_2": 0.98},
    *({**OURS, "peak": peak} for peak in (2.5e-4, 2e-3)),
]
WARMUP, UPDATES, EVERY = 500, 2_500, 250
SEED = 100


def recipe_of(changes):
    """The small model with these settings; its rate stays."""
    changes = dict(changes)
    rule = Rule(peak=changes.pop("peak"), warmup_steps=WARMUP, fall_share=0.2, free_epochs=NEVER)
    return replace(Recipe(), rule=rule, **SMALL, **changes)


def losses_of(contender, texts, updates=UPDATES, every=EVERY):
    """The mean loss of every so many updates, and in the end how alike word vectors are and what is read."""
    model, rule, means, losses = contender.make_model(0.0), contender.recipe.rule, [], []
    for update in range(updates):
        model.optimizer.learning_rate = rule.peak * min((update + 1) / rule.warmup_steps, 1)
        model.reset_metrics()
        losses.append(float(model.train_on_batch(*contender.batches[update])[0]))
        if len(losses) == every:
            means.append(round(float(np.mean(losses)), 3))
            losses = []
    alike = likeness(keras.ops.convert_to_numpy(model.backbone.token_embedding.embeddings))
    return means, alike, frozen_accuracies(model.backbone, contender.tokenizer, *texts)


def run_trials(folder):
    """Trains every variant for a little while; those that are stored are left out."""
    tokenizer, rows, _ = load_sequences("english", Recipe(), folder)
    texts = load_texts("english")
    record = read_record(RESULT) or {"what": "python -m benchmarks.pretraining trials", "runs": []}
    for changes in TRIALS:
        if any(run["changes"] == changes for run in record["runs"]):
            continue
        set_seed(SEED)
        recipe = recipe_of(changes)
        losses, alike, frozen = losses_of(Contender(tokenizer, rows, recipe, SEED), texts)
        run = {
            "changes": changes,
            "tokens_an_update": recipe.tokens_an_update,
            "every": EVERY,
            "losses": losses,
            "likeness": alike,
            "frozen": frozen,
            "rule": asdict(recipe.rule),
        }
        record = {**record, "small": SMALL, "machine": describe_machine(), "runs": [*record["runs"], run]}
        write_record(RESULT, record)
        print(json.dumps(run), flush=True)


def trials_table(record):
    """A line for every variant: the loss at the beginning, on the way, and in the end."""
    lines = [
        "| deviation of matrices | positions | word vectors | rate | β₂ of Adam "
        "| loss after 1, 2, … million tokens | likeness of word vectors "
        "| read from the embedding, %, and from each layer |",
        "|---:|---|---|---:|---:|---|---:|---|",
    ]
    for run in record["runs"]:
        changes = run["changes"]
        step = round(1e6 / run["tokens_an_update"] / run["every"])
        losses = " ".join(f"{loss:.2f}" for loss in run["losses"][step - 1 :: step])
        positions = (
            f"sinusoids, {changes['initial_positions']:g}" if changes["initial_positions"] else "drawn"
        )
        lines.append(
            f"| {changes['initial_deviation']:g} | {positions} "
            f"| {'from counts' if changes['begins_with_counts'] else 'drawn'} | {changes['peak']:g} "
            f"| {changes.get('beta_2', Recipe.beta_2):g} | {losses} | {run['likeness']:.2f} "
            f"| {' '.join(f'{accuracy:.1f}' for accuracy in run['frozen'])} |"
        )
    small = record["small"]
    return "\n".join(
        [
            *lines,
            "",
            f"{small['num_layers']} layers, width {small['hidden_dim']}; training loss in nats, one run "
            "each. Likeness is the mean cosine between the vectors of 300 words; read "
            "is praise or blame in SST-2, by a linear model from the mean of what is frozen.",
        ]
    )
