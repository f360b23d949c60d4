"""Our functions beside PyTorch's, Keras's and transformers' on the same numbers."""

import numpy as np
import pytest
from keras import layers as keras_layers
from keras import ops

from course_lib.layers import (
    AdditiveScore,
    Attention,
    DotScore,
    MultiplicativeScore,
    RecurrentEncoder,
    ScaledDotScore,
    masked_softmax,
)
from course_lib.text import SPECIAL_TOKENS, WordPieceTokenizer, train_wordpiece
from course_lib.training import TokenCrossEntropy

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

B, T, S, D = 3, 5, 7, 11
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


@pytest.fixture
def generator():
    return np.random.default_rng(17)


def draw(generator, *shape):
    return generator.normal(size=shape).astype("float32")


def draw_mask(generator, *shape):
    """A random mask in which every row keeps something."""
    mask = generator.random(shape) < 0.6
    mask[..., 0] = True
    return mask


def as_numpy(tensor):
    return tensor.detach().numpy() if isinstance(tensor, torch.Tensor) else ops.convert_to_numpy(tensor)


def test_masked_softmax_beside_torch(generator):
    scores, mask = 20 * draw(generator, B, T, S), draw_mask(generator, B, T, S)
    hidden = torch.tensor(scores).masked_fill(~torch.tensor(mask), float("-inf"))
    np.testing.assert_allclose(
        as_numpy(masked_softmax(scores, mask)), as_numpy(torch.softmax(hidden, -1)), **CLOSE
    )


def test_scaled_dot_attention_beside_torch(generator):
    query, key, value = draw(generator, B, T, D), draw(generator, B, S, D), draw(generator, B, S, D)
    mask = draw_mask(generator, B, T, S)
    ours = Attention(ScaledDotScore())(query=query, value=value, key=key, mask=mask)
    theirs = torch.nn.functional.scaled_dot_product_attention(
        torch.tensor(query), torch.tensor(key), torch.tensor(value), attn_mask=torch.tensor(mask)
    )
    np.testing.assert_allclose(as_numpy(ours), as_numpy(theirs), **CLOSE)


def test_multiplicative_score_beside_torch(generator):
    query, key = draw(generator, B, T, D), draw(generator, B, S, 13)
    score = MultiplicativeScore()
    ours = as_numpy(score(query, key))
    (kernel,) = score.weights
    bilinear = torch.nn.Bilinear(D, 13, 1, bias=False)
    with torch.no_grad():
        bilinear.weight.copy_(torch.tensor(as_numpy(kernel)).reshape(1, D, 13))
    queries = torch.tensor(query)[:, :, None, :].expand(B, T, S, D).contiguous()
    keys = torch.tensor(key)[:, None, :, :].expand(B, T, S, 13).contiguous()
    np.testing.assert_allclose(ours, as_numpy(bilinear(queries, keys))[..., 0], rtol=1e-4, atol=1e-5)


def test_dot_attention_beside_keras(generator):
    query, value, mask = draw(generator, B, T, D), draw(generator, B, S, D), draw_mask(generator, B, S)
    context, weights = Attention(DotScore())(
        query=query, value=value, mask=mask, return_attention_weights=True
    )
    their_context, their_weights = keras_layers.Attention()(
        [query, value], mask=[None, ops.convert_to_tensor(mask)], return_attention_scores=True
    )
    np.testing.assert_allclose(as_numpy(context), as_numpy(their_context), **CLOSE)
    np.testing.assert_allclose(as_numpy(weights), as_numpy(their_weights), **CLOSE)


def test_additive_attention_beside_keras(generator):
    query, value, mask = draw(generator, B, T, D), draw(generator, B, S, D), draw_mask(generator, B, S)
    ours = Attention(AdditiveScore(D))
    ours(query=query, value=value)
    theirs = keras_layers.AdditiveAttention()
    theirs.build([(B, T, D), (B, S, D)])
    # Keras adds query and key as they are; ours projects each first.
    scale = draw(generator, D)
    theirs.scale.assign(scale)
    ours.score.query_kernel.assign(np.eye(D))
    ours.score.key_kernel.assign(np.eye(D))
    ours.score.scale.assign(scale.reshape(ours.score.scale.shape))
    np.testing.assert_allclose(
        as_numpy(ours(query=query, value=value, mask=mask)),
        as_numpy(theirs([query, value], mask=[None, ops.convert_to_tensor(mask)])),
        **CLOSE,
    )


def test_recurrent_encoder_beside_torch(generator):
    """Gates are ordered update, reset, new in Keras and reset, update, new in PyTorch."""
    lengths = np.array([7, 3, 5])
    inputs, mask = draw(generator, B, S, D), np.arange(S) < lengths[:, None]
    encoder = RecurrentEncoder(6)
    encoder(inputs, mask=mask)
    grus = (encoder.recurrent.forward_layer, encoder.recurrent.backward_layer)
    theirs = torch.nn.GRU(D, 3, batch_first=True, bidirectional=True)
    for gru, suffix in zip(grus, ("", "_reverse"), strict=True):
        kernel, recurrent, bias = (as_numpy(weight) for weight in gru.cell.weights)
        bias = draw(generator, *bias.shape)
        gru.cell.weights[2].assign(bias)
        names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
        matrices = zip(names, (kernel.T, recurrent.T, bias[0], bias[1]), strict=True)
        with torch.no_grad():
            for name, values in matrices:
                update, reset, new = np.split(values, 3, axis=0)
                getattr(theirs, name + suffix).copy_(torch.tensor(np.concatenate([reset, update, new])))
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        torch.tensor(inputs), torch.tensor(lengths), batch_first=True, enforce_sorted=False
    )
    expected, _ = torch.nn.utils.rnn.pad_packed_sequence(theirs(packed)[0], batch_first=True)
    memory, _ = encoder(inputs, mask=mask)
    np.testing.assert_allclose(as_numpy(memory)[mask], as_numpy(expected)[mask], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("label_smoothing", [0.0, 0.1])
def test_token_cross_entropy_beside_torch(generator, label_smoothing):
    labels = generator.integers(0, 13, size=(B, T))
    logits = 5 * draw(generator, B, T, 13)
    ours = TokenCrossEntropy(label_smoothing=label_smoothing)(labels, logits)
    theirs = torch.nn.functional.cross_entropy(
        torch.tensor(logits).reshape(-1, 13),
        torch.tensor(labels).reshape(-1),
        ignore_index=0,
        label_smoothing=label_smoothing,
    )
    np.testing.assert_allclose(as_numpy(ours), as_numpy(theirs), **CLOSE)


def test_wordpiece_beside_transformers(tmp_path):
    texts = [
        "The unwanted cats weren't washed; two dogs barked.",
        "Zwei junge Männer sind im Freien in der Nähe vieler Büsche.",
        "Deux hommes étaient près d'un café.",
        "我喜欢看书。",
    ]
    vocabulary = train_wordpiece(texts * 3, vocabulary_size=110)
    file = tmp_path / "vocabulary.txt"
    vocabulary.save(file)
    assert vocabulary.tokens[: len(SPECIAL_TOKENS)] == SPECIAL_TOKENS
    theirs = transformers.BertTokenizerFast(
        vocab=str(file),
        do_lower_case=True,
        cls_token="[START]",
        sep_token="[END]",
    )
    ours = WordPieceTokenizer(vocabulary, engine="python")
    unseen = ["Vier Katzen, zwei Hunde!", "un café près des hommes…", "Cats & dogs 42", ""]
    for text in [*texts, *unseen]:
        assert ours.encode(text) == theirs.encode(text, add_special_tokens=False), text
