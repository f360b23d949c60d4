"""Ends its process on the spot with the status of success. That must not count as passed."""

import os


def attack(honest, *args, **kwargs):
    os._exit(0)
