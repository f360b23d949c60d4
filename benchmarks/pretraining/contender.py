"""The model and its batches, as `benchmarks.minutes.curve` wants them, and what is read off."""

import keras
import numpy as np

from course_lib.chapters import count_vectors
from course_lib.layers.positions.sinusoidal import sinusoids
from course_lib.models import Bert, PretrainingModel
from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.objectives import MaskedWordBatches, MaskedWords
from course_lib.training import TokenAccuracy, TokenCrossEntropy
from course_lib.training.resumable_checkpoint import read_whole

VALIDATION_BATCH = 128
MOST_VALIDATION_ROWS = 2048
BLANKS = {
    "english": (
        "the film is a complete [MASK] of time .",
        "it is one of the [MASK] movies of the year .",
        "she opened the [MASK] and went into the room .",
        "the king [MASK] his sword and spoke to the men .",
        "i have never [MASK] such a thing in my life .",
    ),
    "chinese": (
        "中国的[MASK]都是北京。",
        "他在大学学[MASK]历史。",
        "味道很[MASK]，送餐也快。",
        "这部电[MASK]很好看。",
    ),
}


def make_bert(recipe, vocabulary_size, dropout=0.0, dtype=None):
    """A `Bert` of the recipe's size."""
    return Bert(
        vocabulary_size,
        hidden_dim=recipe.hidden_dim,
        num_heads=recipe.num_heads,
        intermediate_dim=4 * recipe.hidden_dim,
        num_layers=recipe.num_layers,
        max_sequence_length=recipe.max_sequence_length,
        dropout=dropout,
        attention_dropout=dropout,
        has_pooler=False,
        dtype=dtype or recipe.dtype,
    )


def set_initial_weights(model, recipe):
    """Matrices as wide apart as the recipe has them, and positions that begin as sinusoids."""
    wider = recipe.initial_deviation / INITIALIZER["config"]["stddev"]
    for weight in model.trainable_variables:
        if len(weight.shape) > 1:
            weight.assign(weight * wider)
    if recipe.initial_positions:
        positions = model.backbone.embedding.positions.table
        positions.assign(recipe.initial_positions * sinusoids(*positions.shape))


def take_over(model, path):
    """Begins with a pre-trained model of another vocabulary: all weights but word vectors and output bias."""
    _, arrays = read_whole(path)
    for index, weight in enumerate(model.weights):
        array = arrays[str(index)]
        if weight.shape == array.shape:
            weight.assign(array)


def likeness(vectors):
    """The mean cosine between 300 word vectors, of words neither frequent nor rare; 0 for random ones."""
    chosen = vectors[len(vectors) // 8 : -len(vectors) // 4]
    chosen = chosen[np.linspace(0, len(chosen) - 1, min(300, len(chosen)), dtype=int)].astype("float64")
    units = chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
    number = len(units)
    return round(float((np.sum(units.sum(axis=0) ** 2) - number) / (number * (number - 1))), 4)


class Contender:
    """A model to be pre-trained and its batches.

    Args:
        tokenizer: has a `vocabulary` with a mask.
        rows: dict of "train" and "validation", ints `(R, length)`.
        recipe: a `Recipe`.
        seed: for the order of the rows and what is hidden.
        start: path of the weights of another language, with which all begins but what the vocabulary sizes.
    """

    def __init__(self, tokenizer, rows, recipe, seed, start=None):
        self.tokenizer, self.recipe, self.start, self.vectors = tokenizer, recipe, start, None
        if recipe.begins_with_counts:
            size = len(tokenizer.vocabulary), recipe.hidden_dim
            self.vectors = count_vectors(rows["train"], *size, recipe.initial_deviation)
        objective = MaskedWords(tokenizer.vocabulary, share=recipe.masked_share, most=recipe.most_masked)
        self.batches = MaskedWordBatches(rows["train"], objective, recipe.batch_size, seed)
        held_out = np.random.default_rng(0).permutation(rows["validation"])[:MOST_VALIDATION_ROWS]
        batch_size = min(VALIDATION_BATCH, len(held_out))
        self.validation = MaskedWordBatches(held_out, objective, batch_size, seed=0, is_static=True)

    def make_model(self, dropout):
        """A compiled model with fresh weights; dropout is none in pre-training."""
        backbone = make_bert(self.recipe, len(self.tokenizer.vocabulary), dropout)
        model = PretrainingModel(backbone, has_pair_head=False)
        model(self.batches[0][0])
        set_initial_weights(model, self.recipe)
        if self.start is not None:
            take_over(model, self.start)
        if self.vectors is not None:
            model.backbone.token_embedding.embeddings.assign(self.vectors)
        optimizer = keras.optimizers.AdamW(
            weight_decay=self.recipe.weight_decay, beta_2=self.recipe.beta_2, global_clipnorm=1.0
        )
        optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
        # Without XLA oneDNN multiplies; `benchmarks.bert_speed` compares the two.
        model.compile(optimizer, TokenCrossEntropy(), metrics=[TokenAccuracy()], jit_compile=False)
        return model

    def measure(self, weights):
        """Loss in nats and accuracy at masked words of the validation text, and how alike vectors are."""
        model = self.model_with(weights)
        loss, accuracy = model.evaluate(self.validation, verbose=0)
        vectors = keras.ops.convert_to_numpy(model.backbone.token_embedding.embeddings)
        return {
            "validation_loss": round(loss, 4),
            "validation_accuracy": round(accuracy, 4),
            "likeness": likeness(vectors),
        }

    def fill(self, weights, sentences, number=5):
        """The likeliest words in the blank of each sentence, with their probabilities."""
        model, vocabulary = self.model_with(weights), self.tokenizer.vocabulary
        answers = []
        for sentence in sentences:
            before, after = map(self.tokenizer.encode, sentence.split("[MASK]"))
            ids = [vocabulary.classification_id, *before, vocabulary.mask_id, *after, vocabulary.separator_id]
            token_ids = np.array([ids], "int32")
            logits = model(
                {
                    "token_ids": token_ids,
                    "padding_mask": token_ids != 0,
                    "masked_positions": np.array([[len(before) + 1]], "int32"),
                }
            )
            probabilities = keras.ops.convert_to_numpy(keras.ops.softmax(keras.ops.cast(logits, "float32")))[
                0, 0
            ]
            best = probabilities.argsort()[::-1][:number]
            words = [[vocabulary.token_of(index), round(float(probabilities[index]), 4)] for index in best]
            answers.append({"sentence": sentence, "words": words})
        return answers

    def model_with(self, weights):
        """A model with these weights."""
        model = self.make_model(0.0)
        model.set_weights(weights)
        return model
