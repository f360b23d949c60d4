"""What every tokenizer can do."""

import abc
import operator


def visible_tokens(vocabulary, token_ids):
    """Gives the tokens a reader should see: up to the end token, and none that only marks a place.

    Args:
        vocabulary: a `Vocabulary`.
        token_ids: flat iterable of integers.

    Returns:
        a list of strings.

    Raises:
        ValueError: an id lies outside the vocabulary.
        TypeError: an id is not an integer.

    Example:
        >>> from course_lib.text.vocabulary import SPECIAL_TOKENS, Vocabulary
        >>> visible_tokens(Vocabulary([*SPECIAL_TOKENS, "a", "cat"]), [2, 5, 6, 3, 6, 0])
        ['a', 'cat']
    """
    end_id = getattr(vocabulary, "end_id", None)
    unseen = [
        getattr(vocabulary, f"{role}_id", None)
        for role in ("padding", "start", "classification", "separator")
    ]
    tokens = []
    for token_id in token_ids:
        try:
            token_id = operator.index(token_id)
        except TypeError as error:
            raise TypeError(
                f"`token_ids` must be a flat sequence of integers. Received: {token_id!r}"
            ) from error
        if token_id == end_id:
            break
        if token_id not in unseen:
            tokens.append(vocabulary.token_of(token_id))
    return tokens


class Tokenizer(abc.ABC):
    """Turns text into ids of a vocabulary and back.

    `encode` adds neither start nor end token: the batch pipelines do.

    Args:
        vocabulary: a `Vocabulary`, kept as `.vocabulary`.
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary

    def encode(self, text):
        """Turns one string into a list of ids; TypeError for anything but a string."""
        return self._encode(checked_text(text))

    def encode_batch(self, texts):
        """Turns an iterable of strings into a list of lists of ids, in the same order."""
        return [self._encode(text) for text in checked_texts(texts)]

    @abc.abstractmethod
    def _encode(self, text):
        """Turns one string, already checked, into a list of ids."""

    @abc.abstractmethod
    def decode(self, token_ids):
        """Turns ids into text, dropping padding and start tokens and stopping at the end token."""


def checked_text(text):
    """Returns `text`; TypeError unless it is a string.

    Example:
        >>> checked_text("a cat")
        'a cat'
    """
    if not isinstance(text, str):
        raise TypeError(f"`text` must be a string. Received: {text!r} of type {type(text).__name__}.")
    return text


def checked_texts(texts):
    """Returns the strings of an iterable as a list; TypeError for a single string or another kind of item.

    Example:
        >>> checked_texts(("a cat", ""))
        ['a cat', '']
    """
    if isinstance(texts, (str, bytes)):
        raise TypeError(f"`texts` must be an iterable of strings, not one string. Received: {texts!r}")
    texts = list(texts)
    for position, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(
                f"Every text must be a string. Received: {text!r} of type {type(text).__name__} "
                f"at position {position}."
            )
    return texts
