"""A process that trains one contender once: `worker REQUEST`, the request as JSON.

It prints a line of JSON for every length that it reads off.
"""

import json
import os
import sys
from pathlib import Path


def run(module, recipe, pairs, lengths, seed, splits=("validation", "test"), checkpoint=None):
    """Trains and scores.

    Args:
        module: `ours` or `keras_hub_peer`.
        recipe: a `Recipe` of the module.
        pairs: dict split → list of pairs.
        lengths: numbers of updates, rising.
        seed: for weights, dropout and the order of the batches.
        splits: those that are translated.
        checkpoint: see `train_curve`.

    Yields:
        dict, what is stored about each length.
    """
    from benchmarks.minutes.curve import train_curve
    from course_lib.evaluation import corpus_bleu
    from course_lib.training import set_seed

    set_seed(seed)
    contender = module.Contender(pairs, recipe, seed)
    for point in train_curve(contender, recipe.rule, lengths, checkpoint):
        weights = point.pop("weights")
        for split in splits:
            sources, references = zip(*pairs[split], strict=True)
            translations = contender.translate(weights, sources)
            point[f"{split}_bleu"] = round(corpus_bleu(translations, references), 2)
        yield {"parameters": sum(map(lambda array: array.size, weights)), **point}


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    from benchmarks.ladder.corpora import load_pairs
    from benchmarks.minutes.contenders import make_recipe

    request = json.loads(sys.argv[1])
    module, recipe = make_recipe(request["contender"], request["changes"])
    pairs = load_pairs("multi30k_de_en")
    settings = {name: request[name] for name in ("lengths", "seed", "splits")}
    checkpoint = Path(request["checkpoint"]) if "checkpoint" in request else None
    for point in run(module, recipe, pairs, **settings, checkpoint=checkpoint):
        print(json.dumps(point), file=answers, flush=True)


if __name__ == "__main__":
    main()
