"""The course's Transformer, on the backend that is set."""

import functools

import keras
import numpy as np

from benchmarks.transformers import batches
from course_lib.decoding import CompiledSearch, beam_search, greedy_decode
from course_lib.models import Transformer
from course_lib.training import TokenCrossEntropy

SAME = {"norm_place": "post", "positions": "learned", "tied_embeddings": "none"}  # as keras-hub's blocks
AS_USED = {"norm_place": "pre", "positions": "sinusoidal", "tied_embeddings": "all"}


def make_model(size, **settings):
    """A model of a size, built."""
    model = Transformer(
        size.vocabulary_size,
        size.vocabulary_size,
        size.hidden_dim,
        size.num_heads,
        size.intermediate_dim,
        size.num_layers,
        **settings,
    )
    model.build({name: (size.batch_size, size.length) for name in batches.NAMES})
    return model


def compiled(model, jit_compile):
    """A model that is ready to be trained."""
    model.compile(keras.optimizers.Adam(1e-3), TokenCrossEntropy(), jit_compile=jit_compile)
    return model


def stepper(model, stream):
    """What trains on the next batch of a stream and says how many of its labels are real."""

    def run():
        inputs, labels = next(stream)
        model.train_on_batch(inputs, labels)
        return int((labels != 0).sum())

    return run


def training(size, dropout=0.1, jit_compile=True, corpus=False, precision="float32", **settings):
    """Training steps: on one full batch again and again, or on the corpus by length.

    The optimizer's variables are made before the first step: TensorFlow traces a step that makes variables
    twice.
    """
    keras.config.set_dtype_policy(precision)
    settings = {"dropout": dropout, "attention_dropout": dropout, **(AS_USED if corpus else SAME), **settings}
    model = compiled(make_model(size, **settings), jit_compile)
    if corpus:
        stream = batches.bucketed_batches(size, batches.corpus_sentences(size))
    else:
        stream = iter(functools.partial(batches.full_batch, size), None)
    model.optimizer.build(model.trainable_variables)
    return {"run": stepper(model, stream), "parameters": model.count_params()}


def decoding(size, batch_size, tokens, beam_width=1, precision="float32"):
    """Sentences of so many tokens, by greedy search or with a beam, in one compiled program."""
    keras.config.set_dtype_policy(precision)
    model = make_model(size, **AS_USED)
    beam = {"beam_width": beam_width} if beam_width > 1 else {}
    search = CompiledSearch(
        model,
        beam_search if beam else greedy_decode,
        start_id=batches.START,
        end_id=batches.END if beam else None,  # greedily, all the tokens are written
        max_length=tokens,
        **beam,
    )
    source = batches.full_batch(size)[0]["source_token_ids"][:batch_size]

    def run():
        search.decode(source)
        return batch_size * tokens

    return {"run": run, "parameters": model.count_params()}


def rerun(size, batch_size, tokens):
    """Greedy search without caches, as in TensorFlow's tutorial: every token reads all that was written."""
    import tensorflow as tf

    model = make_model(size, **AS_USED)
    source = batches.full_batch(size)[0]["source_token_ids"][:batch_size]
    forward = tf.function(model, reduce_retracing=True)

    def run():
        written = np.full((batch_size, 1), batches.START, dtype="int32")
        for _ in range(tokens):
            logits = forward(
                {
                    "source_token_ids": tf.constant(source),
                    "source_padding_mask": tf.constant(source != 0),
                    "target_token_ids": tf.constant(written),
                }
            )
            following = tf.argmax(logits[:, -1], axis=-1, output_type="int32").numpy()
            written = np.concatenate([written, following[:, None]], axis=1)
        return batch_size * tokens

    return {"run": run, "parameters": model.count_params()}
