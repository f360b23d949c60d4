"""Leaves twenty threads that never end, and is right. Nobody may wait for the threads."""

import threading
import time


def run():
    while True:
        time.sleep(0.01)


def attack(honest, *args, **kwargs):
    for number in range(20):
        threading.Thread(target=run, daemon=bool(number % 2)).start()
    return honest(*args, **kwargs)
