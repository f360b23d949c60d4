"""WordPiece tokenization with two engines of equal output."""

import re
import sys
import unicodedata
from contextlib import suppress

from course_lib.text.detokenisation import join_pieces, join_words
from course_lib.text.normalisation import split_words
from course_lib.text.offsets import span_of, words_with_origins
from course_lib.text.tensorflow_matcher import MAXIMUM_WORD_LENGTH, TensorFlowMatcher, fits_tensorflow
from course_lib.text.tokenizer import Tokenizer, checked_text, checked_texts, visible_tokens

ENGINES = ("auto", "tensorflow", "python")
_CACHE_SIZE = 2**17  # words whose pieces are remembered


def match_pieces(word, ids_by_piece, unknown_id):
    """Splits a word into the longest pieces the vocabulary holds, from left to right.

    Pieces after the first are looked up with "##" before them. A word that cannot be covered, or of more than
    100 characters, becomes one unknown token.

    Args:
        word: a non-empty string.
        ids_by_piece: dict from piece to id.
        unknown_id: the id of the unknown token.

    Returns:
        a list of ids.

    Example:
        >>> match_pieces("unwanted", {"un": 5, "##want": 6, "##w": 7, "##ed": 8}, unknown_id=1)
        [5, 6, 8]
        >>> match_pieces("unread", {"un": 5, "##re": 6}, unknown_id=1)
        [1]

    Reference: Wu et al., "Google's Neural Machine Translation System", 2016; greedy matching as in BERT.
    Taught in: notebooks/09_word_pieces
    """
    if len(word) > MAXIMUM_WORD_LENGTH:
        return [unknown_id]
    ids = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        for stop in range(len(word), start, -1):
            piece_id = ids_by_piece.get(prefix + word[start:stop])
            if piece_id is not None:
                break
        else:
            return [unknown_id]
        ids.append(piece_id)
        start = stop
    return ids


class WordPieceTokenizer(Tokenizer):
    """BERT's tokenizer: basic tokenization, then the longest matching pieces of each word.

    Ids equal those of Hugging Face's `BertTokenizerFast` up to the Unicode details listed at
    `course_lib.text.normalise`; in particular "ß" is not folded to "ss". Text becomes the id of a special
    token on request only: else "[MASK]" inside a text is read as "[", "mask" and "]", as in the original
    BERT code (`BertTokenizerFast` always recognises it).

    Both engines give the same ids. "tensorflow" encodes batches with tensorflow-text's compiled matcher;
    single strings, for which one TensorFlow call costs more than the work itself, go through Python.

    Args:
        vocabulary: a `Vocabulary`; pieces inside words begin with "##".
        lower_case: whether to lower the case and strip accents.
        engine: "python"; "tensorflow"; or "auto", which takes tensorflow-text if TensorFlow is loaded already
            and tensorflow-text fits it, else Python, and never loads TensorFlow by itself. `.engine` says
            which.

        keeps_special_tokens: whether special tokens inside a text, written exactly as in the vocabulary,
            stand for themselves. Never for text of strangers, who could write them, too.

    Raises:
        ValueError: unknown engine; a special token that ordinary text could contain as a word; or
            engine="tensorflow" with tokens too long for it.
        ImportError: engine="tensorflow" without a working tensorflow-text.

    Example:
        >>> from course_lib.text import SPECIAL_TOKENS, Vocabulary
        >>> vocabulary = Vocabulary([*SPECIAL_TOKENS, "the", "cat", "##s", "un", "##want", "##ed", "."])
        >>> tokenizer = WordPieceTokenizer(vocabulary, engine="python")
        >>> tokenizer.encode("The unwanted cats.")
        [5, 8, 9, 10, 6, 7, 11]
        >>> tokenizer.decode([2, 5, 8, 9, 10, 6, 7, 11, 3, 0, 0])
        'the unwanted cats.'

    Taught in: notebooks/02_sequence_to_sequence
    """

    def __init__(self, vocabulary, lower_case=True, engine="auto", keeps_special_tokens=False):
        super().__init__(vocabulary)
        if engine not in ENGINES:
            raise ValueError(f"`engine` must be one of {', '.join(ENGINES)}. Received: engine={engine!r}.")
        for token in vocabulary.special_tokens:
            if split_words(token, lower_case) == [token]:
                raise ValueError(
                    "Special tokens must hold a punctuation mark, like '[PAD]', so that no word of a text "
                    f"can be taken for one. Received: {token!r}"
                )
        self.lower_case = lower_case
        self.keeps_special_tokens = keeps_special_tokens
        self._special = re.compile(f"({'|'.join(map(re.escape, vocabulary.special_tokens))})")
        self._ids_by_piece = {token: token_id for token_id, token in enumerate(vocabulary.tokens)}
        self._cache = {}
        self._matcher = None
        if engine == "tensorflow":
            self._matcher = TensorFlowMatcher(vocabulary, lower_case, self._encode)
        elif engine == "auto" and "tensorflow" in sys.modules and fits_tensorflow(vocabulary):
            with suppress(ImportError):
                self._matcher = TensorFlowMatcher(vocabulary, lower_case, self._encode)
        self.engine = "python" if self._matcher is None else "tensorflow"

    def encode_batch(self, texts):
        """Turns an iterable of strings into a list of lists of ids, in the same order.

        Args:
            texts: iterable of strings.

        Returns:
            a list with one list of ids for each text; an empty one for a text without words.

        Raises:
            TypeError: `texts` is one string, or holds something that is not a string.
        """
        texts = checked_texts(texts)
        if self._matcher is not None and not self.keeps_special_tokens:
            return self._matcher.encode_batch(texts)
        return [self._encode(text) for text in texts]

    def decode(self, token_ids):
        """Turns ids into text: pieces joined into words, words and punctuation as `join_words` does.

        What encoding loses stays lost: with `lower_case` the case and the accents, always the kind and amount
        of whitespace, control and zero-width characters, and words that became "[UNK]". Text without unknown
        words comes back such that encoding it again gives the same ids.

        Args:
            token_ids: flat iterable of integers. Padding and start are dropped; the first end token ends it.

        Returns:
            a string.

        Raises:
            ValueError: an id lies outside the vocabulary.
            TypeError: an id is not an integer.
        """
        text = join_words(join_pieces(visible_tokens(self.vocabulary, token_ids)))
        # Lower-casing decomposed what has accents; Hangul syllables and the like are put together again.
        return unicodedata.normalize("NFC", text) if self.lower_case else text

    def encode_with_offsets(self, text):
        """Turns one string into ids, and says of each which part of the string it stands for.

        Args:
            text: a string.

        Returns:
            `(ids, offsets)`: the ids that `encode` gives, and for each a pair `(start, end)` such that
            `text[start:end]` is what it was read from, accents, case and invisible characters included.

        Raises:
            TypeError: `text` is not a string.

        Example:
            >>> from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary
            >>> vocabulary = Vocabulary([*BERT_SPECIAL_TOKENS, "deja", "vu", "##s", "!"])
            >>> ids, offsets = WordPieceTokenizer(vocabulary).encode_with_offsets("Déjà  VUs?!")
            >>> [(vocabulary.token_of(i), "Déjà  VUs?!"[a:b]) for i, (a, b) in zip(ids, offsets)]
            [('deja', 'Déjà'), ('vu', 'VU'), ('##s', 's'), ('[UNK]', '?'), ('!', '!')]
        """
        ids, offsets = [], []
        for begin, part, special_id in self._parts(checked_text(text)):
            if special_id is not None:
                ids.append(special_id)
                offsets.append((begin, begin + len(part)))
                continue
            for word, origins in words_with_origins(part, self.lower_case):
                start = 0
                for piece_id in self._pieces(word):
                    ids.append(piece_id)
                    is_unknown = piece_id == self.vocabulary.unknown_id
                    stop = len(word) if is_unknown else start + self._length_of(piece_id, start)
                    first, last = span_of(origins[start:stop])
                    offsets.append((begin + first, begin + last))
                    start = stop
        return ids, offsets

    def _length_of(self, piece_id, start):
        """How many characters of a word a piece covers: "##" does not count, except at the beginning."""
        token = self.vocabulary.token_of(piece_id)
        return len(token.removeprefix("##") if start else token)

    def _parts(self, text):
        """The text in parts: where each begins, the part, and its id where it is a special token."""
        if not self.keeps_special_tokens:
            yield 0, text, None
            return
        begin = 0
        for number, part in enumerate(self._special.split(text)):  # every second part is a special token
            yield begin, part, self.vocabulary.id_of(part) if number % 2 else None
            begin += len(part)

    def _encode(self, text):
        ids = []
        for _, part, special_id in self._parts(text):
            ids += self._encode_words(part) if special_id is None else [special_id]
        return ids

    def _encode_words(self, text):
        ids = []
        for word in split_words(text, self.lower_case):
            ids += self._pieces(word)
        return ids

    def _pieces(self, word):
        """The ids of a word's pieces, remembered."""
        cache = self._cache
        pieces = cache.get(word)
        if pieces is None:
            if len(cache) >= _CACHE_SIZE:
                cache.clear()
            pieces = cache[word] = match_pieces(word, self._ids_by_piece, self.vocabulary.unknown_id)
        return pieces
