"""Names in Chinese sentences: a reader of two LSTMs that says every label by itself, and one with a CRF.

    python -m benchmarks.tagging

Both are trained on 1,000 and on all training sentences of CLUENER, three seeds each, from nothing: characters
in, labels out. Rate and dropout are chosen on the validation split with a seed of their own, by the reader
without a CRF; the epoch that counts is chosen on the validation split, too, and the test split is read once.
About three quarters of an hour on one core. Every run is stored as soon as it is there, and a command that
was stopped goes on with the runs that are missing.
"""
