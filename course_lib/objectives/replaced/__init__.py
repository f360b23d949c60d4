"""Tokens that a generator has put in the place of others, and who is to find them."""
