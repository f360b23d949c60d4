"""The settings of ours that were tried out, each judged on the validation split alone."""

import dataclasses
import json
import sys

from benchmarks.minutes.contenders import make_recipe
from benchmarks.minutes.plan import DATA, Store, answers_of
from benchmarks.record import RESULTS

RESULT = RESULTS / "minutes_trials.json"
SEED = 100  # none of those that count in the end
ONCE = {"positions": "sinusoidal", "position_place": "once"}
EARLIER = {"free_epochs": 2.0, "most_dropout": 0.3}
TRIALS = (  # changes, and the numbers of updates that they were tried for
    ({**ONCE, "rule": {**EARLIER, "peak": 2e-3}}, (253, 506, 1012)),
    ({**ONCE, "rule": {**EARLIER, "peak": 3e-3}}, (253, 506)),
    ({**ONCE, "rule": {**EARLIER, "peak": 2e-3}}, (2024,)),
    (ONCE, (1012,)),
    ({}, (1012,)),
)


def run_trials(trials=TRIALS):
    """Makes the trials that are not stored yet, one after the other, and stores each point as it comes."""
    head = {"what": "python -m benchmarks.minutes --trials", "data": f"{DATA}, validation"}
    store = Store(RESULT, head, ("recipe", "updates"))
    for changes, lengths in trials:
        recipe = dataclasses.asdict(make_recipe("ours", changes)[1])
        if all(store.has(recipe=recipe, updates=updates) for updates in lengths):
            continue
        request = {"contender": "ours", "changes": changes, "lengths": lengths, "seed": SEED}
        answers = answers_of(sys.executable, "worker", json.dumps({**request, "splits": ["validation"]}))
        for point in answers:
            store.add({"recipe": recipe, **point})
