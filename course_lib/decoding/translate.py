"""Sentences in, sentences out."""

import numpy as np

from course_lib.decoding.compiled_search import CompiledSearch
from course_lib.decoding.greedy import greedy_decode
from course_lib.decoding.sampling import check_seed, uniform_draws

WIDTH_MULTIPLE = 4  # as in the batches of training


def translate(
    model,
    sentences,
    source_tokenizer,
    target_tokenizer,
    *,
    search=greedy_decode,
    batch_size=100,
    seed=None,
    **settings,
):
    """Translates sentences, in batches of like length.

    Tokenizes, puts the end token behind every source, searches, and turns ids back into text.

    Args:
        model: has `encode(source_token_ids, source_padding_mask, max_length)` and `step(token_ids, state)`;
            or a `CompiledSearch`, which brings its search and settings along. Its batches are filled up to
            `batch_size`, so that nothing is compiled a second time.
        sentences: list of strings.
        source_tokenizer, target_tokenizer: have `encode_batch`, `decode` and `vocabulary`, see
            `course_lib.text`; the same one twice for one vocabulary.
        search: `greedy_decode`, `sample_decode`, or `beam_search`, of which the best is taken.
        batch_size: int, the most sentences that are searched at once.
        seed: int, for `sample_decode`: every sentence has random numbers of its own, whatever the batches.
        **settings: for the search: "max_length", "beam_width", "length_penalty", …

    Returns:
        list of strings, in the order of `sentences`.

    Raises:
        ValueError: if `batch_size` is not positive, settings are given beside a `CompiledSearch`, or a seed
            to a search that does not sample, or none to one that does.

    Example:
        >>> from course_lib.models import Transformer
        >>> from course_lib.text import Vocabulary, WordTokenizer
        >>> words = WordTokenizer(Vocabulary.from_sentences([["a", "cat", "sat"]]))
        >>> size = len(words.vocabulary)
        >>> model = Transformer(size, size, hidden_dim=8, num_heads=2, intermediate_dim=16, num_layers=1)
        >>> len(translate(model, ["a cat", "a cat sat"], words, words, max_length=5))
        2

    Taught in: notebooks/08_the_transformer
    """
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be positive. Received: batch_size={batch_size}.")
    sentences = list(sentences)
    is_compiled = isinstance(model, CompiledSearch)
    if is_compiled and settings:
        raise ValueError(f"A `CompiledSearch` has its settings already. Received: {', '.join(settings)}.")
    if not is_compiled:
        vocabulary = target_tokenizer.vocabulary
        settings |= {"start_id": vocabulary.start_id, "end_id": vocabulary.end_id}

    check_seed(seed, model.search if is_compiled else search)
    max_length = (model.search_settings if is_compiled else settings)["max_length"]
    draws = None if seed is None else uniform_draws(seed, len(sentences), max_length)

    def decode(source, rows):
        drawn = {} if draws is None else {"seed": draws[rows]}
        if is_compiled:
            return model.decode(source, **drawn)
        state = model.encode(source, source != 0, max_length)
        return search(model.step, state, batch_size=len(source), **drawn, **settings)

    end_id = source_tokenizer.vocabulary.end_id
    encoded = [[*ids, end_id] for ids in source_tokenizer.encode_batch(sentences)]
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index]))
    translations = [""] * len(encoded)
    for first in range(0, len(order), batch_size):
        chosen = order[first : first + batch_size]
        width = -(-len(encoded[chosen[-1]]) // WIDTH_MULTIPLE) * WIDTH_MULTIPLE
        source = np.zeros((batch_size if is_compiled else len(chosen), width), dtype="int32")
        for row, index in enumerate(chosen):
            source[row, : len(encoded[index])] = encoded[index]
        source[len(chosen) :] = source[:1]
        found = decode(source, chosen + chosen[:1] * (len(source) - len(chosen)))
        best = found[0][:, 0] if isinstance(found, tuple) else found  # beams come with their scores
        for index, ids in zip(chosen, best.tolist(), strict=False):
            translations[index] = target_tokenizer.decode(ids)
    return translations
