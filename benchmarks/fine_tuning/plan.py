"""Which runs there are, in which order, and where they are kept."""

from functools import partial
from itertools import product

from benchmarks.fine_tuning.bag_of_words import bag_of_words
from benchmarks.fine_tuning.classifier import fine_tune
from benchmarks.fine_tuning.fine_tuned import CHECKPOINT, RECIPES
from benchmarks.fine_tuning.names import fine_tune_names
from benchmarks.fine_tuning.published import fine_tune_mrpc, fine_tune_squadshifts, fine_tune_sst2
from benchmarks.fine_tuning.recipe_trials import SST2_PHRASES, trial_recipes, try_recipe
from benchmarks.fine_tuning.sentences import sst2_splits
from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.run import FOLDER, MILLIONS, weights_path
from benchmarks.pretraining.sequences import load_sequences

SEEDS = (1, 2, 3)
TRIAL_SEED = 100
RATES, DROPOUTS = (1e-4, 3e-4, 1e-3), (0.1, 0.3)
EPOCHS = {100: 30, 1_000: 15, None: 4}
HEAD = {
    "what": "python -m benchmarks.fine_tuning sst2",
    "data": "SST-2: 67,349 phrases to train with, or as many of them as said; the 1,821 test sentences of "
    "the treebank to choose by, the 872 of the development set to test on",
}
PUBLISHED_HEAD = {
    "what": "python -m benchmarks.fine_tuning published_sst2, mrpc, squadshifts",
    "checkpoint": CHECKPOINT,
    "data": "SST-2: all 67,349 phrases, the 1,821 test sentences of the treebank (choice) and the 872 of the "
    "development set (validation); MRPC: the 1,725 pairs of the test; SQuADShifts, new Wikipedia: 30 "
    "articles to train with, 12 others to test on",
}
TRIALS_DATA = {
    "mrpc": "MRPC: its training pairs, chosen by the validation pairs; accuracy, percent",
    "sst2": f"SST-2: {SST2_PHRASES:,} phrases, chosen by the treebank's test sentences; accuracy, percent",
}
CLUENER_RATES = (3e-4, 1e-3)
CLUENER_EPOCHS = {1_000: 30, None: 10}
# With a CRF: what the grid chose without one, the fresh start's other rate, and what lies beyond the grid.
CLUENER_BEYOND = (
    ("pre-trained", 1e-3, 0.1),
    ("pre-trained", 2e-3, 0.1),
    ("pre-trained", 1e-3, 0.0),
    ("fresh", 3e-4, 0.1),
    ("fresh", 1e-3, 0.1),
)
CLUENER_HEAD = {
    "what": "python -m benchmarks.fine_tuning cluener",
    "data": "CLUENER: first 1,000 or all 9,693 sentences to train with, 1,055 to choose by, the 1,343 of the "
    "published development set to test on; characters",
    "metric": "F1 of whole entities, percent",
}


def finished_weights(language):
    """Numbers of million tokens of the pre-trained models that are there."""
    return [number for number in MILLIONS if weights_path(language, number).exists()]


def starts_of(language):
    """What a reader can begin with: a name and the million tokens read before; None is nothing.

    What pre-training itself begins with, word vectors from counts, is a start of its own: what it gains was
    not learnt from masked words.
    """
    return {"fresh": None, "count vectors": 0, "pre-trained": finished_weights(language)[-1]}


def keys_of(start, number):
    """How the runs of a start are marked."""
    return {"start": start} if number is None else {"start": start, "million_tokens": number}


def path_of(language, number):
    """The weights of a start; None where all are fresh."""
    return None if number is None else weights_path(language, number)


def run_sst2():
    """Bag of words; then for every start rate and dropout by trials, and every number of labels."""
    runs, splits, starts = StoredRuns("fine_tuning_sst2", HEAD), sst2_splits(), starts_of("english")
    train = splits.pop("train")
    tokenizer, *_ = load_sequences("english", Recipe(), FOLDER)
    for labels, seed in product(EPOCHS, SEEDS):
        keys = {"kind": "run", "start": "bag of words", "labels": labels, "seed": seed}
        if not runs.has(keys):
            runs.add({**keys, **bag_of_words(train.first(labels, seed), splits, seed)})

    def run(start, number, labels, seed):
        keys = {"kind": "run", "labels": labels, "seed": seed, **keys_of(start, number)}
        if not runs.has(keys):
            settings = runs.best_trial(keys_of(start, starts[start])) | {"epochs": EPOCHS[labels]}
            path, training = path_of("english", number), train.first(labels, seed)
            found = fine_tune(tokenizer, training, splits, seed, **settings, weights_path=path)
            runs.add({**keys, **settings, **found})

    few, choice = train.first(8_000, TRIAL_SEED), {"choice": splits["choice"]}
    for start, number in starts.items():
        for rate, dropout in product(RATES, DROPOUTS):
            keys = {"kind": "trial", "rate": rate, "dropout": dropout, **keys_of(start, number)}
            if not runs.has(keys):
                settings = {"rate": rate, "dropout": dropout, "weights_path": path_of("english", number)}
                runs.add({**keys, **fine_tune(tokenizer, few, choice, TRIAL_SEED, 4, **settings)})
        for labels, seed in product(EPOCHS, SEEDS):
            run(start, number, labels, seed)
    for labels, number in product(EPOCHS, finished_weights("english")[:-1]):
        run("pre-trained", number, labels, SEEDS[0])


def try_names(runs, tokenizer, start, number, rate, dropout, has_crf):
    """One recipe on 1,000 sentences, if it is not stored yet; nothing is tested."""
    keys = {"kind": "trial", "rate": rate, "dropout": dropout, **keys_of(start, number)}
    if not runs.has(keys):
        settings = {"rate": rate, "dropout": dropout, "weights_path": path_of("chinese", number)}
        settings |= {"has_crf": has_crf, "splits": ()}
        found = fine_tune_names(tokenizer, 1_000, TRIAL_SEED, CLUENER_EPOCHS[1_000], **settings)
        runs.add({**keys, **found})


def run_cluener():
    """Rate and dropout by trials; then every start with and without a CRF, on 1,000 and all sentences."""
    runs = StoredRuns("fine_tuning_cluener", CLUENER_HEAD)
    tokenizer, *_ = load_sequences("chinese", Recipe(), FOLDER)
    starts = starts_of("chinese")
    for (start, number), rate, dropout in product(starts.items(), CLUENER_RATES, DROPOUTS):
        try_names(runs, tokenizer, start, number, rate, dropout, has_crf=False)
    for (sentences, epochs), seed, (start, number), has_crf in product(
        CLUENER_EPOCHS.items(), SEEDS, starts.items(), (False, True)
    ):
        keys = {"kind": "run", "sentences": sentences, "has_crf": has_crf, "seed": seed}
        keys |= keys_of(start, number)
        if not runs.has(keys):
            settings = runs.best_trial(keys_of(start, number), "validation_f1") | {
                "epochs": epochs,
                "has_crf": has_crf,
            }
            path = path_of("chinese", number)
            found = fine_tune_names(tokenizer, sentences, seed, weights_path=path, **settings)
            runs.add({**keys, **settings, **found})


def run_cluener_trials():
    """Other recipes than `run_cluener` chose, with a CRF, by the validation split; nothing is tested."""
    head = CLUENER_HEAD | {"what": "python -m benchmarks.fine_tuning cluener_trials"}
    runs = StoredRuns("fine_tuning_cluener_trials", head)
    tokenizer, *_ = load_sequences("chinese", Recipe(), FOLDER)
    starts = starts_of("chinese")
    for start, rate, dropout in CLUENER_BEYOND:
        try_names(runs, tokenizer, start, starts[start], rate, dropout, has_crf=True)


def run_published(task, fine_tune):
    """The published checkpoint on one task, seed by seed."""
    runs = StoredRuns("published", PUBLISHED_HEAD)
    for seed in SEEDS:
        if not runs.has({"task": task, "seed": seed}):
            runs.add({"task": task, "seed": seed, "recipe": RECIPES[task], **fine_tune(seed)})


def run_trials(task):
    """Recipes for the published checkpoint on one task; the best one belongs into `RECIPES`."""
    command = f"python -m benchmarks.fine_tuning {task}_trials"
    head = {"what": command, "checkpoint": CHECKPOINT, "data": TRIALS_DATA[task]}
    runs = StoredRuns(f"published_trials_{task}", head)
    for recipe in trial_recipes(task):
        if not runs.has({"recipe": recipe}):
            runs.add({"recipe": recipe, **try_recipe(task, recipe)})


TASKS = {
    "sst2": run_sst2,
    "cluener": run_cluener,
    "cluener_trials": run_cluener_trials,
    "mrpc_trials": partial(run_trials, "mrpc"),
    "sst2_trials": partial(run_trials, "sst2"),
    "published_sst2": partial(run_published, "sst2", fine_tune_sst2),
    "mrpc": partial(run_published, "mrpc", fine_tune_mrpc),
    "squadshifts": partial(run_published, "squadshifts", fine_tune_squadshifts),
}
