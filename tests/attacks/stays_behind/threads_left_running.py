"""Leaves twenty threads that never end, and is right. Nobody may wait for the threads."""

import threading
import time

STARTED = []


def run():
    while True:
        time.sleep(0.01)


def attack(honest, *args, **kwargs):
    for number in range(0 if STARTED else 20):
        STARTED.append(threading.Thread(target=run, daemon=bool(number % 2)))
        STARTED[-1].start()
    return honest(*args, **kwargs)
