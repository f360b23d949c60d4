"""Raises an exception whose message no file in UTF-8 can hold, with control characters and markup in it."""


def attack(honest, *args, **kwargs):
    raise ValueError("\ud800 \x00 \x1b[2J <script>alert(1)</script> =cmd|' /C calc'!A0 \u202e")
