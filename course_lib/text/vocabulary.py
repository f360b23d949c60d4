"""Tokens and their ids."""

from collections import Counter
from pathlib import Path

from course_lib.files import write_whole

SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[START]", "[END]", "[MASK]")  # of translators and language models
BERT_SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_DEFAULT_NAMES = {
    "start": "[START]",
    "end": "[END]",
    "mask": "[MASK]",
    "classification": "[CLS]",
    "separator": "[SEP]",
}
# A decoder that writes for BERT begins with its classification token and ends with its separator.
_MAY_SHARE = ({"start", "classification"}, {"end", "separator"})


def read_tokens(path):
    """Reads a vocabulary file of one token a line.

    Args:
        path: a UTF-8 text file; line ends may be those of Windows.

    Returns:
        a list of strings in the order of the file.

    Raises:
        ValueError: a line is empty, is not UTF-8 or repeats an earlier one; the message gives its number.

    Example:
        >>> import tempfile
        >>> file = tempfile.NamedTemporaryFile(suffix=".txt")
        >>> _ = Path(file.name).write_bytes("[PAD]\\nder\\n##ß\\n".encode())
        >>> read_tokens(file.name)
        ['[PAD]', 'der', '##ß']
    """
    lines = Path(path).read_bytes().split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    first_lines = {}
    for number, line in enumerate(lines, start=1):
        try:
            token = line.removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(f"Line {number} of {path} is not UTF-8 text. Received: {line!r}") from error
        if not token:
            raise ValueError(f"Line {number} of {path} is empty; every line must hold one token.")
        if token in first_lines:
            raise ValueError(
                f"Line {number} of {path} repeats line {first_lines[token]}; tokens must be unique. "
                f"Received: {token!r}"
            )
        first_lines[token] = number
    return list(first_lines)


class Vocabulary:
    """An ordered set of tokens; the position of a token is its id.

    Special tokens have roles, and the ids of those that the vocabulary holds are attributes: `padding_id`,
    `unknown_id`, `start_id`, `end_id`, `mask_id`, `classification_id`, `separator_id`. Asking for one it does
    not hold is an `AttributeError` that says so.

    Args:
        tokens: iterable of unique, non-empty strings. It holds the padding token first, because batches are
            padded with id 0, and the unknown token.
        padding_token: fills up short sequences.
        unknown_token: stands for what the vocabulary does not hold.
        start_token: what a decoder reads first; "[START]" if there is one.
        end_token: what a decoder writes last; "[END]" if there is one.
        mask_token: hides a token from a model; "[MASK]" if there is one.
        classification_token: comes before an input of BERT; "[CLS]" if there is one.
        separator_token: comes after each part of such an input; "[SEP]" if there is one.

    Raises:
        ValueError: no tokens, a repeated or empty one, a missing special token, padding not at id 0, or one
            token in two roles (start and classification may share one, and so may end and separator).
        TypeError: a token is not a string.

    Example:
        >>> vocabulary = Vocabulary([*SPECIAL_TOKENS, "a", "cat"])
        >>> len(vocabulary), vocabulary.id_of("cat"), vocabulary.id_of("dog"), vocabulary.token_of(6)
        (7, 6, 1, 'cat')
        >>> "dog" in vocabulary
        False
        >>> vocabulary.classification_id
        Traceback (most recent call last):
        AttributeError: The vocabulary has no classification token. It has: padding, unknown, start...

    Taught in: notebooks/01_language_models
    """

    def __init__(
        self,
        tokens,
        padding_token="[PAD]",
        unknown_token="[UNK]",
        start_token=None,
        end_token=None,
        mask_token=None,
        classification_token=None,
        separator_token=None,
    ):
        if isinstance(tokens, str):
            raise TypeError(f"`tokens` must be an iterable of strings, not one string. Received: {tokens!r}")
        self.tokens = tuple(tokens)
        self._ids = _ids_by_token(self.tokens)
        named = {
            "padding": padding_token,
            "unknown": unknown_token,
            "start": start_token,
            "end": end_token,
            "mask": mask_token,
            "classification": classification_token,
            "separator": separator_token,
        }
        self._roles = _tokens_by_role(self._ids, named)
        self.special_tokens = tuple(sorted(set(self._roles.values()), key=self._ids.get))
        if self.padding_id != 0:
            raise ValueError(
                f"The padding token must have id 0, with which batches are padded. "
                f"Received: padding_token={padding_token!r} at id {self.padding_id}."
            )

    def __getattr__(self, name):
        role = name.removesuffix("_id")
        if role not in ("padding", "unknown", *_DEFAULT_NAMES) or not name.endswith("_id"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if role not in self._roles:
            held = ", ".join(self._roles)
            raise AttributeError(f"The vocabulary has no {role} token. It has: {held}.")
        return self._ids[self._roles[role]]

    @classmethod
    def from_sentences(cls, sentences, minimum_count=1, maximum_size=None, special_tokens=SPECIAL_TOKENS):
        """Collects the words of sentences: special tokens first, then by count, ties alphabetically.

        Args:
            sentences: iterable of lists of strings.
            minimum_count: words seen less often are left out.
            maximum_size: the most tokens to keep, the special ones counted; None keeps all.
            special_tokens: what comes first, `SPECIAL_TOKENS` or `BERT_SPECIAL_TOKENS`.

        Returns:
            a `Vocabulary`.

        Raises:
            TypeError: a sentence is a string instead of a list of tokens.
            ValueError: `minimum_count` is below 1, or `maximum_size` has no room for the special tokens.

        Example:
            >>> Vocabulary.from_sentences([["b", "a"], ["b", "c"]], maximum_size=7).tokens[5:]
            ('b', 'a')
        """
        if minimum_count < 1:
            raise ValueError(f"`minimum_count` must be at least 1. Received: minimum_count={minimum_count}.")
        if maximum_size is not None and maximum_size < len(special_tokens):
            raise ValueError(
                f"`maximum_size` must be at least {len(special_tokens)}, the number of special tokens. "
                f"Received: maximum_size={maximum_size}."
            )
        counts = Counter()
        for sentence in sentences:
            if isinstance(sentence, str):
                raise TypeError(f"Each sentence must be a list of tokens. Received: the string {sentence!r}")
            counts.update(sentence)
        for token in special_tokens:
            counts.pop(token, None)
        words = sorted((-count, word) for word, count in counts.items() if count >= minimum_count)
        return cls([*special_tokens, *(word for _, word in words)][:maximum_size])

    @classmethod
    def load(cls, path, **special_tokens):
        """Reads a vocabulary that `save` wrote, or any file of one token a line.

        Args:
            path: the file.
            **special_tokens: names of special tokens that differ from the defaults, as for the constructor.

        Returns:
            a `Vocabulary`.

        Raises:
            ValueError: the file is broken; the message names the line, or the special token that is missing.
            FileNotFoundError: there is no such file.

        Example:
            >>> import tempfile
            >>> file = tempfile.NamedTemporaryFile(suffix=".txt")
            >>> Vocabulary(SPECIAL_TOKENS).save(file.name)
            >>> Vocabulary.load(file.name) == Vocabulary(SPECIAL_TOKENS)
            True
        """
        tokens = read_tokens(path)
        try:
            return cls(tokens, **special_tokens)
        except ValueError as error:
            raise ValueError(f"{path} holds no usable vocabulary. {error}") from error

    def save(self, path):
        """Writes one token a line; the file is replaced as a whole or not at all.

        Args:
            path: the file; its folder must exist.
        """
        write_whole(path, "".join(f"{token}\n" for token in self.tokens))

    def id_of(self, token):
        """Gives the id of a token, or `unknown_id` for one the vocabulary does not hold."""
        return self._ids.get(token, self.unknown_id)

    def token_of(self, token_id):
        """Gives the token of an id in [0, len(self)); ValueError for any other."""
        if not 0 <= token_id < len(self.tokens):
            raise ValueError(f"Token ids must lie in 0..{len(self.tokens) - 1}. Received: {token_id}")
        return self.tokens[token_id]

    def __len__(self):
        return len(self.tokens)

    def __contains__(self, token):
        return token in self._ids

    def __eq__(self, other):
        if not isinstance(other, Vocabulary):
            return NotImplemented
        return (self.tokens, self._roles) == (other.tokens, other._roles)

    def __hash__(self):
        return hash((self.tokens, self.special_tokens))

    def __repr__(self):
        return f"Vocabulary({len(self.tokens)} tokens)"


def _ids_by_token(tokens):
    if not tokens:
        raise ValueError("`tokens` must hold at least the special tokens. Received: no tokens.")
    ids = {}
    for token_id, token in enumerate(tokens):
        if not isinstance(token, str):
            raise TypeError(f"Tokens must be strings. Received: {token!r} at id {token_id}.")
        if not token or "\n" in token or "\r" in token:
            raise ValueError(
                f"Tokens must be non-empty and hold no line break. Received: {token!r} at id {token_id}."
            )
        if token in ids:
            raise ValueError(
                f"Tokens must be unique. Received: {token!r} at ids {ids[token]} and {token_id}."
            )
        ids[token] = token_id
    return ids


def _tokens_by_role(ids, named):
    """The token of each role: those that were named, and of the others the usual ones that there are."""
    roles = {}
    for role, token in named.items():
        if token is not None:
            roles[role] = token
        elif _DEFAULT_NAMES[role] in ids:
            roles[role] = _DEFAULT_NAMES[role]
    missing = [token for token in roles.values() if token not in ids]
    if missing:
        raise ValueError(f"`tokens` must contain the special tokens. Missing: {', '.join(missing)}")
    for role, token in roles.items():
        for other in roles:
            if other != role and roles[other] == token and {role, other} not in _MAY_SHARE:
                raise ValueError(
                    f"The special tokens must differ from each other. Received: {token!r} as {role} token "
                    f"and as {other} token."
                )
    return roles
