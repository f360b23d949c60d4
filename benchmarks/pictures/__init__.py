"""Where each way of looking at pictures wins, by the amount of data.

`python -m benchmarks.pictures` trains every contender of `contenders.py` on 500, 2,000 and 8,000 of the
course's own pictures of birds, whose class hangs on one small mark, and asks it about pictures that it has
not seen: what it says, and where it looks. All are shown equally many pictures. Learning rates are chosen by
trials on the validation split, for each contender. A command that was stopped goes on with the runs that are
missing.
"""
