"""keras-hub: its encoder and decoder blocks, and its BART for decoding."""

import functools

import keras
import keras_hub

from benchmarks.transformers import batches
from benchmarks.transformers.contenders.ours import compiled, stepper


def make_model(size, width, dropout):
    """Blocks between embeddings and a dense layer, as keras-hub's guide to translation stacks them."""
    ids = {name: keras.Input((None,), dtype="int32", name=name) for name in batches.NAMES[::2]}
    masks = {name: keras.Input((None,), dtype="bool", name=name) for name in batches.NAMES[1::2]}
    source, target = (
        keras.layers.Dropout(dropout)(
            keras_hub.layers.TokenAndPositionEmbedding(size.vocabulary_size, width, size.hidden_dim)(tokens)
        )
        for tokens in ids.values()
    )
    source_mask, target_mask = masks.values()
    settings = (size.intermediate_dim, size.num_heads, dropout)
    for _ in range(size.num_layers):
        source = keras_hub.layers.TransformerEncoder(*settings)(source, padding_mask=source_mask)
    for _ in range(size.num_layers):
        target = keras_hub.layers.TransformerDecoder(*settings)(
            target, source, decoder_padding_mask=target_mask, encoder_padding_mask=source_mask
        )
    return keras.Model({**ids, **masks}, keras.layers.Dense(size.vocabulary_size)(target))


def training(size, dropout=0.1, jit_compile=False, corpus=False):
    """Training steps: on one full batch again and again, or on the corpus at one width."""
    model = compiled(make_model(size, batches.LONGEST, dropout), jit_compile)
    if corpus:
        stream = batches.padded_batches(size, batches.corpus_sentences(size))
    else:
        stream = iter(functools.partial(batches.full_batch, size), None)
    return {"run": stepper(model, stream), "parameters": model.count_params()}


def decoding(size, batch_size, tokens, jit_compile=False):
    """Greedy `generate` of a BART of this size, with caches."""
    backbone = keras_hub.models.BartBackbone(
        vocabulary_size=size.vocabulary_size,
        num_layers=size.num_layers,
        num_heads=size.num_heads,
        hidden_dim=size.hidden_dim,
        intermediate_dim=size.intermediate_dim,
        max_sequence_length=64,
    )
    model = keras_hub.models.BartSeq2SeqLM(backbone, preprocessor=None)
    model.compile(sampler="greedy", jit_compile=jit_compile)
    source = batches.full_batch(size)[0]["source_token_ids"][:batch_size]
    written = keras.ops.convert_to_numpy(keras.ops.zeros((batch_size, tokens + 1), dtype="int32"))
    written[:, 0] = batches.START
    inputs = {
        "encoder_token_ids": source,
        "encoder_padding_mask": source != 0,
        "decoder_token_ids": written,
        "decoder_padding_mask": written != 0,
    }

    def run():
        model.generate(inputs, stop_token_ids=None)
        return batch_size * tokens

    return {"run": run, "parameters": model.count_params()}
