"""Training a WordPiece vocabulary."""

import os
from contextlib import contextmanager

from course_lib.text.normalisation import split_words
from course_lib.text.tensorflow_matcher import MAXIMUM_WORD_LENGTH
from course_lib.text.tokenizer import checked_texts
from course_lib.text.vocabulary import SPECIAL_TOKENS, Vocabulary

_FIRST_STAND_IN = 0xF0000  # start of the supplementary private-use planes, which no normalised text holds


def train_wordpiece(texts, vocabulary_size, lower_case=True, special_tokens=SPECIAL_TOKENS, minimum_count=2):
    """Learns a WordPiece vocabulary of exactly `vocabulary_size` entries.

    Starts from single characters (those inside words are written "##x") and repeatedly merges the most
    frequent adjacent pair of pieces, ties by the order of the pieces, as Hugging Face's WordPiece trainer
    does; its byte-pair trainer does the work. The same texts give the same vocabulary in the same order on
    every run, and every text trained on can be encoded without unknown tokens (words of more than 100
    characters excepted).

    Args:
        texts: iterable of strings, the training split only.
        vocabulary_size: number of entries, special tokens and characters counted.
        lower_case: whether to lower the case and strip accents, as the tokenizer that will use it.
        special_tokens: what comes first: `SPECIAL_TOKENS`, `BERT_SPECIAL_TOKENS`, or others that begin with
            "[PAD]" and hold "[UNK]".
        minimum_count: pairs seen less often are not merged.

    Returns:
        a `Vocabulary`: special tokens, characters in code-point order, then merged pieces, most frequent
        first.

    Raises:
        ValueError: the size is below the number of special tokens and characters, or above what the texts
            allow; the message gives the limit. Also for texts without words, and special tokens without
            padding.
        TypeError: `texts` is one string, or holds something that is not a string.

    Example:
        >>> train_wordpiece(["the cat", "the hat", "that cat"], vocabulary_size=15).tokens[5:]
        ('c', 'h', 't', '##a', '##e', '##h', '##t', '##at', 'th', 'cat')

    Reference: Schuster and Nakajima, "Japanese and Korean Voice Search", 2012; Sennrich et al., "Neural
    Machine Translation of Rare Words with Subword Units", 2016.
    Taught in: notebooks/02_sequence_to_sequence
    """
    special_tokens = tuple(special_tokens)
    if special_tokens[:1] != ("[PAD]",) or "[UNK]" not in special_tokens:
        raise ValueError(
            f"`special_tokens` must begin with '[PAD]' and hold '[UNK]'. Received: {special_tokens}"
        )
    if minimum_count < 1:
        raise ValueError(f"`minimum_count` must be at least 1. Received: minimum_count={minimum_count}.")
    sentences = [
        [word for word in split_words(text, lower_case) if len(word) <= MAXIMUM_WORD_LENGTH]
        for text in checked_texts(texts)
    ]
    if not any(sentences):
        raise ValueError("`texts` must hold at least one word. Received: texts without any.")
    first = {word[0] for sentence in sentences for word in sentence}
    inner = sorted({character for sentence in sentences for word in sentence for character in word[1:]})
    smallest = len(special_tokens) + len(first) + len(inner)
    if vocabulary_size < smallest:
        raise ValueError(
            f"`vocabulary_size` must be at least {smallest} for these texts: {len(special_tokens)} special "
            f"tokens, {len(first)} characters that begin words and {len(inner)} that continue them. "
            f"Received: vocabulary_size={vocabulary_size}."
        )
    pieces = _merged_pieces(sentences, inner, vocabulary_size - len(special_tokens), minimum_count)
    size = len(special_tokens) + len(pieces)
    if size < vocabulary_size:
        raise ValueError(
            f"`vocabulary_size` must be at most {size} for these texts with minimum_count={minimum_count}: "
            "no further pair of pieces is that frequent. Use more text, or lower `minimum_count`. "
            f"Received: vocabulary_size={vocabulary_size}."
        )
    return Vocabulary([*special_tokens, *pieces])


def _merged_pieces(sentences, inner_characters, size, minimum_count):
    """Runs byte-pair training in which characters inside words are stand-ins, and gives "##" pieces back.

    Hugging Face's WordPiece trainer numbers its "##x" characters in hash order, which differs from run to run
    and decides ties. With one stand-in code point for each, they are sorted characters like all the others.
    """
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    stand_ins = {
        ord(character): chr(_FIRST_STAND_IN + index) for index, character in enumerate(inner_characters)
    }
    characters = {ord(stand_in): chr(code_point) for code_point, stand_in in stand_ins.items()}
    words = {word for sentence in sentences for word in sentence}
    translated = {word: word[0] + word[1:].translate(stand_ins) for word in words}
    model = Tokenizer(models.BPE())
    model.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(vocab_size=size, min_frequency=minimum_count, show_progress=False)
    with _single_thread():
        model.train_from_iterator(
            (" ".join(map(translated.get, sentence)) for sentence in sentences), trainer
        )
    ids = model.get_vocab()
    return [
        ("##" if ord(piece[0]) >= _FIRST_STAND_IN else "") + piece.translate(characters)
        for piece in sorted(ids, key=ids.get)
    ]


@contextmanager
def _single_thread():
    """Keeps `tokenizers` from starting threads, about which it would warn at every later fork."""
    name = "TOKENIZERS_PARALLELISM"
    before = os.environ.get(name)
    os.environ[name] = "false"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
