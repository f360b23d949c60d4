"""Public corpora: the registry, downloads that are checked, the cache, and one loader for each."""
