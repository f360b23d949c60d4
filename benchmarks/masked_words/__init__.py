"""What hiding words teaches, on the toy language, where the best possible answer is known.

A small BERT is pre-trained on sentences of the toy language in many ways, and each time three things are
measured on the test split: nats above the exact floor, words found beside the most that can be found, and
what the model is good for: naming the role of every word of sentences that nobody tampered with, from few
labelled ones, frozen and fine-tuned. Chapter 10 shows what comes of it. From the root of the repository:

    python -m benchmarks.masked_words

One thread, about an hour. Each run is stored as soon as it is there, and a command that was stopped goes on
with the runs that are missing. With `--study recipes`, `shares`, `sizes` or `tricks` only that one is run.
"""
