"""Subword regularisation: another segmentation of the same words at every reading."""

import numpy as np

from course_lib.text.normalisation import split_words


def sample_pieces(word, ids_by_piece, dropout, random):
    """Splits a word as WordPiece does, but passes over every match with probability `dropout`.

    The longest piece that fits is taken unless it is passed over; then the next shorter one, and so on. A
    single character is never passed over, so that what could be covered stays covered.

    Args:
        word: a non-empty string.
        ids_by_piece: dict from piece to id; pieces after a word's first have "##" before them.
        dropout: float in [0, 1), the probability that a match is passed over.
        random: a function without arguments that returns floats in [0, 1).

    Returns:
        list of ids, or `None` when no pieces cover the word.

    Example:
        >>> ids_by_piece = {"u": 5, "un": 6, "##n": 7, "##do": 8, "##d": 9, "##o": 10}
        >>> sample_pieces("undo", ids_by_piece, 0.5, iter([0.9, 0.1, 0.9]).__next__)
        [6, 9, 10]

    Reference: Hiraoka (2022), "MaxMatch-Dropout", https://arxiv.org/abs/2209.04126; Provilkov et al. (2020),
    https://arxiv.org/abs/1910.13267
    """
    ids, start, prefix = [], 0, ""
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece_id = ids_by_piece.get(prefix + word[start:stop])
            if piece_id is not None and (stop == start + 1 or random() >= dropout):
                break
        else:
            return None
        ids.append(piece_id)
        start, prefix = stop, "##"
    return ids


class SubwordSampler:
    """Encodes sentences with sampled segmentations, the same for the same seed and epoch.

    Args:
        tokenizer: a `WordPieceTokenizer`; a word that its vocabulary cannot cover piece by piece is encoded
            as the tokenizer does.
        dropout: float in [0, 1), the probability that a matching piece is passed over.

    Raises:
        ValueError: if `dropout` is outside [0, 1).

    Example:
        >>> from course_lib.text import WordPieceTokenizer, train_wordpiece
        >>> texts = ["the cat", "the hat", "that cat"]
        >>> tokenizer = WordPieceTokenizer(train_wordpiece(texts, vocabulary_size=15))
        >>> sampler = SubwordSampler(tokenizer, dropout=0.5)
        >>> [tokenizer.decode(ids) for ids in sampler.encode_batch(texts, seed=(1, 0))] == texts
        True
        >>> sampler.encode_batch(texts, seed=(1, 0)) == sampler.encode_batch(texts, seed=(1, 1))
        False
    """

    def __init__(self, tokenizer, dropout):
        if not 0 <= dropout < 1:
            raise ValueError(f"`dropout` must be at least 0 and below 1. Received: dropout={dropout}.")
        self.tokenizer = tokenizer
        self.dropout = dropout
        self._ids_by_piece = {token: index for index, token in enumerate(tokenizer.vocabulary.tokens)}
        self._words = {}  # text -> its words, split once

    def encode_batch(self, texts, seed):
        """A list of lists of ids, one for each text; `seed` is an integer or a sequence of them."""
        random = UniformStream(seed)
        encoded = []
        for text in texts:
            words = self._words.get(text)
            if words is None:
                words = self._words[text] = split_words(text, self.tokenizer.lower_case)
            ids = []
            for word in words:
                pieces = sample_pieces(word, self._ids_by_piece, self.dropout, random)
                ids += self.tokenizer.encode(word) if pieces is None else pieces
            encoded.append(ids)
        return encoded


class UniformStream:
    """Uniform numbers one by one, drawn many at a time: NumPy's own call for one is slow."""

    def __init__(self, seed, size=65536):
        self._generator = np.random.default_rng(seed)
        self._size = size
        self._numbers = iter(())

    def __call__(self):
        for number in self._numbers:
            return number
        self._numbers = iter(self._generator.random(self._size).tolist())
        return next(self._numbers)
