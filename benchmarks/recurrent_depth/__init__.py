"""Recurrent translators of two, four and eight layers, with residual connections and without.

`python -m benchmarks.recurrent_depth` trains GNMTs of one width on the toy language, with the same batches
and updates; the rate of each is chosen on the validation split, with a seed of its own. A run that is stored
is not made again. Chapter 8 shows what comes of it.
"""
