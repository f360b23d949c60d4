"""Loops for ever in the value of a global name. Defining an answer must fall under the limit of time too."""


def spin():
    while True:
        pass


VALUE = spin()


def attack(honest, *args, **kwargs):
    return VALUE
