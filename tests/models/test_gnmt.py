import keras
import numpy as np
import pytest
from keras import ops
from support.compilation import COMPILED

from course_lib.decoding import beam_search, greedy_decode
from course_lib.models import Gnmt
from course_lib.training import TokenCrossEntropy

B, S, T, V_SOURCE, V_TARGET, E, D = 3, 7, 5, 29, 31, 11, 13
depths = pytest.mark.parametrize("num_layers", [1, 2, 5])


def make(num_layers=5, **settings):
    """A model whose weights are large enough for sigmoids and tanh to bend."""
    model = Gnmt(V_SOURCE, V_TARGET, embedding_dim=E, hidden_dim=D, num_layers=num_layers, **settings)
    model.build(dict.fromkeys(("source_token_ids", "target_token_ids"), (None, None)))
    generator = np.random.default_rng(num_layers)
    model.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in model.weights])
    return model


def make_batch(extra=0, filler=0):
    """Sentences of different lengths; `extra` adds padding behind source and target, of ids `filler`."""
    generator = np.random.default_rng(0)
    source, target = np.zeros((B, S + extra), "int32"), np.zeros((B, T + extra), "int32")
    for row, (m, n) in enumerate(zip((7, 4, 1), (5, 2, 3), strict=True)):
        source[row, :m] = generator.integers(5, V_SOURCE, m)
        target[row, :n] = generator.integers(5, V_TARGET, n)
    masks = {"source_padding_mask": source != 0, "target_padding_mask": target != 0}
    source[source == 0] = target[target == 0] = filler
    return {"source_token_ids": source, "target_token_ids": target, **masks}


def numpy_of(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm_step(weights, inputs, hidden, cell):
    """One step of an LSTM, gates in Keras's order."""
    kernel, recurrent_kernel, bias = weights
    gates = np.split(inputs @ kernel + hidden @ recurrent_kernel + bias, 4)
    write, forget, new, show = sigmoid(gates[0]), sigmoid(gates[1]), np.tanh(gates[2]), sigmoid(gates[3])
    cell = forget * cell + write * new
    return show * np.tanh(cell), cell


def lstm(weights, sequence):
    hidden, cell, outputs = np.zeros(D), np.zeros(D), []
    for inputs in sequence:
        hidden, cell = lstm_step(weights, inputs, hidden, cell)
        outputs.append(hidden)
    return np.array(outputs)


def by_hand(model, source, target):
    """Logits and attention weights of one sentence without padding, from the paper's equations in float64."""
    values = {weight.path: numpy_of(weight).astype("float64") for weight in model.weights}

    def of(name):
        found = [value for path, value in values.items() if f"/{name}/" in f"/{path}"]
        return found if len(found) > 1 else found[0]

    is_residual = model.settings["residual"]
    x = of("source_embedding")[source]
    x = np.concatenate([lstm(of("forward_lstm"), x), lstm(of("backward_lstm"), x[::-1])[::-1]], axis=1)
    for index in range(1, model.settings["num_layers"]):
        above = lstm(of(f"encoder/upper_{index}"), x)
        x = above + x if is_residual and index >= 2 else above
    memory, (key_kernel, query_kernel, scale) = x, of("score")

    layers = [of("decoder/first")]
    layers += [of(f"decoder/upper_{index}") for index in range(1, model.settings["num_layers"])]
    states, logits, all_weights = [(np.zeros(D), np.zeros(D)) for _ in layers], [], []
    for inputs in of("target_embedding")[target]:
        scores = np.tanh(memory @ key_kernel + states[0][0] @ query_kernel) @ scale
        weights = np.exp(scores) / np.exp(scores).sum()
        context = weights @ memory
        for index, layer in enumerate(layers):
            states[index] = lstm_step(layer, np.concatenate([inputs, context]), *states[index])
            inputs = states[index][0] + (inputs if is_residual and index >= 2 else 0)
        kernel, bias = of("to_logits")
        logits.append(inputs @ kernel + bias)
        all_weights.append(weights)
    return np.array(logits), np.array(all_weights)


@pytest.mark.parametrize("num_layers, residual", [(1, True), (2, True), (5, True), (5, False)])
def test_a_pass_equals_the_equations(num_layers, residual):
    model, batch = make(num_layers, residual=residual), make_batch()
    logits, weights = map(numpy_of, model(batch, return_attention_weights=True))
    for row, (m, n) in enumerate(zip((7, 4, 1), (5, 2, 3), strict=True)):
        source, target = batch["source_token_ids"][row, :m], batch["target_token_ids"][row, :n]
        expected, expected_weights = by_hand(model, source, target)
        np.testing.assert_allclose(logits[row, :n], expected, rtol=1e-4, atol=2e-5)
        np.testing.assert_allclose(weights[row, :n, :m], expected_weights, rtol=1e-4, atol=1e-6)
        assert (weights[row, :, m:] == 0).all()
    np.testing.assert_allclose(weights.sum(-1), 1.0, rtol=1e-5)


@depths
def test_steps_equal_teacher_forcing(num_layers):
    model, batch = make(num_layers), make_batch()
    logits, weights = map(numpy_of, model(batch, return_attention_weights=True))
    state = model.encode(batch["source_token_ids"], batch["source_padding_mask"])
    for t in range(T):
        step_logits, state = model.step(batch["target_token_ids"][:, t], state)
        np.testing.assert_allclose(numpy_of(step_logits), logits[:, t], rtol=1e-5, atol=1e-5)
        np.testing.assert_allclose(numpy_of(state["attention_weights"]), weights[:, t], rtol=1e-5, atol=1e-6)


def test_greedy_decoding_equals_reading_all_that_was_written_again():
    model, batch = make(), make_batch()
    source, mask = batch["source_token_ids"], batch["source_padding_mask"]
    settings = {"start_id": 2, "end_id": None, "batch_size": B, "max_length": 6}
    written = greedy_decode(model.step, model.encode(source, mask), **settings)
    read = np.full((B, 1), 2)
    for _ in range(6):
        logits = numpy_of(
            model({"source_token_ids": source, "source_padding_mask": mask, "target_token_ids": read})
        )
        read = np.concatenate([read, logits[:, -1].argmax(-1)[:, None]], axis=1)
    np.testing.assert_array_equal(written, read[:, 1:])
    assert len(np.unique(written)) > 2


@depths
def test_padding_never_matters(num_layers):
    model = make(num_layers)
    short = numpy_of(model(make_batch()))
    real = make_batch()["target_padding_mask"]
    for filler in (0, 17):
        long = numpy_of(model(make_batch(extra=6, filler=filler)))
        np.testing.assert_allclose(long[:, :T][real], short[real], rtol=1e-5, atol=1e-5)


@depths
def test_the_past_never_sees_the_future(num_layers):
    model, batch = make(num_layers), make_batch()
    changed = {**batch, "target_token_ids": batch["target_token_ids"].copy()}
    changed["target_token_ids"][:, 2:] = 7
    before, after = numpy_of(model(batch)), numpy_of(model(changed))
    np.testing.assert_array_equal(before[:, :2], after[:, :2])
    assert (before[:, 2:] != after[:, 2:]).any()


def test_every_source_token_sees_all_others():
    """Also the first one the last: the lowest layer reads in both directions."""
    model, batch = make(), make_batch()
    changed = {**batch, "source_token_ids": batch["source_token_ids"].copy()}
    changed["source_token_ids"][0, 6] = 7 if batch["source_token_ids"][0, 6] != 7 else 8
    first, second = (
        numpy_of(model.encode(b["source_token_ids"], b["source_padding_mask"])["memory"])
        for b in (batch, changed)
    )
    assert (first[0] != second[0]).any(axis=-1).all()


def test_a_fresh_model_decodes_as_after_a_call():
    batch = make_batch()
    source, mask = batch["source_token_ids"], batch["source_padding_mask"]
    fresh = Gnmt(V_SOURCE, V_TARGET, E, D, num_layers=3)
    logits, _ = fresh.step([2, 2, 2], fresh.encode(source.tolist(), mask.tolist()))
    called = Gnmt(V_SOURCE, V_TARGET, E, D, num_layers=3)
    called(batch)
    called.set_weights(fresh.get_weights())
    expected, _ = called.step(np.array([2, 2, 2]), called.encode(source, mask))
    np.testing.assert_allclose(numpy_of(logits), numpy_of(expected), rtol=1e-6, atol=1e-7)


def test_a_batch_is_searched_as_its_sentences_are_alone():
    model, batch = make(), make_batch()
    source, mask = batch["source_token_ids"], batch["source_padding_mask"]
    settings = {"start_id": 2, "end_id": 3, "max_length": 6, "beam_width": 3, "coverage_penalty": 0.4}
    together, scores = beam_search(model.step, model.encode(source, mask), batch_size=B, **settings)
    for row, length in enumerate((7, 4, 1)):
        one = source[row : row + 1, :length]
        alone, alone_scores = beam_search(model.step, model.encode(one, one != 0), batch_size=1, **settings)
        np.testing.assert_array_equal(together[row, :, : alone.shape[2]], alone[0])
        np.testing.assert_allclose(scores[row], alone_scores[0], rtol=1e-4)


def test_round_trips_and_gradients(tmp_path):
    model, batch = make(dropout=0.1), make_batch()
    paths = [weight.path for weight in model.weights]
    assert len(set(paths)) == len(paths)
    outputs = numpy_of(model(batch))
    twin = Gnmt.from_config(model.get_config())
    twin(batch)
    twin.set_weights(model.get_weights())
    np.testing.assert_allclose(numpy_of(twin(batch)), outputs, rtol=1e-6)

    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(numpy_of(loaded(batch)), outputs, rtol=1e-6)

    before = [np.copy(numpy_of(weight)) for weight in model.trainable_weights]
    model.compile(keras.optimizers.SGD(1.0), TokenCrossEntropy(), jit_compile=COMPILED)
    assert np.isfinite(float(model.train_on_batch(batch, batch["target_token_ids"])))
    for old, weight in zip(before, model.trainable_weights, strict=True):
        assert (old != numpy_of(weight)).any(), f"no gradient reached {weight.path}"


def test_dropout_is_for_training():
    model, batch = make(num_layers=3, dropout=0.5), make_batch()
    np.testing.assert_array_equal(numpy_of(model(batch)), numpy_of(model(batch, training=False)))
    once, again = (numpy_of(model(batch, training=True)) for _ in range(2))
    assert (once != again).any()


def test_a_pair_can_be_learnt_by_heart():
    keras.utils.set_random_seed(1)
    model = Gnmt(V_SOURCE, V_TARGET, embedding_dim=E, hidden_dim=24, num_layers=4)
    batch = make_batch()
    labels = np.roll(batch["target_token_ids"], -1, axis=1) * batch["target_padding_mask"]
    model.compile(keras.optimizers.Adam(0.02), TokenCrossEntropy(), jit_compile=COMPILED)
    history = [float(model.train_on_batch(batch, labels)) for _ in range(80)]
    assert history[-1] < 0.1 < history[0]


@pytest.mark.parametrize(
    "name", ["source_vocabulary_size", "target_vocabulary_size", "embedding_dim", "hidden_dim", "num_layers"]
)
def test_bad_sizes_are_refused(name):
    sizes = {"source_vocabulary_size": 5, "target_vocabulary_size": 5, "embedding_dim": 2, "hidden_dim": 2}
    with pytest.raises(ValueError, match=f"`{name}` must be positive. Received: {name}=0"):
        Gnmt(**{**sizes, name: 0})
