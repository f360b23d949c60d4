"""Is right and does no harm: what each grader makes of a class without an attacker, for comparison."""


def attack(honest, *args, **kwargs):
    return honest(*args, **kwargs)
