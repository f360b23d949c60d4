"""The published checkpoint: our tokens, offsets and outputs beside those of Hugging Face."""

import os

import numpy as np
import pytest
import tokenizers
import torch
import transformers
from keras import ops

from course_lib import data
from course_lib.checkpoints import load_bert
from course_lib.data import corpus_file
from course_lib.layers.pooling import pool
from course_lib.text import Vocabulary, WordPieceTokenizer, pack

pytestmark = pytest.mark.skipif("COURSE_DATA" not in os.environ, reason="the checkpoint is not at hand")
NAME = "all_minilm_l6_v2"


def texts_of(corpus):
    """Some hundred texts of a corpus."""
    if corpus in ("wnut17", "cluener"):
        rows = getattr(data, f"load_{corpus}")("test")[:400]
        return [("" if corpus == "cluener" else " ").join(row.words) for row in rows]
    if corpus in ("sst2", "waimai", "movie_snippets"):
        return [row.text for row in getattr(data, f"load_{corpus}")("test")[:400]]
    if corpus in ("mrpc", "stsb", "sick", "ocnli"):
        return [text for row in getattr(data, f"load_{corpus}")("test")[:200] for text in row[:2]]
    if corpus in ("squadshifts", "cmrc2018"):
        rows = getattr(data, f"load_{corpus}")("test")[::40]
        return [text for row in rows for text in (row.question, row.passage)]
    if corpus == "multi30k":
        return [text for row in data.load_multi30k("test")[:200] for text in row]
    return [
        paragraph
        for chapter in data.load_classic_books(["moby_dick"])["moby_dick"][::9]
        for paragraph in chapter
    ]


CORPORA = [
    "sst2",
    "waimai",
    "movie_snippets",
    "mrpc",
    "stsb",
    "sick",
    "ocnli",
    "squadshifts",
    "cmrc2018",
    "multi30k",
    "wnut17",
    "cluener",
    "books",
]


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load(corpus_file(NAME, "vocab.txt"))


@pytest.mark.parametrize("corpus", CORPORA)
def test_tokens_and_offsets_equal_those_of_the_published_tokenizer(corpus, vocabulary):
    theirs = tokenizers.Tokenizer.from_file(str(corpus_file(NAME, "tokenizer.json")))
    theirs.no_truncation()
    theirs.no_padding()
    ours = WordPieceTokenizer(vocabulary, engine="python", keeps_special_tokens=True)
    texts = texts_of(corpus)
    assert len(texts) > 80
    for text in texts:
        expected = theirs.encode(text, add_special_tokens=False)
        ids, offsets = ours.encode_with_offsets(text)
        assert ids == expected.ids, text
        assert offsets == expected.offsets, text


def test_outputs_equal_those_of_hugging_face(vocabulary):
    """On 100 real sentences, padded together: every output at a real token, and the mean of them."""
    sentences = [row.first for row in data.load_stsb("test")[::14]][:98] + ["", "a " * 300]
    ids = WordPieceTokenizer(vocabulary, engine="python").encode_batch(sentences)
    packed = pack(vocabulary, ids, max_length=128)
    bert = load_bert(corpus_file(NAME, "config.json"), corpus_file(NAME, "model.safetensors"))
    received = bert(packed.inputs)
    theirs = transformers.BertModel.from_pretrained(corpus_file(NAME, "config.json").parent).eval()
    with torch.no_grad():
        expected = theirs(
            torch.tensor(packed.token_ids).long(),
            attention_mask=torch.tensor(packed.padding_mask).long(),
            token_type_ids=torch.tensor(packed.segment_ids).long(),
        ).last_hidden_state.numpy()
    mask = packed.padding_mask
    outputs = ops.convert_to_numpy(received["sequence_output"])
    np.testing.assert_allclose(outputs[mask], expected[mask], rtol=1e-5, atol=1e-5)
    mean = (expected * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(ops.convert_to_numpy(pool(received, mask, "mean")), mean, rtol=1e-5, atol=1e-5)
