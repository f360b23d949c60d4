"""What each objective makes of rows of text."""

import numpy as np

from course_lib.objectives import (
    MaskedSpans,
    MaskedWordBatches,
    MaskedWords,
    PermutedWords,
    permutation_masks,
)


def slots_for(share, length):
    """For how many chosen words of a row there is room: few rows have more."""
    return min(length - 2, round(4 + 1.5 * share * length))


def make_objective(rung, vocabulary, slots):
    """What chooses words, and what becomes of them."""
    if rung.kind == "permuted":
        return PermutedWords(vocabulary, one_in=1 / rung.share, most=slots)
    if rung.kind in ("spans", "boundary"):
        return MaskedSpans(vocabulary, rung.share, most=slots)
    if rung.kind == "replaced":
        return MaskedWords(vocabulary, rung.share, mask_share=1.0, random_share=0.0, most=slots)
    return MaskedWords(vocabulary, rung.share, most=slots)


def stream_mask(content_mask, query_mask, positions):
    """Who sees what where queries stand behind the text: the text as `content_mask` says, nobody a query.

    Args:
        content_mask, query_mask: bools `(B, T, T)`, as of `permutation_masks`.
        positions: ints `(B, M)`, the places that are asked for.

    Returns:
        bool `(B, T + M, T + M)`.
    """
    asking = np.take_along_axis(query_mask, positions[..., None], axis=1)  # (B, M, T)
    seen = np.concatenate([content_mask, asking], axis=1)
    return np.pad(seen, ((0, 0), (0, 0), (0, positions.shape[1])))


def asked_as_if_alone(token_ids, positions, labels):
    """What a permuted reader takes to say hidden words, each as if no other hidden one were known.

    Args:
        token_ids: ints `(B, T)`, the text without masks.
        positions, labels: ints `(B, M)`, what is asked for; label 0 in slots that are not used.
    """
    ranks = np.zeros(token_ids.shape, "int32")
    rows, slots = np.nonzero(labels)
    ranks[rows, positions[rows, slots]] = 1
    masks = permutation_masks(ranks, token_ids != 0)
    return {
        "token_ids": token_ids,
        "padding_mask": token_ids != 0,
        "asked_positions": positions,
        "stream_mask": stream_mask(*masks, positions),
    }


class RungBatches(MaskedWordBatches):
    """The batches of a rung: item `index` is `(x, y)`, where x holds all that its model and its loss take.

    Beside what `MaskedWordBatches` gives, x holds "labels", which is y, too; of replaced words "draws",
    `(B, M)`, even in [0, 1), by which the generator's words are drawn (so that a run that was stopped goes on
    as it would have), and "is_judged" `(B, T)`; of permuted ones "asked_positions" and "stream_mask".

    Args:
        token_ids: ints `(R, T)`, the rows.
        rung: a `Rung`.
        vocabulary: its `Vocabulary`.
        batch_size: rows of a batch.
        seed: of the order and of what is hidden.
        pairs: `(segment_ids, labels)` of the rows, where they are pairs.
    """

    def __init__(self, token_ids, rung, vocabulary, batch_size, seed, pairs=None):
        slots = slots_for(rung.share, token_ids.shape[1])
        segment_ids, self.of_pairs = (None, None) if pairs is None else pairs
        super().__init__(
            token_ids,
            make_objective(rung, vocabulary, slots),
            batch_size,
            seed,
            segment_ids=segment_ids,
            is_static=rung.is_static,
        )
        self.rung, self.slots = rung, slots
        self.is_special = self.objective.is_special

    def batch_of(self, rows, index):
        """The batch of these rows, as the `index`th of the epoch."""
        if self.rung.kind == "left to right":
            return self._left_to_right(self.token_ids[rows])
        inputs, labels = super().batch_of(rows, index)
        inputs["labels"] = labels
        if self.rung.kind == "permuted":
            positions = inputs.pop("masked_positions")
            masks = (inputs.pop("content_mask"), inputs.pop("query_mask"))
            inputs = {name: inputs[name] for name in ("token_ids", "padding_mask", "labels")}
            inputs |= {"asked_positions": positions, "stream_mask": stream_mask(*masks, positions)}
        elif self.rung.kind == "replaced":
            generator = np.random.default_rng((self.seed, self.epoch, index, 1))
            inputs["draws"] = generator.random(labels.shape, "float32")
            is_hidden = inputs["token_ids"] != self.token_ids[rows]
            is_word = ~self.is_special[self.token_ids[rows]]
            inputs["is_judged"] = is_hidden if self.rung.asks == "chosen" else is_word
            inputs["original_ids"] = self.token_ids[rows].astype("int32")
        elif self.rung.kind == "spans":
            for name in ("left_boundaries", "right_boundaries", "span_places"):
                inputs.pop(name)
        if self.of_pairs is not None and self.rung.pairs in ("next", "order"):
            inputs["pair_labels"] = self.of_pairs[rows].astype("int32")
        return inputs, labels

    def _left_to_right(self, token_ids):
        """Every token is asked for by the one before it."""
        labels = np.pad(token_ids, ((0, 0), (0, 1)))[:, 1:].astype("int32")
        inputs = {"token_ids": token_ids.astype("int32"), "padding_mask": token_ids != 0, "labels": labels}
        return inputs, labels
