"""A published BERT as a `Bert` of ours."""

import json
from pathlib import Path

import numpy as np

from course_lib.checkpoints.assign import assign_tensors
from course_lib.checkpoints.bert_names import bert_tensors
from course_lib.checkpoints.read import read_safetensors
from course_lib.models import Bert

SETTINGS = {
    "vocab_size": "vocabulary_size",
    "hidden_size": "hidden_dim",
    "num_attention_heads": "num_heads",
    "intermediate_size": "intermediate_dim",
    "num_hidden_layers": "num_layers",
    "max_position_embeddings": "max_sequence_length",
    "type_vocab_size": "num_segments",
    "hidden_dropout_prob": "dropout",
    "attention_probs_dropout_prob": "attention_dropout",
}
ACTIVATIONS = {"gelu": "gelu", "gelu_new": "gelu_tanh", "gelu_pytorch_tanh": "gelu_tanh", "relu": "relu"}
REQUIRED = {"model_type": "bert", "layer_norm_eps": 1e-12, "position_embedding_type": "absolute"}


def load_bert_settings(path):
    """The arguments of a `Bert` from the `config.json` beside published weights.

    Args:
        path: of the file.

    Returns:
        dict of arguments by name.

    Raises:
        ValueError: if a setting is missing, or is one that our `Bert` does not have; it says which.

    Example:
        >>> import tempfile
        >>> file = tempfile.NamedTemporaryFile(suffix=".json")
        >>> _ = Path(file.name).write_text('{"model_type": "roberta"}')
        >>> load_bert_settings(file.name)
        Traceback (most recent call last):
        ValueError: `model_type` must be 'bert'. Received in ...: 'roberta'.
    """
    config = json.loads(Path(path).read_text(encoding="utf-8"))
    for name, value in REQUIRED.items():
        if config.get(name, value) != value:
            raise ValueError(f"`{name}` must be {value!r}. Received in {path}: {config[name]!r}.")
    if missing := sorted(SETTINGS.keys() - config.keys()):
        raise ValueError(f"{path} must hold {', '.join(SETTINGS)}. Missing: {', '.join(missing)}.")
    if config["hidden_act"] not in ACTIVATIONS:
        raise ValueError(
            f"`hidden_act` must be one of {tuple(ACTIVATIONS)}. Received: {config['hidden_act']!r}."
        )
    settings = {ours: config[theirs] for theirs, ours in SETTINGS.items()}
    return {**settings, "activation": ACTIVATIONS[config["hidden_act"]]}


def load_bert(config_path, weights_path, ignored_prefixes=()):
    """A `Bert` with published weights.

    Args:
        config_path: of the `config.json`.
        weights_path: of the safetensors file.
        ignored_prefixes: beginnings of names that the file may hold and a `Bert` has no use for, such as
            "cls.", the heads it was pre-trained with.

    Returns:
        a `Bert`, built.

    Raises:
        ValueError: if the settings are none of ours.
        CheckpointError: if the file does not hold these weights and no others.

    Example:
        >>> from course_lib.checkpoints import load_bert
        >>> from course_lib.data import corpus_file
        >>> names = "config.json", "model.safetensors"
        >>> bert = load_bert(*(corpus_file("all_minilm_l6_v2", name) for name in names))  # doctest: +SKIP
        >>> bert.count_params()  # doctest: +SKIP
        22713216

    Taught in: notebooks/12_fine_tuning_tokens
    """
    bert = Bert(**load_bert_settings(config_path))
    ids = np.zeros((1, 2), "int32")
    bert({"token_ids": ids, "segment_ids": ids, "padding_mask": ids == 0})
    assign_tensors(bert_tensors(bert), read_safetensors(weights_path), ignored_prefixes)
    return bert
