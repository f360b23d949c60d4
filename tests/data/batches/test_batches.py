import os
import subprocess
import sys
import textwrap
import warnings

import keras
import numpy as np
import pytest

from course_lib.data import LanguageModelBatches, TranslationBatches

START, END = 2, 3


def draw_sentences(count, longest=23, seed=0):
    generator = np.random.default_rng(seed)
    return [generator.integers(5, 50, size=generator.integers(0, longest)).tolist() for _ in range(count)]


def translation(count=103, **options):
    options = {"batch_size": 7, "shuffle_seed": 0} | options
    return TranslationBatches(
        draw_sentences(count, seed=1), draw_sentences(count, seed=2), start_id=START, end_id=END, **options
    )


def language_model(count=103, **options):
    options = {"batch_size": 7, "shuffle_seed": 0} | options
    return LanguageModelBatches(draw_sentences(count, seed=1), start_id=START, end_id=END, **options)


def strip(row):
    return row[row != 0].tolist()


def assert_equal_batches(left, right):
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        keras.tree.assert_same_structure(one, other)
        for a, b in zip(keras.tree.flatten(one), keras.tree.flatten(other), strict=True):
            assert np.asarray(a).dtype == np.asarray(b).dtype
            np.testing.assert_array_equal(a, b)


def numpy_batches(dataset):
    return [keras.tree.map_structure(lambda tensor: tensor.numpy(), batch) for batch in dataset]


def test_batches_by_token_count_hold_every_pair_once():
    batches = translation(batch_size=None, max_tokens=211)
    sources = []
    for index in range(len(batches)):
        x, y = batches[index]
        assert index == 1 or x["source_token_ids"].size + y.size <= 211
        sources += [strip(row)[:-1] for row in x["source_token_ids"]]
    assert sorted(sources) == sorted(draw_sentences(103, seed=1))


@pytest.mark.parametrize("options", [{"batch_size": None}, {"batch_size": 7, "max_tokens": 211}])
def test_batches_are_of_a_number_or_of_a_budget(options):
    with pytest.raises(ValueError, match="Give either `batch_size` or `max_tokens`. Received: batch_size="):
        translation(**options)


def test_translation_batch_by_hand():
    batches = TranslationBatches(
        [[10, 11, 12, 13], []], [[20], [21, 22]], start_id=START, end_id=END, batch_size=2
    )
    x, y = batches[0]
    # The empty source rounds up to 4, the other to 8: shortest first.
    np.testing.assert_array_equal(x["source_token_ids"], [[3] + [0] * 7, [10, 11, 12, 13, 3, 0, 0, 0]])
    np.testing.assert_array_equal(x["target_token_ids"], [[2, 21, 22, 0], [2, 20, 0, 0]])
    np.testing.assert_array_equal(y, [[21, 22, 3, 0], [20, 3, 0, 0]])
    np.testing.assert_array_equal(x["source_padding_mask"].sum(axis=1), [1, 5])
    np.testing.assert_array_equal(x["target_padding_mask"].sum(axis=1), [3, 2])
    np.testing.assert_array_equal(batches.indices(0), [1, 0])


def test_language_model_batch_by_hand():
    x, y = LanguageModelBatches([[], [7, 8, 9, 10]], start_id=START, end_id=END, batch_size=2)[0]
    np.testing.assert_array_equal(x["token_ids"], [[2] + [0] * 7, [2, 7, 8, 9, 10, 0, 0, 0]])
    np.testing.assert_array_equal(y, [[3] + [0] * 7, [7, 8, 9, 10, 3, 0, 0, 0]])
    np.testing.assert_array_equal(x["padding_mask"], x["token_ids"] != 0)


@pytest.mark.parametrize("seed", [None, 0, 5])
def test_every_pair_comes_back_once_from_an_epoch(seed):
    sources, targets = draw_sentences(103, seed=1), draw_sentences(103, seed=2)
    batches = translation(shuffle_seed=seed)
    seen = {}
    for position in range(len(batches)):
        x, y = batches[position]
        for row, index in enumerate(batches.indices(position)):
            seen[int(index)] = tuple(
                strip(array[row]) for array in (x["source_token_ids"], x["target_token_ids"], y)
            )
    assert seen == {
        i: (source + [END], [START] + target, target + [END])
        for i, (source, target) in enumerate(zip(sources, targets, strict=True))
    }


@pytest.mark.parametrize("make", [translation, language_model])
def test_types_widths_and_masks(make):
    for x, y in make():
        assert y.dtype == np.int32
        for name, array in x.items():
            assert array.dtype == (np.bool_ if name.endswith("mask") else np.int32)
            assert array.shape[1] % 4 == 0
            if name.endswith("token_ids"):
                np.testing.assert_array_equal(x[name.replace("token_ids", "padding_mask")], array != 0)
        last = list(x)[-1].replace("token_ids", "padding_mask")
        np.testing.assert_array_equal(x[last], y != 0)


@pytest.mark.parametrize("make", [translation, language_model])
def test_setting_the_epoch_gives_the_order_of_an_uninterrupted_run(make):
    whole, resumed = make(), make()
    for _ in range(3):
        whole.on_epoch_begin()
        list(whole)
        whole.on_epoch_end()
    resumed.epoch = 3
    assert_equal_batches(list(whole), list(resumed))
    resumed.epoch = 0
    assert [y.tolist() for _, y in whole] != [y.tolist() for _, y in resumed]


@pytest.mark.parametrize("make", [translation, language_model])
def test_tf_dataset_yields_the_same_batches(make):
    pytest.importorskip("tensorflow")
    arrays, viewed = make(), make()
    dataset = viewed.as_tf_dataset()
    assert int(dataset.cardinality()) == len(arrays)
    assert dataset.options().autotune.enabled is False
    for epoch in range(3):
        arrays.epoch = epoch
        assert viewed.epoch == epoch
        assert_equal_batches(list(arrays), numpy_batches(dataset))


def test_pass_that_is_broken_off_does_not_end_the_epoch():
    pytest.importorskip("tensorflow")
    batches = translation()
    dataset = batches.as_tf_dataset()
    first = next(iter(dataset))[1].numpy()
    assert batches.epoch == 0
    np.testing.assert_array_equal(next(iter(dataset))[1].numpy(), first)


class Recorder(keras.callbacks.Callback):
    """Keeps the epoch of the batches at each end of an epoch."""

    def __init__(self, batches):
        super().__init__()
        self.batches, self.epochs = batches, []

    def on_epoch_begin(self, epoch, logs=None):
        self.epochs.append(self.batches.epoch)


def small_model(seen):
    """A language model that writes down the labels it is trained on."""

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.embedding = keras.layers.Embedding(50, 4)
            self.output_layer = keras.layers.Dense(50)

        def call(self, x):
            return self.output_layer(self.embedding(x["token_ids"]))

        def train_step(self, *arguments):
            data = arguments[-1]
            seen.append(np.asarray(data[1]))
            return super().train_step(*arguments)

    model = Model()
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), run_eagerly=True)
    return model


@pytest.mark.parametrize("view", ["arrays", "tf.data"])
def test_fit_sees_the_promised_order_over_epochs(view):
    if view == "tf.data":
        pytest.importorskip("tensorflow")
    expected = language_model()
    wanted = []
    for epoch in range(3):
        expected.epoch = epoch
        wanted += [y for _, y in expected]
    seen, batches = [], language_model()
    recorder = Recorder(batches)
    data = batches if view == "arrays" else batches.as_tf_dataset()
    small_model(seen).fit(data, epochs=3, shuffle=False, verbose=0, callbacks=[recorder])
    assert recorder.epochs == [0, 1, 2]
    assert batches.epoch == 3
    assert len(seen) == len(wanted)
    for got, want in zip(seen, wanted, strict=True):
        np.testing.assert_array_equal(got, want)


def test_epoch_that_is_broken_off_is_served_again():
    batches = language_model()
    batches.on_epoch_begin()
    first = batches[0][1]
    batches.on_epoch_end()
    assert batches.epoch == 0
    np.testing.assert_array_equal(batches[0][1], first)


def test_two_fits_continue_the_epochs():
    model, batches = small_model([]), language_model()
    recorder = Recorder(batches)
    for _ in range(2):
        model.fit(batches, epochs=2, shuffle=False, verbose=0, callbacks=[recorder])
    assert recorder.epochs == [0, 1, 2, 3]


def test_shuffling_by_fit_is_pointed_out():
    with pytest.warns(UserWarning, match="shuffle=False"):
        small_model([]).fit(language_model(), verbose=0)


def test_fit_without_shuffling_and_evaluate_and_predict_are_quiet():
    model = small_model([])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model.fit(language_model(), validation_data=language_model(29), shuffle=False, epochs=2, verbose=0)
        model.fit(language_model(shuffle_seed=None), verbose=0)
        model.evaluate(language_model(), verbose=0)


def test_fit_survives_equal_lengths_in_the_first_two_batches():
    # Keras derives the shapes of a whole dataset from batches 0 and 1.
    sentences = [[5] * 3] * 2 + [[5] * 30]
    batches = LanguageModelBatches(sentences, start_id=START, end_id=END, batch_size=1)
    lengths = [int((y != 0).sum()) for _, y in batches]
    assert lengths == [4, 4, 31]
    assert [y.shape[1] for _, y in batches] == [4, 8, 32]
    model = small_model([])
    model.fit(batches, verbose=0)


@pytest.mark.parametrize("seed", range(20))
def test_first_two_batches_differ_wherever_lengths_vary(seed):
    batches = translation(count=41, batch_size=5, shuffle_seed=seed)
    (x0, y0), (x1, y1) = batches[0], batches[1]
    assert y0.shape[1] != y1.shape[1]
    assert x0["source_token_ids"].shape[1] != x1["source_token_ids"].shape[1]


def test_uniform_lengths_are_padded_no_further():
    batches = LanguageModelBatches([[5, 6, 7]] * 5, start_id=START, end_id=END, batch_size=2)
    assert [y.shape for _, y in batches] == [(2, 4), (2, 4), (1, 4)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sources": [[5], [6]]}, "same number of sentences. Received: 2 and 1"),
        ({"sources": [], "targets": []}, "`sources` must hold at least one sentence"),
        ({"targets": [[5, 0]]}, r"`targets\[0\]` must hold ids of at least 1, for 0 is padding. Received: 0"),
        ({"sources": [[[5]]]}, r"`sources\[0\]` must be a list of token ids. Received: shape=\(1, 1\)"),
        ({"start_id": 0}, "`start_id"),
        ({"batch_size": 0}, "`batch_size` must be positive. Received: batch_size=0"),
        ({"shuffle_seed": -1}, "`shuffle_seed` must not be negative"),
    ],
)
def test_wrong_arguments_are_named(change, message):
    arguments = {"sources": [[5]], "targets": [[6]], "start_id": START, "end_id": END, "batch_size": 1}
    with pytest.raises(ValueError, match=message):
        TranslationBatches(**(arguments | change))


def test_long_sentence_is_refused_by_its_index():
    options = {"start_id": START, "end_id": END, "batch_size": 1, "max_length": 3}
    assert len(LanguageModelBatches([[5], [5] * 3], **options)) == 2
    with pytest.raises(ValueError, match=r"`sentences\[2\]` must have at most max_length=3 .* Received: 4."):
        LanguageModelBatches([[5], [5] * 3, [5] * 4], **options)


def test_index_outside_the_epoch_is_refused():
    batches = language_model()
    with pytest.raises(IndexError, match="between 0 and 14. Received: index=15"):
        batches[15]


def test_numpy_arrays_and_lists_give_the_same_batches():
    sentences = draw_sentences(31)
    options = {"start_id": START, "end_id": END, "batch_size": 4, "shuffle_seed": 1}
    arrays = LanguageModelBatches([np.array(sentence, dtype=np.int64) for sentence in sentences], **options)
    assert_equal_batches(list(LanguageModelBatches(sentences, **options)), list(arrays))


def test_jax_trains_on_the_batches_without_tensorflow():
    pytest.importorskip("jax")
    code = """
        import sys
        sys.modules["tensorflow"] = None
        import keras
        import course_lib.data
        from course_lib.data import LanguageModelBatches, load_multi30k, corpus_file
        batches = LanguageModelBatches([[5] * (n % 9) for n in range(20)], start_id=2, end_id=3, batch_size=4,
                                       shuffle_seed=0)
        tokens = keras.Input((None,), name="token_ids")
        mask = keras.Input((None,), dtype="bool", name="padding_mask")
        logits = keras.layers.Dense(8)(keras.layers.Embedding(8, 4)(tokens))
        model = keras.Model({"token_ids": tokens, "padding_mask": mask}, logits)
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
        model.fit(batches, epochs=2, shuffle=False, verbose=0)
        assert keras.backend.backend() == "jax" and batches.epoch == 2
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=os.environ | {"KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


def test_ids_that_are_no_integers_are_refused():
    with pytest.raises(ValueError, match=r"must hold integers. Received: dtype=float64"):
        TranslationBatches([[5.7]], [[6]], start_id=2, end_id=3, batch_size=1)
