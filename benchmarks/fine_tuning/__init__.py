"""What pre-training is good for: sentiment of sentences, and names in Chinese.

`python -m benchmarks.fine_tuning sst2` (or `cluener`) fine-tunes every model that `benchmarks.pretraining`
has left in `runs/pretraining`, and the same architecture with fresh weights, three seeds each; a bag of words
and readers of two LSTMs stand beside them. `cluener_trials` tries recipes beyond the grid of `cluener`. A
command that was stopped goes on with the runs that are missing.
"""
