"""How many updates either makes in the same time: `rates ROUNDS`, in a process with keras-hub.

The two take turns, a round of the same number of updates each, and the processor's time is counted: on one
thread that is the time on a machine that does nothing else.
"""

import json
import os
import statistics
import sys
import time

UPDATES_A_ROUND = 60
DROPOUT = 0.1


def measure_rates(contenders, num_rounds, updates_a_round=UPDATES_A_ROUND):
    """Updates a second by round.

    Args:
        contenders: dict name → an `ours.Contender` or a `keras_hub_peer.Contender`.
        num_rounds: how many; a first one more is not counted.
        updates_a_round: for each.

    Returns:
        dict name → list of floats.
    """
    from benchmarks.minutes.curve import Learner

    learners = {name: Learner(contender, DROPOUT) for name, contender in contenders.items()}
    rates = {name: [] for name in learners}
    for number in range(num_rounds + 1):
        for name, learner in learners.items():
            began = time.process_time()
            done = number * updates_a_round
            learner.train(done, done + updates_a_round, lambda step: 1e-3)
            rates[name].append(updates_a_round / (time.process_time() - began))
    return {name: values[1:] for name, values in rates.items()}


def rates_record(rates):
    """What is stored: the rates, and keras-hub's over ours with its least and greatest value of a round."""
    ratios = [theirs / ours for ours, theirs in zip(rates["ours"], rates["keras_hub"], strict=True)]
    return {
        "updates_a_second": {name: round(statistics.median(values), 2) for name, values in rates.items()},
        "rounds": len(ratios),
        "keras_hub_to_ours": round(statistics.median(ratios), 4),
        "lowest": round(min(ratios), 4),
        "highest": round(max(ratios), 4),
    }


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    from benchmarks.ladder.corpora import load_pairs
    from benchmarks.minutes.contenders import make_recipe

    pairs = load_pairs("multi30k_de_en")
    contenders = {}
    for name, contender in (("ours", "ours"), ("keras_hub", "keras_hub_untuned")):
        module, recipe = make_recipe(contender)
        contenders[name] = module.Contender(pairs, recipe, seed=1)
    rates = measure_rates(contenders, int(sys.argv[1]))
    print(json.dumps(rates_record(rates)), file=answers, flush=True)


if __name__ == "__main__":
    main()
