"""From pairs of sentences to batches of ids."""

from course_lib.data.batches.translation_batches import TranslationBatches


def _text(sentence):
    return sentence if isinstance(sentence, str) else " ".join(sentence)


def pair_batches(pairs, source_tokenizer, target_tokenizer, **options):
    """Tokenizes pairs of sentences and batches them by length.

    Args:
        pairs: list of pairs `(source, target)`, such as `ToyPair`; what stands behind the two is ignored. A
            sentence is a string or a sequence of words.
        source_tokenizer, target_tokenizer: a `Tokenizer` each, or the same one twice.
        **options: of `TranslationBatches`: "batch_size" or "max_tokens", "shuffle_seed", "max_length".

    Returns:
        `TranslationBatches`, with the start and the end token of the target's vocabulary.

    Raises:
        ValueError: as `TranslationBatches`.

    Example:
        >>> from course_lib.text import Vocabulary, WordTokenizer
        >>> tokenizer = WordTokenizer(Vocabulary.from_sentences([["a", "cat"]]))
        >>> pair_batches([("a cat", ("cat", "a"))], tokenizer, tokenizer, batch_size=1)[0][1].tolist()
        [[6, 5, 3, 0]]

    Taught in: notebooks/03_attention
    """
    vocabulary = target_tokenizer.vocabulary
    return TranslationBatches(
        source_tokenizer.encode_batch([_text(pair[0]) for pair in pairs]),
        target_tokenizer.encode_batch([_text(pair[1]) for pair in pairs]),
        start_id=vocabulary.start_id,
        end_id=vocabulary.end_id,
        **options,
    )


def whole_batch(pairs, source_tokenizer, target_tokenizer):
    """All pairs as one padded batch: a test split, say.

    Args:
        pairs, source_tokenizer, target_tokenizer: as for `pair_batches`.

    Returns:
        inputs and labels as of `TranslationBatches`, and the list of the pairs in the order of the rows.

    Example:
        >>> from course_lib.text import Vocabulary, WordTokenizer
        >>> tokenizer = WordTokenizer(Vocabulary.from_sentences([["a", "cat"]]))
        >>> inputs, labels, pairs = whole_batch([("a cat a cat", "a"), ("cat", "a")], tokenizer, tokenizer)
        >>> inputs["source_token_ids"].tolist(), pairs[0]
        ([[6, 3, 0, 0, 0, 0, 0, 0], [5, 6, 5, 6, 3, 0, 0, 0]], ('cat', 'a'))

    Taught in: notebooks/02_sequence_to_sequence
    """
    batches = pair_batches(pairs, source_tokenizer, target_tokenizer, batch_size=len(pairs))
    inputs, labels = batches[0]
    return inputs, labels, [pairs[index] for index in batches.indices(0)]
