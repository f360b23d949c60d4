"""What came after the Transformer of chapters 4 to 8, each part against the one that it replaced.

`python -m benchmarks.writers` trains small writers of the toy language, from left to right. One is made of
the parts of those chapters: normalisation behind every sublayer, sinusoids that are added once, keys and
values for every head, a network with ReLU. Each of the others changes one of them, and the last changes all.
What perfect knowledge of the language would pay is known, and what they pay beyond is stored; besides,
normalisation before and behind a sublayer at several learning rates without warm-up, and what writing costs.
A command that was stopped goes on with the runs that are missing.
"""
