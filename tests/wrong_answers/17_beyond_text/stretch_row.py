"""Wrong answers to `stretch_row` beside its mutants."""

import math

import numpy as np


def _stretch(table, places):
    table = np.array(table)
    places = np.clip(places, 0, len(table) - 1)
    return np.stack([np.interp(places, np.arange(len(table)), column) for column in table.T], axis=-1)


def ends_on_ends__divided_by_zero(table, length):
    return _stretch(table, [o * (table.shape[0] - 1) / (length - 1) for o in range(length)])


def half_missing__the_second(table, length):
    return _stretch(table, (np.arange(length) + 0.5) * table.shape[0] / length)


def half_missing__the_first(table, length):
    return _stretch(table, np.arange(length) * table.shape[0] / length - 0.5)


def nearest_row__without_the_half(table, length):
    return np.array(table)[[math.floor(o * table.shape[0] / length) for o in range(length)]]


def nearest_row__the_one_in_front(table, length):
    rows = table.shape[0]
    places = [min(max((o + 0.5) * rows / length - 0.5, 0), rows - 1) for o in range(length)]
    return np.array(table)[[math.floor(place) for place in places]]


def cut_off__filled_with_zeros(table, length):
    stretched = np.zeros((length, table.shape[1]), "float32")
    stretched[: table.shape[0]] = np.array(table)[:length]
    return stretched


def wraps_round__repeated(table, length):
    return np.resize(np.array(table), (length, table.shape[1]))


def in_reverse(table, length):
    return _stretch(table, (np.arange(length) + 0.5) * table.shape[0] / length - 0.5)[::-1]


def mean_of_all(table, length):
    return np.repeat(np.array(table).mean(axis=0, keepdims=True), length, axis=0)


def smooth_shares(table, length):
    table = np.array(table)
    places = np.clip((np.arange(length) + 0.5) * len(table) / length - 0.5, 0, len(table) - 1)
    lower = np.floor(places).astype(int)
    share = ((1 - np.cos(np.pi * (places - lower))) / 2)[:, None]
    return (1 - share) * table[lower] + share * table[np.minimum(lower + 1, len(table) - 1)]
