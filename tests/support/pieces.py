"""Random rows of word pieces, for tests of what is hidden in them."""

import numpy as np

from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

# Every third token goes on with the word before it.
PIECES = Vocabulary(
    [*BERT_SPECIAL_TOKENS, *(f"##p{number}" if number % 3 == 2 else f"w{number}" for number in range(60))]
)
FIRST_PIECE = len(BERT_SPECIAL_TOKENS)


def random_rows(seed, shape=(101, 37), unknown_share=0.05):
    """[CLS] pieces [SEP] pieces [SEP], of random lengths, padded, with unknown ones among them."""
    generator = np.random.default_rng(seed)
    token_ids = generator.integers(FIRST_PIECE, len(PIECES), shape)
    token_ids[generator.random(shape) < unknown_share] = PIECES.unknown_id
    lengths = generator.integers(5, shape[1] + 1, shape[0])
    token_ids[:, 0] = PIECES.classification_id
    token_ids[np.arange(shape[0]), lengths - 1] = PIECES.separator_id
    token_ids[np.arange(shape[0]), lengths // 2] = PIECES.separator_id
    return token_ids * (np.arange(shape[1]) < lengths[:, None])


def words_by_hand(row):
    """The words of a row, each a list of positions: by a loop, without arrays."""
    words = []
    for place, token_id in enumerate(row):
        token = PIECES.token_of(int(token_id))
        if token in PIECES.special_tokens:
            continue
        is_word = words and words[-1][-1] == place - 1 and token.startswith("##")
        if is_word:
            words[-1].append(place)
        else:
            words.append([place])
    return words


def chosen_of(positions, labels, shape):
    """bool `(B, T)`: the positions of the slots that are used."""
    chosen = np.zeros(shape, bool)
    rows, slots = np.nonzero(labels)
    chosen[rows, positions[rows, slots]] = True
    return chosen
