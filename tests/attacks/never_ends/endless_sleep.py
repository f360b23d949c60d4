"""Sleeps for ever. The limit must be one of wall-clock time, not only of processor time."""

import time


def attack(honest, *args, **kwargs):
    while True:
        time.sleep(3600)
