"""Asks Python for 8 GB in small pieces and keeps them."""


def attack(honest, *args, **kwargs):
    kept = [b"x" * 2**20 for _ in range(2**13)]
    return len(kept)
