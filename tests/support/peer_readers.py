"""What the tests beside `transformers` share: small settings of primes, batches with padding, and bounds."""

import numpy as np
import torch
from keras import ops

TOLERANCE = 1e-5


def random_settings(seed):
    """A small configuration of primes, for theirs and ours."""
    generator = np.random.default_rng(seed)
    heads = int(generator.choice([1, 2, 3]))
    return {
        "vocabulary_size": int(generator.choice([31, 37, 41])),
        "hidden_dim": heads * int(generator.choice([5, 7])),
        "num_heads": heads,
        "intermediate_dim": int(generator.choice([11, 23])),
        "num_layers": int(generator.choice([1, 2, 3])),
        "max_sequence_length": 17,
        "num_segments": int(generator.choice([2, 3])),
        "activation": str(generator.choice(["gelu", "gelu_tanh", "relu"])),
    }


def random_batch(settings, seed):
    """Two segments and padding; row 0 has none, and the last row is all padding but its first token."""
    generator = np.random.default_rng(seed)
    batch, length = 5, 13
    lengths = np.array([length, 7, 11, 2, 1])
    mask = np.arange(length) < lengths[:, None]
    token_ids = generator.integers(1, settings["vocabulary_size"], (batch, length)) * mask
    segment_ids = (
        (np.arange(length) >= 3) * generator.integers(0, settings["num_segments"], (batch, 1)) * mask
    )
    return {"token_ids": token_ids, "segment_ids": segment_ids, "padding_mask": mask}


def as_theirs(batch):
    return {
        "input_ids": torch.tensor(batch["token_ids"]),
        "token_type_ids": torch.tensor(batch["segment_ids"]),
        "attention_mask": torch.tensor(batch["padding_mask"]).long(),
    }


def tensors_of(model):
    """The weights of a PyTorch model, with random biases and gains: those it begins with hide mistakes."""
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim == 1:
                parameter += 0.3 * torch.randn(parameter.shape, generator=generator)
    return {name: tensor.numpy() for name, tensor in model.state_dict().items()}


def assert_close(received, expected, mask=None):
    received, expected = np.asarray(ops.convert_to_numpy(received)), expected.numpy()
    if mask is not None:
        received, expected = received[mask], expected[mask]
    np.testing.assert_allclose(received, expected, rtol=TOLERANCE, atol=TOLERANCE)
