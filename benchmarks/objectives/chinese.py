"""The ladder on Chinese text."""

import time
from functools import partial
from types import SimpleNamespace

import numpy as np

from benchmarks.fine_tuning.names import fine_tune_names
from benchmarks.fine_tuning.plan import CLUENER_EPOCHS, CLUENER_RATES
from benchmarks.fine_tuning.stored_runs import StoredRuns
from benchmarks.minutes.curve import read_checkpoint, train_curve
from benchmarks.objectives.batches import RungBatches
from benchmarks.objectives.chinese_pairs import fine_tune_pairs
from benchmarks.objectives.chinese_text import chinese_sizes, draws_of_words, start_weights, turned_halves
from benchmarks.objectives.cloze import fitted_answers, make_blanks, own_answers
from benchmarks.objectives.contender import Contender
from benchmarks.objectives.operations import step_multiplications
from benchmarks.objectives.readers import reader_of, reader_weights
from benchmarks.objectives.rungs import CHINESE_RUNGS, MASKED
from benchmarks.objectives.tables import best_rate
from benchmarks.objectives.toy import FOLDER, seconds_since
from benchmarks.pretraining.recipe import Recipe
from benchmarks.pretraining.run import FOLDER as PRETRAINED
from benchmarks.pretraining.sequences import load_sequences
from course_lib.chapters import count_vectors
from course_lib.training.resumable_checkpoint import read_whole, write_atomically

SEEDS = (1, 2, 3)
MILLION_TOKENS = 4  # read with masked words, 15 %: what these cost is what every rung may cost
NUM_SENTENCES, DROPOUT = 1_000, 0.1
SAVE_EVERY = 250
START = "the start alone"
HEAD = {
    "what": "python -m benchmarks.objectives chinese",
    "data": "Chinese sentences of benchmarks.pretraining; CLUENER: first 1,000 sentences to train with, "
    "1,055 to choose by, the 1,343 of the published development set to test on; OCNLI: 2,950 pairs of its "
    "development set; blanks in the 1,343 sentences, which no objective has read",
    "million_tokens": MILLION_TOKENS,
    "begins_with": "fresh blocks, and word vectors from counts",
}


def load_text():
    """All that the rungs share.

    Returns:
        a namespace of `tokenizer`, `rows`, `sizes` from a length to a `Sizes`, and `start` from a seed to
        the weights that all rungs begin with.
    """
    tokenizer, rows, _ = load_sequences("chinese", Recipe(), PRETRAINED)
    size = len(tokenizer.vocabulary)
    sizes = partial(chinese_sizes, size)
    width = sizes().hidden_dim
    vectors = count_vectors(rows["train"], size, width, width**-0.5)
    return SimpleNamespace(
        tokenizer=tokenizer,
        rows=rows["train"],
        sizes=sizes,
        start=partial(start_weights, vectors, sizes()),
    )


def make_contender(rung, seed, text):
    """A rung with its rows."""
    rows, pairs = text.rows, None
    if rung.pairs:
        rows, *pairs = turned_halves(rows, text.tokenizer.vocabulary)
    sizes = text.sizes(rows.shape[1])
    batches = RungBatches(rows, rung, text.tokenizer.vocabulary, sizes.batch_size, seed, pairs)
    draws = draws_of_words(text.rows, text.tokenizer.vocabulary)
    return Contender(rung, sizes, batches, seed, *draws, start=text.start(seed))


def budget(text, million_tokens=MILLION_TOKENS):
    """Multiplications that every rung may make."""
    contender = make_contender(MASKED, SEEDS[0], text)
    steps = round(1e6 * million_tokens / (contender.sizes.batch_size * contender.sizes.length))
    return steps * step_multiplications(MASKED, contender.sizes, contender.batches.slots)


def weights_path(rung, seed, folder):
    """Where a reader is kept once it is trained."""
    return folder / f"chinese_{rung.file_name}_{seed}_reader.npz"


def pretrain(rung, seed, runs, text, whole, folder):
    """Trains a rung, keeps its reader, and stores what is known of it before the last state is written."""
    contender = make_contender(rung, seed, text)
    steps = contender.steps(whole)
    checkpoint = folder / f"chinese_{rung.file_name}_{seed}.npz"
    began = None if read_checkpoint(checkpoint)[1] else time.process_time()
    for point in train_curve(contender, contender.rule, [steps], checkpoint, save_every=SAVE_EVERY):
        found = {
            "task": "pre-training",
            "rung": rung.name,
            "seed": seed,
            "steps": steps,
            "multiplications_a_step": step_multiplications(rung, contender.sizes, contender.batches.slots),
            "epochs": point["epochs"],
            "training_loss": point["training_loss"],
            "processor_seconds": seconds_since(began),
        }
        mask_id = text.tokenizer.vocabulary.mask_id
        found["own_answers"] = own_answers(contender.learner, rung, make_blanks(text.tokenizer), mask_id)
        if rung.kind == "replaced":
            found["replaced_words"] = judge_quality(contender)
        keep_reader(weights_path(rung, seed, folder), reader_weights(contender.learner.reader))
        runs.add(found)
    checkpoint.unlink(missing_ok=True)


def judge_quality(contender, num_batches=10):
    """How many words were replaced, and how many of these were found, on batches of another epoch."""
    learner, batches = contender.learner, contender.batches
    batches.epoch = 10_000
    said, truth, judged = [], [], []
    for index in range(min(num_batches, len(batches))):
        inputs, _ = batches[index]
        corrupted, is_replaced = learner.replace(inputs, learner.propose(inputs))
        said.append(np.asarray(learner.judge(learner.answer(inputs, corrupted)), "float32") > 0)
        truth.append(np.asarray(is_replaced))
        judged.append(inputs["is_judged"])
    said, truth, judged = map(np.concatenate, (said, truth, judged))
    return {
        "replaced_share": round(float(truth[judged].mean()), 4),
        "found_share": round(float(said[truth].mean()), 4),
        "false_alarms": round(float(said[judged & ~truth].mean()), 4),
    }


def keep_reader(path, weights):
    """Stores a reader's weights, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {str(index): np.asarray(array, "float32") for index, array in enumerate(weights)}
    write_atomically(path, {}, arrays)


def make_stored_reader(sizes, kind, vocabulary_size, dropout, path):
    """A reader as tasks take it, with the weights that were kept."""
    _, arrays = read_whole(path)
    return reader_of([arrays[str(index)] for index in range(len(arrays))], sizes, kind, dropout)


def names_task(rung, seed, text, path, rate, **settings):
    """F1 of names from few sentences."""
    make_reader = partial(make_stored_reader, text.sizes(None), rung.kind)
    settings = {"num_sentences": NUM_SENTENCES, "epochs": CLUENER_EPOCHS[1_000], **settings}
    return fine_tune_names(
        text.tokenizer,
        seed=seed,
        rate=rate,
        dropout=DROPOUT,
        has_crf=False,
        weights_path=path,
        make_reader=make_reader,
        **settings,
    )


def cloze_task(rung, seed, text, path, **settings):
    """Blanks, by a head that is fitted on the frozen reader."""
    reader = make_stored_reader(text.sizes(None), rung.kind, None, 0.0, path)
    blanks = make_blanks(text.tokenizer)
    return fitted_answers(reader, text.tokenizer.vocabulary, text.rows, blanks, seed, **settings)


def pairs_task(rung, seed, text, path, **settings):
    """Which sentence implies which."""
    reader = make_stored_reader(text.sizes(None), rung.kind, None, DROPOUT, path)
    return fine_tune_pairs(reader, text.tokenizer, seed, **settings)


def run_chinese(seeds=SEEDS, rungs=CHINESE_RUNGS, folder=FOLDER, text=None):
    """Trains what is not stored yet: all rungs of the first seed, then those of the others."""
    runs = StoredRuns("objectives_chinese", HEAD)
    text = text or load_text()
    whole = budget(text)
    for seed in seeds:
        for rung in (None, *rungs):
            climb(rung, seed, runs, text, whole, folder)


def climb(rung, seed, runs, text, whole, folder):
    """One rung, or the start alone, and all that it is asked; what is stored is left out.

    Names are tried with either rate on the first seed; the one that is better in the mean over all rungs is
    that of the others.
    """
    name, rung = (START, MASKED) if rung is None else (rung.name, rung)
    path = weights_path(rung, seed, folder)
    if name == START:
        path = folder / f"chinese_start_{seed}_reader.npz"
        if not path.exists():
            keep_reader(path, text.start(seed))
    elif not runs.has({"task": "pre-training", "rung": name, "seed": seed}):
        pretrain(rung, seed, runs, text, whole, folder)
    rates = CLUENER_RATES if seed == SEEDS[0] else (best_rate({"runs": runs.all()}),)
    tasks = [("names", {"rate": rate}, names_task) for rate in rates]
    tasks += [("blanks", {}, cloze_task), ("pairs", {}, pairs_task)]
    for task, settings, measure in tasks:
        keys = {"task": task, "rung": name, "seed": seed, **settings}
        if not runs.has(keys):
            began = time.process_time()
            found = measure(rung, seed, text, path, **settings)
            runs.add({**keys, **found, "processor_seconds": seconds_since(began)})
