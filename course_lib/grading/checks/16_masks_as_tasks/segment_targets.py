"""Verdict of `segment_targets`: what encoder and decoder read, and what is asked for."""

import numpy as np


def draw(generator):
    """Sentences (B, T) with segments at the beginning, at the end, of one token and of all."""
    cases = []
    for batch, length, mask_id in ((1, 5, 4), (2, 5, 4), (5, 7, 4), (7, 7, 103), (3, 11, 4)):
        real = generator.integers(4, length + 1, batch)
        lengths = generator.integers(2, real - 1)
        starts = generator.integers(1, real - lengths)
        if batch == 1:
            real, starts, lengths = np.array([5]), np.array([1]), np.array([3])
        if batch > 2:
            real[0], starts[0], lengths[0] = length - 2, 1, 3
            starts[1], lengths[1] = 0, 2
            starts[2], lengths[2] = real[2] - 3, 3
        if batch > 3:
            starts[3], lengths[3] = 0, real[3]
            starts[4], lengths[4] = 2, 1
        words = np.stack([generator.permutation(np.arange(5, 6 + length)) for _ in range(batch)])[:, :length]
        token_ids = np.where(np.arange(length) < real[:, None], words, 0)
        case = {"token_ids": token_ids, "starts": starts, "lengths": lengths}
        cases.append({**{name: array.astype("int32") for name, array in case.items()}, "mask_id": mask_id})
    return cases


def _real(case):
    return (case["token_ids"] != 0).sum(axis=1)


CONDITIONS = {
    "padding": lambda case: (case["token_ids"] == 0).any(),
    "a row without padding": lambda case: (case["token_ids"] != 0).all(axis=1).any(),
    "a segment at the beginning": lambda case: ((case["starts"] == 0) & (case["lengths"] > 1)).any(),
    "a segment up to the last token": lambda case: (case["starts"] + case["lengths"] == _real(case)).any(),
    "a segment of one token": lambda case: (case["lengths"] == 1).any(),
    "a segment of all tokens": lambda case: (case["lengths"] == _real(case)).any(),
    "a segment in the middle": lambda case: (
        (case["starts"] > 0) & (case["starts"] + case["lengths"] < _real(case)) & (case["lengths"] > 2)
    ).any(),
    "another mask": lambda case: case["mask_id"] != 4,
    "one sentence": lambda case: len(case["token_ids"]) == 1,
    "as many sentences as positions": lambda case: len(set(case["token_ids"].shape)) == 1,
}


def _places(token_ids, starts, lengths):
    """Position, begin and end, to be compared with each other."""
    return np.arange(token_ids.shape[1]), starts[:, None], (starts + lengths)[:, None]


def _inside(token_ids, starts, lengths):
    place, begin, end = _places(token_ids, starts, lengths)
    return (place >= begin) & (place < end)


def _goes_on(token_ids, starts, lengths):
    place, begin, end = _places(token_ids, starts, lengths)
    return (place > begin) & (place < end)


def _before(token_ids):
    return np.pad(token_ids, ((0, 0), (1, 0)))[:, :-1]


def _behind(token_ids):
    return np.pad(token_ids, ((0, 0), (0, 1)))[:, 1:]


def _encoder(token_ids, starts, lengths, mask_id):
    return np.where(_inside(token_ids, starts, lengths), mask_id, token_ids)


def _decoder(token_ids, starts, lengths, mask_id):
    shifted = np.where(_goes_on(token_ids, starts, lengths), _before(token_ids), mask_id)
    return np.where(token_ids == 0, 0, shifted)


def _labels(token_ids, starts, lengths, mask_id):
    return np.where(_inside(token_ids, starts, lengths), token_ids, 0)


def _with(encoder=_encoder, decoder=_decoder, labels=_labels, segment=None):
    """The answer with parts exchanged."""

    def answer(token_ids, starts, lengths, mask_id):
        given = token_ids, *(segment(starts, lengths) if segment else (starts, lengths)), mask_id
        return {"encoder": encoder(*given), "decoder": decoder(*given), "labels": labels(*given)}

    return answer


reference = _with()


def _masked_unless(rule, tokens=_before):
    """Another rule for where the decoder reads tokens; padding stays 0."""

    def decoder(token_ids, starts, lengths, mask_id):
        place, begin, end = _places(token_ids, starts, lengths)
        shifted = np.where(rule(place, begin, end), tokens(token_ids), mask_id)
        return np.where(token_ids == 0, 0, shifted)

    return decoder


def _inside_rule(place, begin, end):
    return (place >= begin) & (place < end)


def _always(place, begin, end):
    return (place >= 0) & (begin >= 0)


def _first_masked(token_ids, starts, lengths, mask_id):
    """The whole sentence, shifted, with the mask in front."""
    shifted = np.pad(token_ids, ((0, 0), (1, 0)), constant_values=mask_id)[:, :-1]
    return np.where(token_ids == 0, 0, shifted)


def _to_the_front(what):
    """The segment's rows moved to position 0."""

    def moved(token_ids, starts, lengths, mask_id):
        rows = np.zeros_like(token_ids)
        values = what(token_ids, starts, lengths, mask_id)
        for row, value, start, length in zip(rows, values, starts, lengths, strict=True):
            row[:length] = value[start : start + length]
        return rows

    return moved


def _encoder_without(token_ids, starts, lengths, mask_id):
    """The rest alone, moved together."""
    rows = np.zeros_like(token_ids)
    for row, ids, start, length in zip(rows, token_ids, starts, lengths, strict=True):
        kept = np.concatenate([ids[:start], ids[start + length :]])
        row[: len(kept)] = kept
    return rows


def _rest_masked(token_ids, starts, lengths, mask_id):
    outside = ~_inside(token_ids, starts, lengths) & (token_ids != 0)
    return np.where(outside, mask_id, token_ids)


def _labels_where(rule):
    def labels(token_ids, starts, lengths, mask_id):
        return np.where(rule(*_places(token_ids, starts, lengths)), token_ids, 0)

    return labels


def _padding_masked(token_ids, starts, lengths, mask_id):
    return np.where(_goes_on(token_ids, starts, lengths), _before(token_ids), mask_id)


MISTAKES = {
    "first_segment_for_all": _with(
        segment=lambda starts, lengths: (np.full_like(starts, starts[0]), np.full_like(lengths, lengths[0]))
    ),
    "length_taken_for_end": _with(segment=lambda starts, lengths: (starts, lengths - starts)),
    "segment_too_long": _with(segment=lambda starts, lengths: (starts, lengths + 1)),
    "decoder_not_shifted": (
        _with(decoder=_masked_unless(_inside_rule, lambda ids: ids)),
        _with(decoder=_masked_unless(_always, lambda ids: ids)),
    ),
    "decoder_reads_ahead": (
        _with(decoder=_masked_unless(lambda p, b, e: (p >= b) & (p < e - 1), _behind)),
        _with(decoder=_masked_unless(_inside_rule, _behind)),
    ),
    "decoder_told_what_is_before": _with(
        decoder=_masked_unless(lambda p, b, e: (p >= np.maximum(b, 1)) & (p < e))
    ),
    "decoder_sees_the_rest": (
        _with(decoder=_masked_unless(_always)),
        _with(decoder=_first_masked),
        _with(decoder=lambda ids, starts, lengths, mask_id: _encoder(ids, starts, lengths, mask_id)),
    ),
    "segment_moved_to_the_front": (
        _with(decoder=_to_the_front(_decoder), labels=_to_the_front(_labels)),
        _with(decoder=_to_the_front(_decoder)),
    ),
    "all_tokens_asked": _with(labels=lambda token_ids, starts, lengths, mask_id: token_ids),
    "rest_is_asked": _with(labels=_labels_where(lambda p, b, e: (p < b) | (p >= e))),
    "first_of_segment_not_asked": _with(labels=_labels_where(lambda p, b, e: (p > b) & (p < e))),
    "labels_shifted": (
        _with(labels=lambda ids, *rest: _behind(_labels(ids, *rest))),
        _with(labels=lambda ids, *rest: _before(_labels(ids, *rest))),
        _with(labels=lambda ids, *rest: np.where(_inside(ids, *rest[:2]), _behind(ids), 0)),
    ),
    "other_label_for_no_loss": tuple(
        _with(
            labels=lambda ids, starts, lengths, mask_id, number=number: np.where(
                _inside(ids, starts, lengths), ids, number
            )
        )
        for number in (-100, -1)
    ),
    "encoder_sees_segment": _with(encoder=lambda token_ids, starts, lengths, mask_id: token_ids),
    "encoder_sees_segment_alone": _with(encoder=_rest_masked),
    "segment_cut_out": _with(encoder=_encoder_without),
    "padding_becomes_mask": _with(decoder=_padding_masked),
}
