"""A learner's own work: feedback in a notebook, judging files on disk, and how far they are."""
