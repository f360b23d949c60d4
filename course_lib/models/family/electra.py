"""ELECTRA: a small reader replaces words, a larger one finds them."""

import keras

from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.family.factorised_bert import FactorisedBert
from course_lib.models.heads.masked_word_head import MaskedWordHead
from course_lib.models.heads.replaced_token_head import ReplacedTokenHead

# What is a fraction of the discriminator's.
GENERATOR_PARTS = ("hidden_dim", "num_heads", "intermediate_dim")


@keras.saving.register_keras_serializable("course_lib")
class Electra(keras.Model):
    """A generator that fills masks in, and a discriminator that says of every token whether it was replaced.

    `masked_words[b, m] = masked_word_head(generator(token_ids)[b, masked_positions[b, m]])`
    `replaced[b, t] = replaced_token_head(discriminator(corrupted_token_ids)[b, t])`

    In between, words are drawn from `softmax(masked_words)` and put where the masks were: see
    `course_lib.objectives`. No gradient runs through the draw: the generator learns masked words alone, not
    to fool. Both look tokens, segments and positions up in one embedding, which is one set of variables and
    is saved once.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, the width of the discriminator's blocks.
        num_heads: int `N`, of the discriminator.
        intermediate_dim: int, of the discriminator.
        num_layers: int, how many blocks either has.
        embedding_dim: int `E`, the width of the tables; `D` if not given.
        generator_fraction: float; width, heads and intermediate size of the generator are this share of the
            discriminator's, heads rounded and at least one.
        has_shared_embedding: whether both read with one embedding.
        max_sequence_length: int, how many positions there are.
        num_segments: int, how many segments a sequence may have.
        dropout: float, the share of embeddings and of sublayers' outputs that is dropped in training.
        attention_dropout: float, the same for attention weights.
        activation: name of the activation of networks and heads.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)`, the text with masks, which the generator reads;
            "corrupted_token_ids" `(B, T)`, which the discriminator reads; "padding_mask" bool `(B, T)`,
            "segment_ids" `(B, T)` where there are two, and "masked_positions", ints `(B, M)`; without them
            words are predicted at every position.

    Returns:
        dict of "masked_words", logits `(B, M, V)`, and "replaced", logits `(B, T)`, above 0 for "replaced";
        meaningless at padding.

    One after the other, as training has it: `predict_masked_words`, then a draw, then `find_replaced`.

    Raises:
        ValueError: if a size is not positive, the generator would not be of whole width, a sequence is longer
            than there are positions, a mask is missing or holds floats, or ids are no ids.

    Example:
        >>> from keras import ops
        >>> from course_lib.models import Electra
        >>> electra = Electra(11, hidden_dim=8, num_heads=4, intermediate_dim=16, num_layers=1)
        >>> token_ids = ops.array([[2, 4, 7, 3, 0]])
        >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0,
        ...           "masked_positions": ops.array([[1]])}
        >>> tuple(electra.predict_masked_words(inputs).shape), electra.generator.settings["hidden_dim"]
        ((1, 1, 11), 2)
        >>> corrupted = ops.array([[2, 9, 7, 3, 0]])
        >>> tuple(electra.find_replaced({**inputs, "token_ids": corrupted}).shape)
        (1, 5)
        >>> outputs = electra({**inputs, "corrupted_token_ids": corrupted})
        >>> {name: tuple(output.shape) for name, output in outputs.items()}
        {'masked_words': (1, 1, 11), 'replaced': (1, 5)}

    In the paper: generator = G, discriminator = D, masked_words = p_G, replaced = D(x_corrupt, t).
    Reference: Clark et al. (2020), https://arxiv.org/abs/2003.10555
    Taught in: notebooks/14_electra
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        embedding_dim=None,
        generator_fraction=0.25,
        has_shared_embedding=True,
        max_sequence_length=512,
        num_segments=2,
        dropout=0.1,
        attention_dropout=0.1,
        activation="gelu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        common = {
            "vocabulary_size": vocabulary_size,
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "num_layers": num_layers,
            "embedding_dim": hidden_dim if embedding_dim is None else embedding_dim,
            "max_sequence_length": max_sequence_length,
            "num_segments": num_segments,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "activation": activation,
        }
        self.settings = {
            **common,
            "generator_fraction": generator_fraction,
            "has_shared_embedding": has_shared_embedding,
        }
        of_layer = {"dtype": self.dtype_policy}
        self.discriminator = FactorisedBert(**common, **of_layer, name="discriminator")
        self.generator = FactorisedBert(
            **generator_settings(common, generator_fraction),
            embedding=self.discriminator.embedding if has_shared_embedding else None,
            **of_layer,
            name="generator",
        )
        of_layer |= {"initializer": INITIALIZER, "activation": activation}
        self.masked_word_head = MaskedWordHead(vocabulary_size, **of_layer, name="masked_word_head")
        self.replaced_token_head = ReplacedTokenHead(**of_layer, name="replaced_token_head")

    def build(self, inputs_shape):
        for reader in (self.discriminator, self.generator):  # the one that saves what both read with is first
            if not reader.built:
                reader.build(inputs_shape)
        shapes = [
            reader.compute_output_shape(inputs_shape)["sequence_output"]
            for reader in (self.generator, self.discriminator)
        ]
        self.masked_word_head.build(shapes[0], self.generator.token_embedding.embeddings.shape)
        self.replaced_token_head.build(shapes[1])

    def build_for(self, inputs):
        """Builds both readers, should one be asked before the whole model was called."""
        if not self.built:
            self.build({"token_ids": tuple(inputs["token_ids"].shape)})

    def predict_masked_words(self, inputs, training=None):
        """The generator's logits `(B, M, V)`, of inputs as of a call."""
        self.build_for(inputs)
        positions = inputs.get("masked_positions")
        outputs = self.generator(what_readers_take(inputs), training=training)["sequence_output"]
        return self.masked_word_head(outputs, self.generator.token_embedding.embeddings, positions)

    def find_replaced(self, inputs, training=None):
        """The discriminator's logits `(B, T)`, of inputs whose "token_ids" are the corrupted ones."""
        self.build_for(inputs)
        outputs = self.discriminator(what_readers_take(inputs), training=training)["sequence_output"]
        return self.replaced_token_head(outputs)

    def call(self, inputs, training=None):
        if "corrupted_token_ids" not in inputs:
            raise ValueError(
                '`inputs` must hold "corrupted_token_ids", for the discriminator. '
                f"Received: {sorted(inputs)}."
            )
        corrupted = {**inputs, "token_ids": inputs["corrupted_token_ids"]}
        return {
            "masked_words": self.predict_masked_words(inputs, training=training),
            "replaced": self.find_replaced(corrupted, training=training),
        }

    def compute_output_shape(self, inputs_shape):
        tokens = tuple(inputs_shape["token_ids"])
        places = inputs_shape.get("masked_positions") or tokens
        return {"masked_words": (*places, self.settings["vocabulary_size"]), "replaced": tokens}

    def get_config(self):
        return {**super().get_config(), **self.settings}


def what_readers_take(inputs):
    """Those of the inputs that a generator or a discriminator reads."""
    names = ("token_ids", "segment_ids", "padding_mask")
    return {name: inputs[name] for name in names if name in inputs}


def generator_settings(settings, fraction):
    """The settings of a generator, from the discriminator's.

    Args:
        settings: dict, the discriminator's arguments by name.
        fraction: float, how much of the discriminator's width, heads and intermediate size it has.

    Returns:
        dict of arguments by name; tables and layers are the discriminator's.

    Raises:
        ValueError: if the width or the intermediate size would not be whole.

    Example:
        >>> from course_lib.models.family.electra import generator_settings
        >>> sizes = {"hidden_dim": 256, "num_heads": 4, "intermediate_dim": 1024, "num_layers": 12}
        >>> generator_settings(sizes, 1 / 4)
        {'hidden_dim': 64, 'num_heads': 1, 'intermediate_dim': 256, 'num_layers': 12}
    """
    if not 0 < fraction <= 1:
        raise ValueError(f"`generator_fraction` must be above 0 and at most 1. Received: {fraction}.")
    exact = {name: settings[name] * fraction for name in GENERATOR_PARTS}
    parts = {name: round(size) for name, size in exact.items()}
    parts["num_heads"] = max(1, parts["num_heads"])
    for name in ("hidden_dim", "intermediate_dim"):
        if abs(exact[name] - parts[name]) > 1e-6 * settings[name]:
            raise ValueError(
                f"`generator_fraction` must leave a whole `{name}`. "
                f"Received: generator_fraction={fraction}, {name}={settings[name]}."
            )
    return {**settings, **parts}
