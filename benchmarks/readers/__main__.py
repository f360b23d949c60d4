"""Trains every reader and asks it; what is stored already is not done again. See `__init__.py`."""

import sys
import time

from benchmarks.hardware import describe_machine
from benchmarks.record import RESULTS, read_record, write_record

RESULT = RESULTS / "readers.json"
SEEDS = (0, 1, 2)
BATCH = {"toy": 64}  # rows in an update
UPDATES = {"toy": 600}
# BERT is asked for a fifth of the words; so once more with as many questions as the others were asked.
TIMES_LONGER = {"bert_longer": ("bert", 5)}


def main():
    from benchmarks.readers import material as materials
    from benchmarks.readers.contenders import READERS, WIDTH, pretrain
    from benchmarks.readers.questions import Questions, bag_accuracies

    record = read_record(RESULT) or {
        "what": "python -m benchmarks.readers",
        "width": WIDTH,
        "updates": UPDATES,
        "rows_in_an_update": BATCH,
        "hardware": describe_machine(),
        "runs": [],
    }
    done = {(run["material"], run["reader"], run["seed"]) for run in record["runs"]}
    for material_name in UPDATES:
        material = getattr(materials, material_name)()
        questions = {}
        tokens_of_row = float((material.rows != 0).sum() / len(material.rows))
        for seed in SEEDS:
            for label in ("bag", *READERS, *TIMES_LONGER):
                name, times = TIMES_LONGER.get(label, (label, 1))
                if (material_name, label, seed) in done:
                    continue
                run = {"material": material_name, "reader": label, "seed": seed}
                if name == "bag":
                    run["accuracy"] = bag_accuracies(material, seed)
                else:
                    num_updates, rows = times * UPDATES[material_name], BATCH[material_name]
                    start = time.perf_counter()
                    reader, loss = pretrain(name, material, num_updates, rows, seed)
                    seconds = time.perf_counter() - start
                    run |= {
                        "parameters": reader.count_params(),
                        "tokens_read": round(num_updates * rows * tokens_of_row),
                        "loss": round(loss, 4),
                        "seconds": round(seconds, 1),
                    }
                    if name not in questions:
                        questions[name] = Questions(name, material)
                    asked = questions[name]
                    new, _ = pretrain(name, material, 0, rows, seed)
                    run["accuracy"] = {
                        "pre-trained": asked.ask(reader.get_weights(), seed),
                        "not pre-trained": asked.ask(new.get_weights(), seed),
                    }
                    run["seconds_of_questions"] = round(time.perf_counter() - start - seconds, 1)
                record["runs"].append(run)
                write_record(RESULT, record)
                print(run, flush=True)


if __name__ == "__main__":
    sys.exit(main())
