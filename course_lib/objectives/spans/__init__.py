"""Hiding more than single tokens: whole words, phrases, and spans of a random length."""
