"""BERT from scratch on two cores: novels and film reviews, and a little Chinese.

`python -m benchmarks.pretraining english` (or `chinese`) pre-trains a small BERT with masked words and reads
it off each time the number of tokens has doubled; on a way aside the rate falls to zero, so that every point
is a finished model. What is read off goes to `results/pretraining_english.json`, weights to
`runs/pretraining`, where a run that was stopped goes on. `python -m benchmarks.fine_tuning` asks what the
weights are good for. `python -m benchmarks.pretraining trials` shows what a small model must begin with.

The Chinese model begins with the blocks of the English one after 8 million tokens, and with word vectors of
its own; `chinese_alone` begins with nothing.
"""
