"""A process that trains one contender and translates: `worker NAME MINUTES SENTENCES SPLITS CHANGES`.

SPLITS are those to translate, CHANGES what is different from the contender's recipe, as JSON.
"""

import json
import os
import sys
import time


def run(contender, pairs, minutes, splits=("validation", "test"), changes=None, seed=1):
    """Trains and scores.

    Args:
        contender: a module with `prepare` and a `Recipe`.
        pairs: dict split → list of pairs.
        minutes: how long is trained.
        splits: those that are translated.
        changes: dict, settings that differ from the recipe.
        seed: for weights and dropout.

    Returns:
        dict, what is stored about the contender.
    """
    from course_lib.evaluation import corpus_bleu
    from course_lib.training import set_seed

    set_seed(seed)
    prepared = contender.prepare(pairs, minutes, contender.Recipe(**(changes or {})))
    model, batches, budget = (prepared[name] for name in ("model", "batches", "budget"))
    history = model.fit(batches, epochs=10_000, verbose=0, shuffle=False, callbacks=[budget]).history
    result = {
        "parameters": model.count_params(),
        "train_minutes": round(budget.elapsed / 60, 2),
        "updates": budget.updates,
        "epochs": round(budget.updates / len(batches), 2),
        "training_loss": [round(loss, 4) for loss in history["loss"]],
    }
    for split in splits:
        sources, references = zip(*pairs[split], strict=True)
        began = time.perf_counter()
        result[f"{split}_bleu_greedy"] = round(corpus_bleu(prepared["translate"](sources), references), 2)
        result[f"{split}_translation_seconds"] = round(time.perf_counter() - began, 1)
    return result


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    import importlib

    from benchmarks.ladder.corpora import load_pairs

    name, minutes, num_sentences, splits, changes = sys.argv[1:]
    pairs = load_pairs("multi30k_de_en")
    splits = splits.split(",")
    pairs |= {split: pairs[split][: int(num_sentences)] for split in splits}
    contender = importlib.import_module(f"benchmarks.minutes.{name}")
    result = run(contender, pairs, float(minutes), splits, json.loads(changes))
    print(json.dumps(result), file=answers, flush=True)


if __name__ == "__main__":
    main()
