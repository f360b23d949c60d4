"""`torch.nn.Transformer`."""

import torch

from benchmarks.transformers import batches


class Translator(torch.nn.Module):
    """Embeddings, learned positions, `torch.nn.Transformer` and a dense layer: what its tutorial builds."""

    def __init__(self, size, dropout):
        super().__init__()
        width = size.hidden_dim
        self.source, self.target = (torch.nn.Embedding(size.vocabulary_size, width) for _ in range(2))
        self.positions = torch.nn.Embedding(batches.LONGEST, width)
        self.drop = torch.nn.Dropout(dropout)
        self.transformer = torch.nn.Transformer(
            width,
            size.num_heads,
            size.num_layers,
            size.num_layers,
            size.intermediate_dim,
            dropout,
            batch_first=True,
        )
        self.to_logits = torch.nn.Linear(width, size.vocabulary_size)

    def embed(self, tokens, embedding):
        return self.drop(embedding(tokens) + self.positions.weight[: tokens.shape[1]])

    def forward(self, source, target):
        hidden = source == 0
        outputs = self.transformer(
            self.embed(source, self.source),
            self.embed(target, self.target),
            tgt_mask=torch.ones(
                target.shape[1], target.shape[1], dtype=torch.bool, device=source.device
            ).triu(1),
            src_key_padding_mask=hidden,
            memory_key_padding_mask=hidden,
            tgt_is_causal=True,
        )
        return self.to_logits(outputs)


def training(size, dropout=0.1, precision="float32", device="cpu", compile=False):
    """Training steps on one full batch."""
    model = Translator(size, dropout).to(device)
    forward = torch.compile(model) if compile else model
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    inputs, labels = batches.full_batch(size)
    source, target = (
        torch.tensor(inputs[name], dtype=torch.long, device=device) for name in batches.NAMES[::2]
    )
    goal = torch.tensor(labels, dtype=torch.long, device=device)

    def run():
        optimizer.zero_grad()
        with torch.autocast(device, torch.bfloat16, enabled=precision == "mixed_bfloat16"):
            logits = forward(source, target)
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1).float(), goal.flatten(), ignore_index=0)
        loss.backward()
        optimizer.step()
        loss.item()
        return goal.numel()

    return {"run": run, "parameters": sum(weight.numel() for weight in model.parameters())}
