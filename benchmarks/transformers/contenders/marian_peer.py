"""Hugging Face's Marian."""

import torch
from transformers import MarianConfig, MarianMTModel

from benchmarks.transformers import batches


def make_model(size, dropout, tied):
    """Marian of a size, with ReLU as the others have it."""
    return MarianMTModel(
        MarianConfig(
            vocab_size=size.vocabulary_size,
            d_model=size.hidden_dim,
            encoder_layers=size.num_layers,
            decoder_layers=size.num_layers,
            encoder_attention_heads=size.num_heads,
            decoder_attention_heads=size.num_heads,
            encoder_ffn_dim=size.intermediate_dim,
            decoder_ffn_dim=size.intermediate_dim,
            activation_function="relu",
            dropout=dropout,
            attention_dropout=dropout,
            max_position_embeddings=64,
            tie_word_embeddings=tied,
            share_encoder_decoder_embeddings=tied,
            pad_token_id=0,
            eos_token_id=None,
            forced_eos_token_id=None,
            decoder_start_token_id=batches.START,
        )
    )


def training(size, dropout=0.1):
    """Training steps on one full batch."""
    model = make_model(size, dropout, tied=False).train()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    inputs, labels = batches.full_batch(size)
    source, target = (torch.tensor(inputs[name], dtype=torch.long) for name in batches.NAMES[::2])
    mask, goal = torch.tensor(inputs["source_padding_mask"]), torch.tensor(labels, dtype=torch.long)

    def run():
        optimizer.zero_grad()
        loss = model(input_ids=source, attention_mask=mask.long(), decoder_input_ids=target, labels=goal).loss
        loss.backward()
        optimizer.step()
        loss.item()
        return goal.numel()

    return {"run": run, "parameters": sum(weight.numel() for weight in model.parameters())}


def decoding(size, batch_size, tokens):
    """Greedy `generate` with caches."""
    model = make_model(size, 0.0, tied=True).eval()
    source = torch.tensor(batches.full_batch(size)[0]["source_token_ids"][:batch_size], dtype=torch.long)

    def run():
        written = model.generate(
            input_ids=source,
            attention_mask=torch.ones_like(source),
            max_new_tokens=tokens,
            min_new_tokens=tokens,
            num_beams=1,
            do_sample=False,
            use_cache=True,
        )
        assert written.shape == (batch_size, tokens + 1)
        return batch_size * tokens

    return {"run": run, "parameters": sum(weight.numel() for weight in model.parameters())}
