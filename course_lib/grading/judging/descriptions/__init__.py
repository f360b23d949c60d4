"""What can be said of a wrong answer that no catalogue foresaw, from what it did.

A *claim* is a sentence and a test of it: it is said only when it holds on every case that was seen, the
freshly drawn ones among them. `describe.py` puts the claims together, the other files each look for one kind.
"""
