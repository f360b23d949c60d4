"""The names that files of BERT's children have, as BERT's: what stands on the left is what is replaced."""

import re

ROBERTA_HEAD = (
    (r"^lm_head\.dense", "cls.predictions.transform.dense"),
    (r"^lm_head\.layer_norm", "cls.predictions.transform.LayerNorm"),
    (r"^lm_head", "cls.predictions"),
)
DISTILBERT = (
    (r"^transformer\.layer", "encoder.layer"),
    (r"attention\.q_lin", "attention.self.query"),
    (r"attention\.k_lin", "attention.self.key"),
    (r"attention\.v_lin", "attention.self.value"),
    (r"attention\.out_lin", "attention.output.dense"),
    (r"sa_layer_norm", "attention.output.LayerNorm"),
    (r"ffn\.lin1", "intermediate.dense"),
    (r"ffn\.lin2", "output.dense"),
    (r"output_layer_norm", "output.LayerNorm"),
    (r"^vocab_transform", "cls.predictions.transform.dense"),
    (r"^vocab_layer_norm", "cls.predictions.transform.LayerNorm"),
    (r"^vocab_projector\.bias", "cls.predictions.bias"),
    (r"^vocab_projector\.weight", "cls.predictions.decoder.weight"),
)
ALBERT = (
    (r"^encoder\.embedding_hidden_mapping_in", "embeddings_project"),
    (r"^encoder\.albert_layer_groups\.(\d+)\.albert_layers\.0", r"encoder.layer.\1"),
    (r"attention\.(query|key|value)", r"attention.self.\1"),
    (r"attention\.dense", "attention.output.dense"),
    (r"attention\.LayerNorm", "attention.output.LayerNorm"),
    (r"ffn\.", "intermediate.dense."),
    (r"ffn_output", "output.dense"),
    (r"full_layer_layer_norm", "output.LayerNorm"),
    (r"^pooler", "pooler.dense"),
    (r"^predictions\.dense", "cls.predictions.transform.dense"),
    (r"^predictions\.LayerNorm", "cls.predictions.transform.LayerNorm"),
    (r"^predictions", "cls.predictions"),
    (r"^sop_classifier\.classifier", "cls.seq_relationship"),
)
ELECTRA_GENERATOR = (
    (r"^generator_predictions\.dense", "cls.predictions.transform.dense"),
    (r"^generator_predictions\.LayerNorm", "cls.predictions.transform.LayerNorm"),
    (r"^generator_lm_head\.bias", "cls.predictions.bias"),
    (r"^generator_lm_head\.weight", "cls.predictions.decoder.weight"),
)


def renamed(tensors, rules, prefix=""):
    """The tensors of a file under the names that BERT's have."""
    again = {}
    for name, tensor in tensors.items():
        name = name.removeprefix(prefix)
        for pattern, replacement in rules:
            name = re.sub(pattern, replacement, name)
        again[name] = tensor
    return again


def repeated(tensors, num_layers, num_groups=1):
    """With the tensors of one block, or of a few, as those of all blocks of a stack."""
    again = {}
    for name, tensor in tensors.items():
        match = re.match(r"encoder\.layer\.(\d+)\.(.*)", name)
        if not match:
            again[name] = tensor
            continue
        for layer in range(num_layers):
            if layer * num_groups // num_layers == int(match[1]):
                again[f"encoder.layer.{layer}.{match[2]}"] = tensor
    return again
