"""Climbs a ladder: `python -m benchmarks.ladder [multi30k_de_en] [--only none dot … gnmt transformer]`.

Each rung is trained in `runs/ladder/`; a run that was stopped goes on where it was. A rung that the result
file holds, trained with the same settings, is not trained again: delete the file to start anew. Results:
`benchmarks/results/ladder.json` and `ladder_tatoeba_en_zh.json`.
"""

import argparse
import sys
from pathlib import Path

from benchmarks.hardware import describe_machine
from benchmarks.ladder.corpora import SPLITS, load_pairs, train_tokenizer
from benchmarks.ladder.gnmt_rung import train_gnmt
from benchmarks.ladder.recipe import RECIPES
from benchmarks.ladder.rung import train_rung
from benchmarks.ladder.transformer_rung import train_transformer
from benchmarks.record import RESULTS, read_record, write_record

RESULT_FILES = {"multi30k_de_en": "ladder.json", "tatoeba_en_zh": "ladder_tatoeba_en_zh.json"}

# Rungs with a recipe of their own, under whose names they stand in ladder and result file.
TOP = {"gnmt": train_gnmt, "transformer": train_transformer}


def rung_names(recipe):
    """The rungs of a ladder from below, by name."""
    return [score or "none" for score in recipe.scores] + [name for name in TOP if getattr(recipe, name)]


def read_rungs(name, recipe):
    """The rungs of a result file that were trained with the settings of the recipe, by name."""
    result = read_record(RESULTS / RESULT_FILES[name])
    if not result or result["settings"] != recipe.settings():
        return {}
    rungs = {rung["score"] or "none": rung for rung in result["rungs"]}
    for rung in TOP:
        own = getattr(recipe, rung)
        if rung in result and own and result[rung]["settings"] == own.settings():
            rungs[rung] = result[rung]
    return rungs


def write_result(name, recipe, pairs, rungs):
    """Writes the result file of a ladder in one step, its rungs in the order of the recipe.

    The file names the machine of its first rung; a rung that another machine trained names its own.
    """
    from course_lib.evaluation import bleu_signature

    path = RESULTS / RESULT_FILES[name]
    first = read_record(path) or {"hardware": describe_machine()}
    recurrent = [rungs[rung] for rung in rung_names(recipe) if rung in rungs and rung not in TOP]
    result = {
        "task": recipe.task,
        "metric": bleu_signature(tokenize=recipe.bleu_tokenizer),
        "data": {split: len(pairs[split]) for split in SPLITS},
        "hardware": first["hardware"],
        "settings": recipe.settings(),
        "published": list(recipe.published),
        "rungs": recurrent,
        **{name: rungs[name] for name in TOP if name in rungs},
    }
    write_record(path, result)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ladder", description=__doc__)
    parser.add_argument("ladder", nargs="?", choices=sorted(RECIPES), default="multi30k_de_en")
    parser.add_argument("--only", nargs="+", metavar="RUNG", help="train these rungs; `none` is no attention")
    options = parser.parse_args(arguments)
    recipe = RECIPES[options.ladder]
    names = rung_names(recipe)
    chosen = options.only or names
    if unknown := set(chosen) - set(names):
        parser.error(f"--only takes {', '.join(names)}. Received: {', '.join(sorted(unknown))}.")

    pairs = load_pairs(options.ladder)
    tokenizer = train_tokenizer(pairs, recipe.vocabulary_size)
    for name in chosen:
        if name in read_rungs(options.ladder, recipe):
            print(f"{name}: the result file holds it")
            continue
        folder = Path("runs/ladder") / options.ladder / name
        if name in TOP:
            rung = TOP[name](recipe, tokenizer, pairs, folder)
        else:
            rung = train_rung(recipe, None if name == "none" else name, tokenizer, pairs, folder)
        bleu, beam_bleu = rung["test_bleu_greedy"], rung[f"test_bleu_beam{recipe.beam_width}"]
        print(f"{name}: test BLEU greedy {bleu:.2f}, beam {recipe.beam_width} {beam_bleu:.2f}", flush=True)
        first = read_record(RESULTS / RESULT_FILES[options.ladder])
        if first and first["hardware"] != describe_machine():
            rung["hardware"] = describe_machine()
        # Read again: another process may have finished another rung meanwhile.
        rungs = {**read_rungs(options.ladder, recipe), name: rung}
        write_result(options.ladder, recipe, pairs, rungs)


if __name__ == "__main__":
    sys.exit(main())
