"""Reads address zero. The crash must cost this answer only."""

import ctypes


def attack(honest, *args, **kwargs):
    ctypes.string_at(0)
