"""From sentences to padded batches: by length, for language models and for translation."""
