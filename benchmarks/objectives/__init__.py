"""One ladder of pre-training objectives, at equal compute: same encoder, same text, same multiplications.

    python -m benchmarks.objectives toy        the toy language, where the best possible answer is known
    python -m benchmarks.objectives chinese    Chinese text, judged on names, hidden characters and pairs
    python -m benchmarks.objectives steps      what one step of each objective costs, part by part

What is equal is counted (`operations.py`): a rung whose step costs more makes fewer steps. Rungs are listed
in `rungs.py`; one seed of every rung comes first. Each run is stored as soon as it is there, in `results`,
and one that was stopped on the way goes on from `runs/objectives`.

All rungs of the Chinese stage begin with fresh blocks and with word vectors from counts of neighbours, which
no objective has made.
"""
