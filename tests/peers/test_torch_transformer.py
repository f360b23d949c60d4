"""Our Transformer beside `torch.nn.Transformer`, with copied weights."""

import numpy as np
import pytest
from keras import ops

from course_lib.models import Transformer

torch = pytest.importorskip("torch")

B, S, T, V, D, N, F, LAYERS = 3, 7, 5, 29, 12, 2, 13, 2


@pytest.fixture(scope="module")
def models():
    """Both models in the paper's arrangement, norms behind, with the same random weights."""
    ours = Transformer(V, V, D, N, F, LAYERS, norm_place="post", tied_embeddings="none")
    ours.build({"source_token_ids": (B, S), "target_token_ids": (B, T)})
    generator = np.random.default_rng(3)
    ours.set_weights([generator.normal(scale=0.4, size=weight.shape) for weight in ours.weights])
    theirs = torch.nn.Transformer(D, N, LAYERS, LAYERS, F, dropout=0.0, batch_first=True).eval()
    # torch ends both stacks with one more normalisation, which the paper does not have.
    theirs.encoder.norm = theirs.decoder.norm = None
    for mine, layer in zip(ours.encoder.blocks, theirs.encoder.layers, strict=True):
        copy_attention(mine.self_attention.layer, layer.self_attn)
        copy_network(mine.feed_forward.layer, layer)
        copy_norms((mine.self_attention, mine.feed_forward), (layer.norm1, layer.norm2))
    for mine, layer in zip(ours.decoder_blocks, theirs.decoder.layers, strict=True):
        copy_attention(mine.causal_attention.layer, layer.self_attn)
        copy_attention(mine.cross_attention.layer, layer.multihead_attn)
        copy_network(mine.feed_forward.layer, layer)
        residuals = (mine.causal_attention, mine.cross_attention, mine.feed_forward)
        copy_norms(residuals, (layer.norm1, layer.norm2, layer.norm3))
    return ours, theirs


def assign(parameter, array):
    with torch.no_grad():
        parameter.copy_(torch.tensor(np.ascontiguousarray(array)).reshape(parameter.shape))


def copy_attention(ours, theirs):
    query, query_bias, key, key_bias, value, value_bias, output, output_bias = ours.get_weights()
    assign(theirs.in_proj_weight, np.concatenate([w.reshape(D, D).T for w in (query, key, value)]))
    assign(theirs.in_proj_bias, np.concatenate([b.reshape(D) for b in (query_bias, key_bias, value_bias)]))
    assign(theirs.out_proj.weight, output.reshape(D, D).T)
    assign(theirs.out_proj.bias, output_bias)


def copy_network(ours, theirs):
    for dense, linear in ((ours.expand, theirs.linear1), (ours.contract, theirs.linear2)):
        kernel, bias = dense.get_weights()
        assign(linear.weight, kernel.T)
        assign(linear.bias, bias)


def copy_norms(residuals, norms):
    for residual, norm in zip(residuals, norms, strict=True):
        scale, shift = residual.norm.get_weights()
        assign(norm.weight, scale)
        assign(norm.bias, shift)


def draw_batch():
    generator = np.random.default_rng(5)
    source, target = generator.integers(1, V, (B, S)), generator.integers(1, V, (B, T))
    for row, (m, n) in enumerate(((7, 5), (4, 2), (1, 3))):
        source[row, m:], target[row, n:] = 0, 0
    return source, target


def as_torch(tensor):
    return torch.tensor(np.asarray(ops.convert_to_numpy(tensor)))


def test_the_whole_model_with_all_its_masks(models):
    ours, theirs = models
    source, target = draw_batch()
    inputs = {"source_token_ids": source, "source_padding_mask": source != 0, "target_token_ids": target}
    embedded = (
        as_torch(ours.encoder.positions(ours.embed(source, ours.source_embedding))),
        as_torch(ours.embed_target(target)),
    )
    hidden = torch.tensor(source == 0)
    outputs = theirs(
        *embedded,
        tgt_mask=torch.ones(T, T, dtype=torch.bool).triu(1),
        src_key_padding_mask=hidden,
        memory_key_padding_mask=hidden,
    )
    expected = ours.to_logits(ops.convert_to_tensor(outputs.detach().numpy()))
    logits = np.asarray(ops.convert_to_numpy(ours(inputs)))
    np.testing.assert_allclose(logits, np.asarray(ops.convert_to_numpy(expected)), rtol=1e-5, atol=1e-5)
    assert np.abs(logits).max() > 1


def test_the_encoder_alone(models):
    ours, theirs = models
    source, _ = draw_batch()
    memory = ours.read(source, ops.convert_to_tensor(source != 0))
    embedded = as_torch(ours.encoder.positions(ours.embed(source, ours.source_embedding)))
    expected = theirs.encoder(embedded, src_key_padding_mask=torch.tensor(source == 0)).detach().numpy()
    real = source != 0
    memory = np.asarray(ops.convert_to_numpy(memory))
    np.testing.assert_allclose(memory[real], expected[:, : memory.shape[1]][real], rtol=1e-5, atol=1e-5)
