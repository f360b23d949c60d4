"""Sentences in, sentences out."""

import numpy as np
import pytest

from course_lib.decoding import CompiledSearch, beam_search, greedy_decode, sample_decode, translate
from course_lib.models import Transformer
from course_lib.text import Vocabulary, WordTokenizer
from course_lib.training import set_seed

WORDS = ["a", "cat", "sat", "on", "the", "mat", "and", "slept"]
TOKENIZER = WordTokenizer(Vocabulary.from_sentences([WORDS]))
ENDS = {"start_id": TOKENIZER.vocabulary.start_id, "end_id": TOKENIZER.vocabulary.end_id}
SENTENCES = [" ".join(WORDS[:count]) for count in (7, 2, 5, 1, 3)]


@pytest.fixture(scope="module")
def model():
    set_seed(0)
    size = len(TOKENIZER.vocabulary)
    model = Transformer(size, size, hidden_dim=8, num_heads=2, intermediate_dim=16, num_layers=1)
    model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
    generator = np.random.default_rng(0)  # the same on every backend, and large, so that sources matter
    model.set_weights([generator.normal(size=weight.shape) for weight in model.get_weights()])
    return model


def one_by_one(model, search, **settings):
    written = []
    for sentence in SENTENCES:
        source = np.array([[*TOKENIZER.encode(sentence), ENDS["end_id"]]], "int32")
        state = model.encode(source, source != 0, 6)
        found = search(model.step, state, batch_size=1, max_length=6, **ENDS, **settings)
        ids = found[0][:, 0] if isinstance(found, tuple) else found
        written.append(TOKENIZER.decode(ids[0]))
    return written


@pytest.mark.parametrize(("search", "settings"), [(greedy_decode, {}), (beam_search, {"beam_width": 3})])
def test_batches_change_nothing_and_the_order_is_kept(model, search, settings):
    written = translate(
        model, SENTENCES, TOKENIZER, TOKENIZER, search=search, batch_size=2, max_length=6, **settings
    )
    assert written == one_by_one(model, search, **settings)
    assert len(set(written)) > 1


def test_a_compiled_search_translates_the_same_with_one_program(model):
    search = CompiledSearch(model, greedy_decode, width_step=8, max_length=6, **ENDS)
    shapes = []
    decode = search.decode
    search.decode = lambda source: shapes.append(source.shape[0]) or decode(source)
    assert translate(search, SENTENCES, TOKENIZER, TOKENIZER, batch_size=3) == one_by_one(
        model, greedy_decode
    )
    assert shapes == [3, 3]


def test_every_sentence_is_drawn_with_numbers_of_its_own_whatever_the_batches(model):
    twice = SENTENCES + SENTENCES
    options = {"search": sample_decode, "seed": 7, "max_length": 6}
    written = translate(model, twice, TOKENIZER, TOKENIZER, batch_size=len(twice), **options)
    assert written[: len(SENTENCES)] != written[len(SENTENCES) :]
    for batch_size in (1, 3):
        assert translate(model, twice, TOKENIZER, TOKENIZER, batch_size=batch_size, **options) == written
    search = CompiledSearch(model, sample_decode, width_step=8, max_length=6, **ENDS)
    assert translate(search, twice, TOKENIZER, TOKENIZER, batch_size=3, seed=7) == written
    assert translate(search, twice, TOKENIZER, TOKENIZER, batch_size=3, seed=8) != written


@pytest.mark.parametrize("is_compiled", [False, True])
@pytest.mark.parametrize(("search", "seed"), [(greedy_decode, 5), (sample_decode, None)])
def test_a_seed_is_for_a_search_that_samples(model, search, seed, is_compiled):
    settings = {"search": search, "max_length": 6}
    if is_compiled:
        model, settings = CompiledSearch(model, search, max_length=6, **ENDS), {}
    with pytest.raises(ValueError, match=f"needs a seed if.*seed={seed}, search={search.__name__}"):
        translate(model, SENTENCES, TOKENIZER, TOKENIZER, seed=seed, **settings)


def test_what_does_not_fit_is_refused(model):
    with pytest.raises(ValueError, match="`batch_size` must be positive. Received: batch_size=0"):
        translate(model, SENTENCES, TOKENIZER, TOKENIZER, batch_size=0, max_length=6)
    search = CompiledSearch(model, greedy_decode, max_length=6, **ENDS)
    with pytest.raises(ValueError, match="Received: max_length"):
        translate(search, SENTENCES, TOKENIZER, TOKENIZER, max_length=7)
