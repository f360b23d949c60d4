"""What a few minutes of training give: our Transformer beside a model of keras-hub's blocks.

Both get the same captions of Multi30k (German to English) and the same time, counted in updates: a minute is
so many as either made in a minute of one slow machine, by a ratio that is measured in turns. The result needs
no quiet machine and is the same on a fast one. keras-hub lives in an environment of its own (see
`benchmarks/transformers`). From the root of the repository:

    python -m benchmarks.minutes --rates --peers peers-env/bin/python
    python -m benchmarks.minutes --trials
    python -m benchmarks.minutes --peers peers-env/bin/python

The first measures the ratio, the second what was tried out for our rule, on the validation split alone; the
third trains every contender with every seed, an hour and a half on two fast cores. Each point is stored as
soon as it is there, and a command that was stopped goes on where it was (`runs/minutes`; without that folder,
from the beginning of the runs that are missing).
"""
