"""Attention: with one of three scores, multi-head, local, with coverage, and the cache of keys and values."""
