"""What a few minutes of training give: our Transformer beside an untuned model of keras-hub's blocks.

Both get the same captions of Multi30k (German to English), the same minutes and the same cores, one after
the other in one sitting. The minutes count from the call of `fit`, so that building the training step is
inside; reading and tokenizing the corpus and translating are not. keras-hub lives in an environment of its
own (see `benchmarks/transformers`). From the root of the repository, on a machine that does nothing else:

    python -m benchmarks.minutes --peers peers-env/bin/python

takes the minutes of both and about five more, and writes `benchmarks/results/minutes.json`. Our settings are
the best of a few that were tried out on the validation split, with `--trials`; keras-hub's nobody tuned.
"""
