"""Entities against `seqeval`, the conditional random field against `pytorch-crf`."""

import random

import numpy as np
import pytest
import torch
import torchcrf
from keras import ops
from seqeval import metrics

from course_lib.evaluation import entity_scores, find_entities
from course_lib.layers.crf import crf_log_partition, crf_score, crf_viterbi

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "I-ORG"]


@pytest.mark.parametrize("seed", range(50))
def test_scores_of_entities_equal_those_of_seqeval(seed):
    generator = random.Random(seed)
    gold = [[generator.choice(LABELS) for _ in range(generator.randint(1, 13))] for _ in range(7)]
    predicted = [[generator.choice([label, *LABELS]) for label in row] for row in gold]
    expected = [
        score(gold, predicted, zero_division=0)
        for score in (metrics.precision_score, metrics.recall_score, metrics.f1_score)
    ]
    assert entity_scores(gold, predicted) == pytest.approx(expected, abs=1e-12)
    assert [tuple(entity) for row in gold for entity in find_entities(row)] == [
        entity for row in gold for entity in metrics.sequence_labeling.get_entities(row)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_a_conditional_random_field_sums_and_decodes_as_theirs(seed):
    """With padding behind every sequence, all that theirs is made for."""
    torch.manual_seed(seed)
    num_tags, lengths = 5, torch.tensor([7, 3, 5, 1])
    theirs = torchcrf.CRF(num_tags, batch_first=True)
    emissions = torch.randn(4, 7, num_tags) * 3
    tags = torch.randint(0, num_tags, (4, 7))
    mask = torch.arange(7) < lengths[:, None]
    scores = [
        part.detach().numpy()
        for part in (theirs.transitions, theirs.start_transitions, theirs.end_transitions)
    ]
    with torch.no_grad():
        expected = -theirs(emissions, tags, mask, reduction="none").numpy()
        best = theirs.decode(emissions, mask)
    ours = ops.array(emissions.numpy())
    received = crf_log_partition(ours, mask.numpy(), *scores) - crf_score(
        ours, tags.numpy(), mask.numpy(), *scores
    )
    np.testing.assert_allclose(ops.convert_to_numpy(received), expected, rtol=1e-5, atol=1e-5)
    decoded, _ = crf_viterbi(ours, mask.numpy(), *scores)
    decoded = ops.convert_to_numpy(decoded)
    assert [row[:length].tolist() for row, length in zip(decoded, lengths, strict=True)] == best
