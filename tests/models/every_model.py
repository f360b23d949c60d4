"""Every model of the library, small, with something to train it on. As a program: losses of its first steps.

Run under a `KERAS_BACKEND`, it prints a line of JSON: for each model, or for those named behind it, the
losses of three steps of SGD from weights that depend on nothing but a seed, and how many parameters PyTorch
would see, where it is PyTorch.
"""

import json
import sys

import keras
import numpy as np

from course_lib.models import (
    Albert,
    Bert,
    BiLstm,
    ConvolutionalClassifier,
    CrfTagger,
    DistilBert,
    Electra,
    Elmo,
    Gnmt,
    Gpt,
    Mass,
    NextTokenModel,
    PermutedWordModel,
    PretrainingModel,
    RecurrentAttention,
    RecurrentLanguageModel,
    Roberta,
    SentenceClassifier,
    Seq2Seq,
    SkipGram,
    SpanBert,
    SpanPredictor,
    TokenClassifier,
    Transformer,
    TwoWayLanguageModel,
    UniLm,
    VisionTransformer,
    WindowLanguageModel,
    XlNet,
)
from course_lib.models.skip_gram import negative_sampling_loss
from course_lib.objectives import LooksLoss
from course_lib.training import TokenCrossEntropy

V = 13
SOURCE = np.array([[5, 6, 7, 8], [9, 10, 11, 0], [7, 0, 0, 0]], "int32")
TARGET = np.array([[2, 5, 9], [2, 6, 0], [2, 12, 4]], "int32")
LABELS = np.array([[5, 9, 3], [6, 3, 0], [12, 4, 3]], "int32")
PAIRS = {
    "source_token_ids": SOURCE,
    "source_padding_mask": SOURCE != 0,
    "target_token_ids": TARGET,
    "target_padding_mask": TARGET != 0,
}
WORDS = {"center_ids": np.array([5, 6, 7]), "candidate_ids": np.array([[6, 9], [7, 4], [5, 12]])}
IS_NEIGHBOUR = np.array([[1.0, 0.0]] * 3, "float32")
READ = {
    "token_ids": SOURCE,
    "segment_ids": np.array([[0, 0, 1, 1], [0, 1, 1, 0], [0, 0, 0, 0]], "int32"),
    "padding_mask": SOURCE != 0,
}
HIDDEN = {**READ, "masked_positions": np.array([[1, 3], [2, 0], [0, 0]], "int32")}
HIDDEN_WORDS = np.array([[5, 9], [6, 0], [12, 0]], "int32")
TOKENS = {name: READ[name] for name in ("token_ids", "padding_mask")}
NEXT = np.array([[6, 7, 8, 0], [10, 11, 0, 0], [0, 0, 0, 0]], "int32")
BEFORE = np.array([[0, 5, 6, 7], [0, 9, 10, 0], [0, 0, 0, 0]], "int32")
CLASSES = np.array([1, 0, 1], "int32")
TAGS = np.array([[3, 1, 2, 1], [4, 2, 1, 0], [1, 0, 0, 0]], "int32")  # 0 is padding
ANSWERS = {**READ, "answer_mask": np.array([[1, 0, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0]], bool)}
# Who may see whom where words are said in another order than they are written: in row 0 the last one first.
RANKS = np.array([[3, 1, 2, 0], [1, 0, 2, 3], [0, 1, 2, 3]])
ORDER = RANKS[:, None, :] <= RANKS[:, :, None]
REPLACED = np.array([[0, 0, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]], "float32")
ENDS = np.array([[2, 3], [1, 1], [0, 0]], "int32")
IMAGES = np.random.default_rng(5).random((3, 12, 8, 2)).astype("float32")


def class_loss():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def bert(**settings):
    settings = {"dropout": 0.0, "attention_dropout": 0.0, "max_sequence_length": 4, **settings}
    return Bert(V, 6, 2, 11, num_layers=2, **settings)


def child(model, **settings):
    """One of BERT's children, of the same sizes."""
    settings = {"dropout": 0.0, "attention_dropout": 0.0, "max_sequence_length": 4, **settings}
    return model(V, 6, 2, 11, num_layers=2, **settings)


def vision_transformer(**settings):
    return VisionTransformer(3, (12, 8), 4, 6, 2, 11, num_layers=2, **settings)


def transformer(**settings):
    return Transformer(V, V, 6, 2, 11, num_layers=2, max_sequence_length=7, **settings)


# name → model, its inputs, its labels, its loss
MODELS = {
    "transformer": (lambda **s: transformer(**s), PAIRS, LABELS, TokenCrossEntropy),
    "transformer, other settings": (
        lambda **s: transformer(
            norm_place="post", positions="relative", position_place="every_layer", tied_embeddings="none", **s
        ),
        PAIRS,
        LABELS,
        TokenCrossEntropy,
    ),
    "transformer, learned positions": (
        lambda **s: transformer(positions="learned", tied_embeddings="all", **s),
        PAIRS,
        LABELS,
        TokenCrossEntropy,
    ),
    "seq2seq": (lambda **s: Seq2Seq(V, V, 5, 6, **s), PAIRS, LABELS, TokenCrossEntropy),
    "seq2seq, additive": (
        lambda **s: Seq2Seq(V, V, 5, 6, score="additive", coverage_weight=0.5, **s),
        PAIRS,
        LABELS,
        TokenCrossEntropy,
    ),
    "gnmt": (lambda **s: Gnmt(V, V, 5, 7, num_layers=3, **s), PAIRS, LABELS, TokenCrossEntropy),
    "window": (lambda **s: WindowLanguageModel(V, 5, 6, window=2, **s), TARGET, LABELS, TokenCrossEntropy),
    "recurrent": (
        lambda **s: RecurrentLanguageModel(V, 5, 6, cell="lstm", num_layers=2, **s),
        TARGET,
        LABELS,
        TokenCrossEntropy,
    ),
    "bert, pretraining": (
        lambda **s: PretrainingModel(bert(**s)),
        HIDDEN,
        {"masked_words": HIDDEN_WORDS, "sentence_pair": CLASSES},
        lambda: {"masked_words": TokenCrossEntropy(), "sentence_pair": class_loss()},
    ),
    "bert, masked words": (
        lambda **s: PretrainingModel(bert(has_pooler=False, **s), has_pair_head=False),
        HIDDEN,
        HIDDEN_WORDS,
        TokenCrossEntropy,
    ),
    "bert, classes": (
        lambda **s: SentenceClassifier(bert(**s), 3, dropout=0.0),
        READ,
        CLASSES,
        class_loss,
    ),
    "bert, classes by the mean": (
        lambda **s: SentenceClassifier(bert(has_pooler=False, **s), 3, "mean", dropout=0.0),
        READ,
        CLASSES,
        class_loss,
    ),
    "bert, labels": (
        lambda **s: TokenClassifier(bert(has_pooler=False, **s), 5, dropout=0.0),
        READ,
        TAGS,
        TokenCrossEntropy,
    ),
    "bert, spans": (lambda **s: SpanPredictor(bert(has_pooler=False, **s)), ANSWERS, ENDS, class_loss),
    "roberta, masked words": (
        lambda **s: PretrainingModel(child(Roberta, padding_id=0, **s), has_pair_head=False),
        {**TOKENS, "masked_positions": HIDDEN["masked_positions"]},
        HIDDEN_WORDS,
        TokenCrossEntropy,
    ),
    "distilbert, classes": (
        lambda **s: SentenceClassifier(child(DistilBert, **s), 3, "first", dropout=0.0),
        TOKENS,
        CLASSES,
        class_loss,
    ),
    "albert, pretraining": (
        lambda **s: PretrainingModel(child(Albert, embedding_dim=5, **s)),
        HIDDEN,
        {"masked_words": HIDDEN_WORDS, "sentence_pair": CLASSES},
        lambda: {"masked_words": TokenCrossEntropy(), "sentence_pair": class_loss()},
    ),
    "albert, shared attention": (
        lambda **s: TokenClassifier(
            child(Albert, embedding_dim=6, sharing="attention", has_pooler=False, **s), 5, dropout=0.0
        ),
        READ,
        TAGS,
        TokenCrossEntropy,
    ),
    "electra": (
        lambda **s: child(Electra, embedding_dim=5, generator_fraction=1.0, **s),
        {**HIDDEN, "corrupted_token_ids": np.array([[5, 6, 7, 9], [3, 10, 11, 0], [7, 0, 0, 0]], "int32")},
        {"masked_words": HIDDEN_WORDS, "replaced": REPLACED},
        lambda: {
            "masked_words": TokenCrossEntropy(),
            "replaced": keras.losses.BinaryCrossentropy(from_logits=True),
        },
    ),
    "spanbert": (
        lambda **s: SpanBert(bert(has_pooler=False, **s), longest=2, place_dim=5),
        {
            **READ,
            "masked_positions": np.array([[1, 2], [1, 0], [0, 0]], "int32"),
            "left_boundaries": np.array([[0, 0], [0, 0], [0, 0]], "int32"),
            "right_boundaries": np.array([[3, 3], [2, 0], [0, 0]], "int32"),
            "span_places": np.array([[1, 2], [1, 0], [0, 0]], "int32"),
        },
        {"masked_words": HIDDEN_WORDS, "span_words": HIDDEN_WORDS},
        lambda: {"masked_words": TokenCrossEntropy(), "span_words": TokenCrossEntropy()},
    ),
    "unilm": (
        lambda **s: PretrainingModel(child(UniLm, **s), has_pair_head=False),
        {**HIDDEN, "attention_mask": np.stack([np.ones((4, 4)), np.tri(4), np.tri(4).T]).astype(bool)},
        HIDDEN_WORDS,
        TokenCrossEntropy,
    ),
    "mass": (
        lambda **s: Mass(V, 6, 2, 11, num_layers=2, max_sequence_length=7, **s),
        {**PAIRS, "target_token_ids": np.array([[4, 6, 4, 4], [4, 4, 10, 0], [4, 0, 0, 0]], "int32")},
        np.array([[5, 6, 0, 0], [0, 10, 11, 0], [7, 0, 0, 0]], "int32"),
        TokenCrossEntropy,
    ),
    "xlnet": (
        lambda **s: PermutedWordModel(
            XlNet(V, 6, 3, 11, num_layers=2, memory_length=3, dropout=0.0, attention_dropout=0.0, **s)
        ),
        {**HIDDEN, "content_mask": ORDER, "query_mask": ORDER & ~np.eye(4, dtype=bool)},
        HIDDEN_WORDS,
        TokenCrossEntropy,
    ),
    "xlnet, classes": (
        lambda **s: SentenceClassifier(
            XlNet(V, 6, 3, 11, num_layers=1, dropout=0.0, attention_dropout=0.0, **s), 3, "last", dropout=0.0
        ),
        READ,
        CLASSES,
        class_loss,
    ),
    "gpt": (
        lambda **s: NextTokenModel(
            Gpt(V, 6, 2, 11, 2, max_sequence_length=4, dropout=0.0, attention_dropout=0.0, **s)
        ),
        TOKENS,
        NEXT,
        TokenCrossEntropy,
    ),
    "elmo": (
        lambda **s: TwoWayLanguageModel(Elmo(V, 5, dropout=0.0, **s)),
        TOKENS,
        {"forward": NEXT, "backward": BEFORE},
        lambda: {"forward": TokenCrossEntropy(), "backward": TokenCrossEntropy()},
    ),
    "elmo, labels": (
        lambda **s: TokenClassifier(Elmo(V, 5, dropout=0.0, **s), 5, dropout=0.0),
        TOKENS,
        TAGS,
        TokenCrossEntropy,
    ),
    "bilstm, crf": (
        lambda **s: CrfTagger(BiLstm(V, 5, num_layers=2, **s), 4, dropout=0.0),
        TOKENS,
        TAGS,
        lambda: None,
    ),
    "picture: transformer": (lambda **s: vision_transformer(**s), IMAGES, CLASSES, class_loss),
    "picture: transformer, the mean, no positions": (
        lambda **s: vision_transformer(pooling="mean", has_positions=False, **s),
        IMAGES,
        CLASSES,
        class_loss,
    ),
    "picture: convolution": (
        lambda **s: ConvolutionalClassifier(3, (5, 7), "max", **s),
        IMAGES,
        CLASSES,
        class_loss,
    ),
    "picture: attention": (
        lambda **s: ConvolutionalClassifier(3, (5, 7), "attention", **s),
        IMAGES,
        CLASSES,
        class_loss,
    ),
    "picture: closer and closer": (
        lambda **s: RecurrentAttention(3, num_looks=3, look_size=6, channels=(5, 7), **s),
        IMAGES,
        CLASSES,
        LooksLoss,
    ),
    "skip-gram": (lambda **s: SkipGram(V, 5, **s), WORDS, IS_NEIGHBOUR, lambda: negative_sampling_loss),
}


def make_model(name, **settings):
    """A model with weights that depend on a seed alone, and its inputs, labels and loss."""
    make, inputs, labels, loss = MODELS[name]
    model = make(**settings)
    model(inputs)
    generator = np.random.default_rng(3)
    model.set_weights([generator.normal(scale=0.3, size=weight.shape) for weight in model.weights])
    return model, inputs, labels, loss()


def first_losses(name):
    """The losses of three steps of SGD, and the parameters that PyTorch sees of how many there are."""
    model, inputs, labels, loss = make_model(name)
    model.compile(keras.optimizers.SGD(0.5), loss, jit_compile=keras.backend.backend() == "jax")
    losses = [float(model.train_on_batch(inputs, labels, return_dict=True)["loss"]) for _ in range(3)]
    seen = None
    if keras.backend.backend() == "torch":  # to which the seeds of dropout are parameters, too
        seen = sum(parameter.requires_grad for parameter in model.parameters())
    return {"losses": losses, "seen by PyTorch": seen, "trainable": len(model.trainable_weights)}


if __name__ == "__main__":
    print(json.dumps({name: first_losses(name) for name in sys.argv[1:] or MODELS}))
