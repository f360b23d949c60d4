"""WordPiece by tensorflow-text's compiled matcher."""

import re

import numpy as np

from course_lib.text.normalisation import has_unassigned, normalise, split_words

MAXIMUM_WORD_LENGTH = 100  # characters; longer words become one unknown token
_LONG_WORD = re.compile(rf"\S{{{MAXIMUM_WORD_LENGTH + 1}}}")
_LONGEST_TOKEN = 256  # bytes that tensorflow-text can store for one token
_NEVER_IN_TEXT = (
    "\ue000"  # private use, which normalisation removes; keeps the matcher's vocabulary non-empty
)


def matchable_tokens(vocabulary):
    """Gives the tokens that some word can match; the others would only confuse tensorflow-text's builder.

    Args:
        vocabulary: a `Vocabulary`.

    Returns:
        a list of strings: tokens that, without "##", are one word of at most 100 characters.

    Example:
        >>> from course_lib.text.vocabulary import SPECIAL_TOKENS, Vocabulary
        >>> matchable_tokens(Vocabulary([*SPECIAL_TOKENS, "cat", "##s", "a b", "##"]))
        ['cat', '##s']
    """
    bodies = ((token, token.removeprefix("##")) for token in vocabulary.tokens)
    return [
        token
        for token, body in bodies
        if len(body) <= MAXIMUM_WORD_LENGTH and split_words(body, lower_case=False) == [body]
    ]


def fits_tensorflow(vocabulary):
    """Tells whether tensorflow-text can hold every matchable token (256 bytes of UTF-8 each).

    Args:
        vocabulary: a `Vocabulary`.

    Returns:
        a bool.

    Example:
        >>> from course_lib.text.vocabulary import SPECIAL_TOKENS, Vocabulary
        >>> fits_tensorflow(Vocabulary([*SPECIAL_TOKENS, "ห" * 85]))
        True
        >>> fits_tensorflow(Vocabulary([*SPECIAL_TOKENS, "ห" * 86]))
        False
    """
    return all(len(token.encode("utf-8")) <= _LONGEST_TOKEN for token in matchable_tokens(vocabulary))


def _import_tensorflow_text():
    try:
        import tensorflow
        import tensorflow_text
    except Exception as error:  # a tensorflow-text built for another TensorFlow fails in its own ways
        raise ImportError(
            "engine='tensorflow' needs tensorflow and the tensorflow-text of the same release (there is none "
            "for Windows). engine='python' gives the same ids without them. "
            f"Loading failed with {type(error).__name__}: {error}"
        ) from error
    return tensorflow, tensorflow_text


class TensorFlowMatcher:
    """Finds the pieces of whole batches of texts with `FastWordpieceTokenizer`.

    Normalisation is `course_lib.text.normalise`, so that both engines see the same words; tensorflow-text
    splits at the spaces and matches pieces. It also splits at what its own Unicode tables call punctuation,
    and it limits words by bytes. Texts in which that could matter (code points unassigned in the running
    Python, words of more than 100 characters) are handed to `encode_one`, which does not depend on it.

    Args:
        vocabulary: a `Vocabulary`.
        lower_case: whether to lower the case and strip accents.
        encode_one: function from one string to its ids.

    Raises:
        ImportError: tensorflow-text is not installed or does not fit the installed TensorFlow.
        ValueError: a token is too long.
    """

    def __init__(self, vocabulary, lower_case, encode_one):
        tf, tf_text = _import_tensorflow_text()
        if not fits_tensorflow(vocabulary):
            longest = max(matchable_tokens(vocabulary), key=lambda token: len(token.encode("utf-8")))
            raise ValueError(
                f"engine='tensorflow' holds tokens of up to {_LONGEST_TOKEN} bytes; use engine='python' for "
                f"longer ones. Received: a token of {len(longest.encode('utf-8'))} bytes, {longest[:20]!r}…"
            )
        unknown = vocabulary.token_of(vocabulary.unknown_id)
        tokens = [unknown, _NEVER_IN_TEXT]
        tokens += [token for token in matchable_tokens(vocabulary) if token not in tokens]
        self._ids = np.array([vocabulary.id_of(token) for token in tokens])
        self._lower_case = lower_case
        self._encode_one = encode_one
        self._constant = tf.constant
        self._string_type = tf.string
        self._matcher = tf_text.FastWordpieceTokenizer(
            tokens, max_bytes_per_word=4 * MAXIMUM_WORD_LENGTH, token_out_type=tf.int32, unknown_token=unknown
        )

    def encode_batch(self, texts):
        """Turns a list of strings into a list of lists of ids."""
        normalised = [normalise(text, self._lower_case) for text in texts]
        exceptions = [
            row
            for row, text in enumerate(normalised)
            if has_unassigned(text, self._lower_case)
            or (len(text) > MAXIMUM_WORD_LENGTH and _LONG_WORD.search(text))
        ]
        for row in exceptions:
            normalised[row] = ""
        # A one-dimensional tensor even for one text: the fast ops of tensorflow-text refuse scalars.
        pieces = self._matcher.tokenize(self._constant(normalised, self._string_type, shape=(len(texts),)))
        ids = self._ids[pieces.flat_values.numpy()].tolist()
        limits = pieces.row_splits.numpy().tolist()
        rows = [ids[start:stop] for start, stop in zip(limits, limits[1:], strict=False)]
        for row in exceptions:
            rows[row] = self._encode_one(texts[row])
        return rows
