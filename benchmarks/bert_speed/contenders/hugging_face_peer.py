"""Hugging Face's BERT, on PyTorch."""

import torch
import transformers

from benchmarks.bert_speed import batches
from benchmarks.bert_speed.contenders.ours import DROPOUT

IGNORED = -100


def config_of(size):
    """Its configuration of a size."""
    return transformers.BertConfig(
        vocab_size=size.vocabulary_size,
        hidden_size=size.hidden_dim,
        num_hidden_layers=size.num_layers,
        num_attention_heads=size.num_heads,
        intermediate_size=size.intermediate_dim,
        max_position_embeddings=batches.WIDTH,
        hidden_act="gelu_pytorch_tanh",
        hidden_dropout_prob=DROPOUT,
        attention_probs_dropout_prob=DROPOUT,
        num_labels=2,
    )


def count(model):
    """Number of its parameters."""
    return sum(parameter.numel() for parameter in model.parameters())


def trained(model, stream):
    """What trains on the next batch of a stream and says how many tokens are real."""
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4)
    model.train()

    def run():
        inputs = next(stream)
        loss = model(**inputs).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return int(inputs["attention_mask"].sum())

    return {"run": run, "parameters": count(model)}


def inputs_of(token_ids):
    """What its models take."""
    token_ids = torch.tensor(token_ids).long()
    return {"input_ids": token_ids, "attention_mask": (token_ids != 0).long()}


def pretraining(size):
    """Masked words: its head reads every place, and the loss those that are not ignored."""
    token_ids, places, labels = batches.full_batch(size)
    everywhere = torch.full(token_ids.shape, IGNORED)
    everywhere.scatter_(1, torch.tensor(places).long(), torch.tensor(labels).long())
    inputs = {**inputs_of(token_ids), "labels": everywhere}
    return trained(transformers.BertForMaskedLM(config_of(size)), iter(lambda: inputs, None))


def fine_tuning(size):
    """Classes of sentences, each batch as wide as its longest, as `DataCollatorWithPadding` does it."""
    stream = (
        {**inputs_of(token_ids), "labels": torch.tensor(labels).long()}
        for token_ids, labels in batches.batches_in_random_order(size)
    )
    return trained(transformers.BertForSequenceClassification(config_of(size)), stream)


def inference(size):
    """Classes of sentences, asked."""
    model = transformers.BertForSequenceClassification(config_of(size)).eval()
    stream = (inputs_of(token_ids) for token_ids, _ in batches.batches_in_random_order(size))

    @torch.inference_mode()
    def run():
        inputs = next(stream)
        model(**inputs)
        return int(inputs["attention_mask"].sum())

    return {"run": run, "parameters": count(model)}
