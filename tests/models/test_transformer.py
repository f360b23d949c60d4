import itertools
import math

import keras
import numpy as np
import pytest
from keras import ops
from support.compilation import COMPILED

from course_lib.decoding import beam_search, greedy_decode, sample_decode
from course_lib.models import Transformer, transformer_parameter_counts
from course_lib.training import TokenCrossEntropy

B, S, T, V_SOURCE, V_TARGET, D, N, F = 3, 7, 5, 29, 31, 12, 2, 13
SETTINGS = [
    {},
    {"norm_place": "post", "tied_embeddings": "none"},
    {"positions": "learned"},
    {"positions": "learned", "position_place": "every_layer"},
    {"positions": "rotary"},
    {"positions": "rotary", "position_place": "every_layer"},
    {"positions": "relative", "norm_place": "post"},
    {"positions": "relative", "position_place": "every_layer"},
    {"position_place": "every_layer"},
    {"positions": "none"},
]
each_setting = pytest.mark.parametrize("settings", SETTINGS, ids=str)
one_of_each_kind = pytest.mark.parametrize("settings", [SETTINGS[i] for i in (1, 3, 5, 7)], ids=str)


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def make_batch(extra=0, seed=0):
    """Sentences of different lengths; `extra` adds padding behind source and target."""
    generator = np.random.default_rng(seed)
    source, target = np.zeros((B, S + extra), "int32"), np.zeros((B, T + extra), "int32")
    for row, (m, n) in enumerate(zip((7, 4, 1), (5, 2, 3), strict=True)):
        source[row, :m] = generator.integers(5, V_SOURCE, m)
        target[row, :n] = generator.integers(5, V_TARGET, n)
    return {"source_token_ids": source, "source_padding_mask": source != 0, "target_token_ids": target}


def make(num_layers=2, source=V_SOURCE, target=V_TARGET, **settings):
    model = Transformer(source, target, D, N, F, num_layers, **{"max_sequence_length": 23, **settings})
    batch = make_batch()
    model.build({name: array.shape for name, array in batch.items()})
    generator = np.random.default_rng(5)  # weights far from symmetry, biases that are not zero
    model.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in model.weights])
    return model


@each_setting
def test_steps_equal_teacher_forcing(settings):
    model, batch = make(**settings), make_batch()
    logits = numpy_of(model(batch))
    state = model.encode(batch["source_token_ids"], batch["source_padding_mask"], max_length=T + 2)
    for t in range(T):
        step_logits, state = model.step(batch["target_token_ids"][:, t], state)
        np.testing.assert_allclose(numpy_of(step_logits), logits[:, t], rtol=1e-4, atol=1e-5)


def test_greedy_decoding_with_caches_equals_full_recomputation():
    model, batch = make(), make_batch()
    source, mask = batch["source_token_ids"], batch["source_padding_mask"]
    decoded = greedy_decode(
        model.step, model.encode(source, mask), start_id=2, end_id=None, batch_size=B, max_length=9
    )
    written = np.full((B, 1), 2, "int32")
    for _ in range(9):
        logits = model({"source_token_ids": source, "source_padding_mask": mask, "target_token_ids": written})
        written = np.concatenate([written, numpy_of(logits)[:, -1:].argmax(-1).astype("int32")], axis=1)
    np.testing.assert_array_equal(decoded, written[:, 1:])
    assert (decoded[0] != decoded[1]).any() and len(np.unique(decoded)) > 2


def test_a_step_is_compiled_once():
    model, batch = make(), make_batch()
    traces = []

    def step(token_ids, state):
        traces.append(1)
        return model.step(token_ids, state)

    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        compiled = tf.function(step)
    elif keras.backend.backend() == "jax":
        import jax

        compiled = jax.jit(step)
    else:
        pytest.skip("no static-shape compilation on this backend")
    source, mask = batch["source_token_ids"], batch["source_padding_mask"]
    common = {"start_id": 2, "end_id": None, "batch_size": B, "max_length": 6}
    decoded = greedy_decode(compiled, model.encode(source, mask), **common)
    assert len(traces) == 1
    np.testing.assert_array_equal(decoded, greedy_decode(model.step, model.encode(source, mask), **common))


def test_a_beam_decodes_a_batch_as_its_sentences_alone():
    model, source = make(), make_batch()["source_token_ids"]
    common = {"start_id": 2, "end_id": 3, "max_length": 7, "beam_width": 3}
    together, scores = beam_search(model.step, model.encode(source, source != 0), batch_size=B, **common)
    for row, length in enumerate((7, 4, 1)):
        one = source[row : row + 1, :length]
        alone, alone_scores = beam_search(model.step, model.encode(one, one != 0), batch_size=1, **common)
        width = min(together.shape[2], alone.shape[2])
        np.testing.assert_array_equal(together[row, :, :width], alone[0, :, :width])
        np.testing.assert_allclose(scores[row], alone_scores[0], rtol=1e-4)


def test_sampling_the_most_probable_token_is_greedy():
    model, batch = make(), make_batch()
    state = model.encode(batch["source_token_ids"], batch["source_padding_mask"])
    common = {"start_id": 2, "end_id": 3, "batch_size": B, "max_length": 6}
    np.testing.assert_array_equal(
        sample_decode(model.step, state, seed=0, top_k=1, **common),
        greedy_decode(model.step, state, **common),
    )


def test_a_step_without_room_gives_no_numbers():
    model, batch = make(), make_batch()
    state = model.encode(batch["source_token_ids"], batch["source_padding_mask"], max_length=2)
    for room in (True, True, False):
        logits, state = model.step(batch["target_token_ids"][:, 0], state)
        assert np.isfinite(numpy_of(logits)).all() if room else np.isnan(numpy_of(logits)).all()


@one_of_each_kind
def test_padding_never_matters(settings):
    model, real = make(**settings), make_batch()["target_token_ids"] != 0
    short, longer = numpy_of(model(make_batch())), make_batch(extra=6)
    np.testing.assert_allclose(numpy_of(model(longer))[:, :T][real], short[real], rtol=1e-4, atol=1e-5)
    longer["source_token_ids"] = np.where(longer["source_padding_mask"], longer["source_token_ids"], 17)
    longer["target_token_ids"] = np.where(longer["target_token_ids"], longer["target_token_ids"], 17)
    np.testing.assert_allclose(numpy_of(model(longer))[:, :T][real], short[real], rtol=1e-4, atol=1e-5)


@one_of_each_kind
def test_the_past_never_sees_the_future(settings):
    model, batch = make(**settings), make_batch()
    changed = {**batch, "target_token_ids": batch["target_token_ids"].copy()}
    changed["target_token_ids"][:, 2:] = 7
    before, after = numpy_of(model(batch)), numpy_of(model(changed))
    np.testing.assert_allclose(before[:, :2], after[:, :2], rtol=1e-6, atol=1e-6)
    assert (np.abs(before[:, 2:] - after[:, 2:]) > 1e-4).any()


@each_setting
def test_only_positions_tell_the_order_of_the_source(settings):
    model, batch = make(**settings), make_batch()
    order = [4, 0, 6, 2, 1, 5, 3]
    row = {name: array[:1] for name, array in batch.items()}
    permuted = {**row, "source_token_ids": row["source_token_ids"][:, order]}
    change = np.abs(numpy_of(model(permuted)) - numpy_of(model(row))).max()
    assert change < 1e-5 if settings.get("positions") == "none" else change > 1e-4


def test_attention_weights_of_every_layer_sum_to_one_over_what_may_be_seen():
    model, batch = make(), make_batch()
    logits, weights = model(batch, return_attention_weights=True)
    np.testing.assert_allclose(numpy_of(logits), numpy_of(model(batch)), rtol=1e-4, atol=1e-5)
    shapes = {"encoder": (B, N, S, S), "causal": (B, N, T, T), "cross": (B, N, T, S)}
    for kind, shape in shapes.items():
        assert [tuple(layer.shape) for layer in weights[kind]] == [shape, shape]
        for layer in weights[kind]:
            np.testing.assert_allclose(numpy_of(layer).sum(-1), 1, rtol=1e-5)
    hidden = ~batch["source_padding_mask"][:, None, None, :]
    for layer in (*weights["encoder"], *weights["cross"]):
        assert (numpy_of(layer)[np.broadcast_to(hidden, layer.shape)] == 0).all()
    assert all((np.triu(numpy_of(layer), 1) == 0).all() for layer in weights["causal"])


@pytest.mark.parametrize("tied", ["none", "output", "all"])
def test_tied_embeddings_are_one_matrix(tied):
    vocabularies = {"source": V_TARGET} if tied == "all" else {}
    model = make(tied_embeddings=tied, **vocabularies)
    matrices = [weight for weight in model.weights if V_TARGET in tuple(weight.shape)]
    assert len(matrices) == {"none": 2, "output": 1, "all": 1}[tied]
    assert (model.source_embedding is model.target_embedding) == (tied == "all")


@pytest.mark.parametrize(
    "positions, norm_place, tied",
    list(itertools.product(["sinusoidal", "learned", "relative"], ["pre", "post"], ["none", "all"])),
)
def test_parameters_are_counted_without_building(positions, norm_place, tied):
    settings = {"positions": positions, "norm_place": norm_place, "tied_embeddings": tied}
    model = Transformer(V_TARGET, V_TARGET, D, N, F, num_layers=2, **settings)
    counts = transformer_parameter_counts(model.settings)
    model.build({"source_token_ids": (B, S), "target_token_ids": (B, T)})
    assert sum(counts.values()) == sum(math.prod(weight.shape) for weight in model.weights)


def test_the_base_configuration_of_the_paper():
    """37 000 shared tokens, 6 + 6 layers, 512 wide, 2048 inside: worked by hand."""
    model = Transformer(37000, 37000, 512, 8, 2048, 6, tied_embeddings="all", norm_place="post")
    assert not model.built
    attention = 4 * (262_144 + 512)
    network = 1_048_576 + 2048 + 1_048_576 + 512
    encoder = 6 * (attention + network + 2 * 1024)
    decoder = 6 * (2 * attention + network + 3 * 1024)
    total = sum(transformer_parameter_counts(model.settings).values())
    assert total == 18_944_000 + encoder + decoder == 63_082_496
    assert abs(total / 65e6 - 1) < 0.03  # what table 3 says


def test_dropout_of_every_kind_acts_in_training_only():
    batch = make_batch()
    for kind in ("dropout", "attention_dropout", "feed_forward_dropout"):
        model = make(**{kind: 0.5})
        calm = numpy_of(model(batch))
        np.testing.assert_array_equal(numpy_of(model(batch)), calm)
        assert np.abs(numpy_of(model(batch, training=True)) - calm).max() > 1e-3


@pytest.mark.parametrize("settings", [SETTINGS[3], SETTINGS[6]], ids=str)
def test_round_trips_and_gradients(settings, tmp_path):
    model, batch = make(dropout=0.1, attention_dropout=0.1, **settings), make_batch()
    outputs = numpy_of(model(batch))
    twin = Transformer.from_config(model.get_config())
    twin(batch)
    twin.set_weights(model.get_weights())
    np.testing.assert_allclose(numpy_of(twin(batch)), outputs, rtol=1e-5, atol=1e-6)

    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(numpy_of(loaded(batch)), outputs, rtol=1e-5, atol=1e-6)

    before = [np.copy(numpy_of(weight)) for weight in model.trainable_weights]
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy(label_smoothing=0.1))
    history = model.fit(batch, batch["target_token_ids"], batch_size=B, verbose=0).history
    assert np.isfinite(history["loss"]).all()
    for old, weight in zip(before, model.trainable_weights, strict=True):
        # A bias of keys moves all scores of a query alike: softmax does not see it.
        if not weight.path.endswith("key_bias"):
            assert (old != numpy_of(weight)).any(), f"no gradient reached {weight.path}"


def test_pairs_can_be_learnt_by_heart():
    keras.utils.set_random_seed(1)
    model = Transformer(V_SOURCE, V_TARGET, 24, 2, 48, num_layers=1)
    batch = make_batch()
    labels = np.roll(batch["target_token_ids"], -1, axis=1) * (batch["target_token_ids"] != 0)
    model.compile(keras.optimizers.Adam(0.01), TokenCrossEntropy(), jit_compile=COMPILED)
    history = [float(model.train_on_batch(batch, labels)) for _ in range(50)]
    assert history[-1] < 0.1 < history[0]


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"source": 0}, "Received: source_vocabulary_size=0"),
        ({"num_layers": 0}, "Received: num_layers=0"),
        ({"tied_embeddings": "all"}, "Received: source_vocabulary_size=29, target_vocabulary_size=31"),
        ({"tied_embeddings": "some"}, "Received: tied_embeddings='some'"),
        ({"position_place": "twice"}, "Received: position_place='twice'"),
        ({"positions": "clock"}, "Received: positions='clock'"),
        ({"norm_place": "between"}, "Received: norm_place='between'"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        make(**settings)
