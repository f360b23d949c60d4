"""Losses of networks that look more than once."""
