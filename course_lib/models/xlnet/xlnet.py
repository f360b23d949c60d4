"""XLNet."""

import keras
from keras import ops

from course_lib.layers.masks import as_mask
from course_lib.models.bert.bert_reader import INITIALIZER
from course_lib.models.token_ids import embed_tokens
from course_lib.models.xlnet.relative_attention import distance_vectors
from course_lib.models.xlnet.two_stream_block import TwoStreamBlock


@keras.saving.register_keras_serializable("course_lib")
class XlNet(keras.Model):
    """A reader that can be asked for a word by its position, before it is told the word.

    `content_0 = tokens[token_ids]`, `query_0 = one learned vector, at every position that is asked for`
    `content_l, query_l = block_l(content_{l-1}, query_{l-1}, memory_{l-1})`, see `TwoStreamBlock`

    In training each word of some, in a random order, is asked for by a query that sees the contents of those
    before it in that order: a language model of every order at once, with one set of weights. Once trained,
    the content stream alone reads a text from both sides, and nothing in it ever looked like a mask.

    Args:
        vocabulary_size: int `V`; id 0 is padding.
        hidden_dim: int `D`, even, the width of every vector.
        num_heads: int `N`, a divisor of `D`.
        intermediate_dim: int, the size inside the feed-forward networks.
        num_layers: int, how many blocks.
        memory_length: int, how many positions of what came before are remembered; 0 for no memory. There is
            no limit to the length of a sequence.
        dropout: float, the share that is dropped in training of embeddings, vectors of distances, activations
            in the networks and outputs of sublayers and of the whole.
        attention_dropout: float, the same for attention weights.
        activation: name of the activation of the feed-forward networks.

    Call arguments:
        inputs: dict of "token_ids" `(B, T)` and "padding_mask" bool `(B, T)`, `True` at real tokens; where
            there are segments, "segment_ids" `(B, T)`: only whether two are the same matters; and in training

            "masked_positions": ints `(B, M)`, the words that are asked for, in every row its own.
            "content_mask", "query_mask": bool `(B, T, T)`, `True` = may be seen, of either stream. A content
                sees itself and a query does not see its word, whatever the masks say.
            "memory": list of `num_layers` tensors `(B, P, D)`, as an earlier call returned it, of which all
                is seen; segment 0.

    Returns:
        dict of "sequence_output" `(B, T, D)`, the contents; where words are asked for, "query_output"
        `(B, M, D)`; and, with a memory, "memory", a list of `num_layers` tensors
        `(B, min(memory_length, P + T), D)`, through which no gradient runs. Contents at padding are
        meaningless, and what is remembered of it, too.

    Raises:
        ValueError: if a size is not positive, `hidden_dim` is odd or not divisible by `num_heads`, words are
            asked for without both masks, a memory has not a part for each block, a mask is missing or holds
            floats, or ids are no ids.

    Example: the word in the middle, asked for by what stands beside it

    >>> from keras import ops
    >>> from course_lib.models import XlNet
    >>> xlnet = XlNet(11, hidden_dim=4, num_heads=2, intermediate_dim=8, num_layers=2, memory_length=2)
    >>> token_ids = ops.array([[5, 7, 3]])
    >>> query_mask = ops.array([[[True, False, True]] * 3])
    >>> inputs = {"token_ids": token_ids, "padding_mask": token_ids != 0, "query_mask": query_mask,
    ...           "content_mask": query_mask, "masked_positions": ops.array([[1]])}
    >>> outputs = xlnet(inputs)
    >>> tuple(outputs["sequence_output"].shape), tuple(outputs["query_output"].shape)
    ((1, 3, 4), (1, 1, 4))
    >>> [tuple(part.shape) for part in outputs["memory"]]
    [(1, 2, 4), (1, 2, 4)]
    >>> other = xlnet({**inputs, "token_ids": ops.array([[5, 9, 3]])})
    >>> bool(ops.all(other["query_output"] == outputs["query_output"]))
    True

    In the paper: content = h, query = g, the learned vector = w, memory = m.
    Reference: Yang et al. (2019), https://arxiv.org/abs/1906.08237
    Taught in: notebooks/16_masks_as_tasks
    """

    def __init__(
        self,
        vocabulary_size,
        hidden_dim,
        num_heads,
        intermediate_dim,
        num_layers,
        memory_length=0,
        dropout=0.1,
        attention_dropout=0.1,
        activation="gelu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.settings = {
            "vocabulary_size": vocabulary_size,
            "hidden_dim": hidden_dim,
            "num_heads": num_heads,
            "intermediate_dim": intermediate_dim,
            "num_layers": num_layers,
            "memory_length": memory_length,
            "dropout": dropout,
            "attention_dropout": attention_dropout,
            "activation": activation,
        }
        check_settings(self.settings)
        self.token_embedding = keras.layers.Embedding(
            vocabulary_size,
            hidden_dim,
            embeddings_initializer=keras.initializers.get(INITIALIZER),
            dtype=self.dtype_policy,
            name="token_embedding",
        )
        self.drop = keras.layers.Dropout(dropout, dtype=self.dtype_policy)
        names = ("num_heads", "intermediate_dim", "dropout", "attention_dropout", "activation")
        self.blocks = [
            TwoStreamBlock(
                **{name: self.settings[name] for name in names},
                kernel_initializer=INITIALIZER,
                dtype=self.dtype_policy,
                name=f"block_{index}",
            )
            for index in range(num_layers)
        ]

    def build(self, inputs_shape):
        shape = inputs_shape["token_ids"]
        width = self.settings["hidden_dim"]
        self.token_embedding.build(shape)
        self.query_vector = self.add_weight(
            name="query_vector", shape=(width,), initializer=keras.initializers.get(INITIALIZER)
        )
        for block in self.blocks:
            block.build((*shape, width))

    def call(self, inputs, training=None):
        if "padding_mask" not in inputs:
            raise ValueError(
                '`inputs` must hold "token_ids" and "padding_mask", True at real tokens. '
                f"Received: {sorted(inputs)}."
            )
        memory = check_memory(inputs.get("memory"), self.settings["num_layers"])
        content = self.drop(embed_tokens(inputs["token_ids"], self.token_embedding), training=training)
        query, positions = None, inputs.get("masked_positions")
        if positions is not None:
            vector = ops.cast(self.query_vector, content.dtype)
            shape = (*ops.shape(positions), self.settings["hidden_dim"])
            query = self.drop(ops.broadcast_to(vector, shape), training=training)
        length, before = ops.shape(content)[1], 0 if memory[0] is None else ops.shape(memory[0])[1]
        masks, differs = stream_masks(inputs, before), segments_differ(inputs, before)
        vectors = distance_vectors(length, before + length, self.settings["hidden_dim"])
        vectors = self.drop(ops.cast(vectors, content.dtype), training=training)
        remembered = []
        for block, before in zip(self.blocks, memory, strict=True):
            remembered.append(self.remember(content, before))
            content, query = block(
                content, vectors, query, positions, before, masks, differs, training=training
            )
        outputs = {"sequence_output": self.drop(content, training=training)}
        if query is not None:
            outputs["query_output"] = self.drop(query, training=training)
        return {**outputs, "memory": remembered} if self.settings["memory_length"] else outputs

    def remember(self, content, before):
        """The last contents of those that are remembered and those that are read now."""
        every = content if before is None else ops.concatenate([before, content], axis=1)
        return ops.stop_gradient(every[:, -self.settings["memory_length"] :])

    compute_output_spec = keras.Operation.compute_output_spec  # by tracing: there may be no query

    def compute_output_shape(self, inputs_shape):
        batch, length = inputs_shape["token_ids"]
        width = self.settings["hidden_dim"]
        shapes = {"sequence_output": (batch, length, width)}
        if "masked_positions" in inputs_shape:
            shapes["query_output"] = (*inputs_shape["masked_positions"], width)
        if longest := self.settings["memory_length"]:
            before = inputs_shape["memory"][0][1] if "memory" in inputs_shape else 0
            known = length is not None and before is not None
            size = min(longest, before + length) if known else None
            shapes["memory"] = [(batch, size, width)] * self.settings["num_layers"]
        return shapes

    def get_config(self):
        return {**super().get_config(), **self.settings}


def stream_masks(inputs, memory_length):
    """Who may see what: bool `(B, T, P + T)` for contents, and `(B, M, P + T)` for queries, or `None`."""
    keys = as_mask(inputs["padding_mask"])[:, None, :]  # (B, 1, T)
    places = ops.arange(ops.shape(keys)[-1], dtype="int32")
    itself = places[:, None] == places  # (T, T)
    content = keys
    if "content_mask" in inputs:
        content = ops.logical_and(as_mask(inputs["content_mask"]), keys)
    content = see_memory(ops.logical_or(content, itself), memory_length)
    positions = inputs.get("masked_positions")
    if positions is None:
        return content, None
    if "content_mask" not in inputs or "query_mask" not in inputs:
        raise ValueError(
            'Words can be asked for with a "content_mask" and a "query_mask" only: else contents that have '
            f"seen a word would tell it. Received: {sorted(inputs)}."
        )
    others = ops.logical_and(as_mask(inputs["query_mask"]), ops.logical_not(itself))
    query = ops.take_along_axis(ops.logical_and(others, keys), as_rows(positions), axis=1)
    return content, see_memory(query, memory_length)


def segments_differ(inputs, memory_length):
    """Where two are of two segments, bools of the shapes of the masks; what is remembered is of segment 0."""
    if "segment_ids" not in inputs:
        return None, None
    ids = ops.cast(inputs["segment_ids"], "int32")
    keys = ops.pad(ids, ((0, 0), (memory_length, 0)))
    content = ops.not_equal(ids[:, :, None], keys[:, None, :])
    positions = inputs.get("masked_positions")
    if positions is None:
        return content, None
    return content, ops.take_along_axis(content, as_rows(positions), axis=1)


def as_rows(positions):
    """Positions `(B, M)` as indices of whole rows, `(B, M, 1)`."""
    return ops.expand_dims(ops.cast(positions, "int32"), -1)


def see_memory(mask, memory_length):
    """A mask `(B, T, T)` with as many columns of what is remembered in front, all of which is seen."""
    return ops.pad(mask, ((0, 0), (0, 0), (memory_length, 0)), constant_values=True)


def check_memory(memory, num_layers):
    """What is remembered for each block; `None` for each where there is no memory."""
    if memory is None:
        return [None] * num_layers
    if len(memory) != num_layers:
        raise ValueError(
            f"`memory` must have a part for each of {num_layers} blocks. Received: {len(memory)}."
        )
    return list(memory)


def check_settings(settings):
    """Refuses sizes that are none, and widths that heads and sines cannot share."""
    for name in ("vocabulary_size", "hidden_dim", "num_heads", "intermediate_dim", "num_layers"):
        if settings[name] < 1:
            raise ValueError(f"`{name}` must be positive. Received: {name}={settings[name]}.")
    if settings["memory_length"] < 0:
        raise ValueError(
            f"`memory_length` must be 0 or more. Received: memory_length={settings['memory_length']}."
        )
    width, heads = settings["hidden_dim"], settings["num_heads"]
    if width % heads or width % 2:
        raise ValueError(
            "`hidden_dim` must be even and divisible by `num_heads`. "
            f"Received: hidden_dim={width}, num_heads={heads}."
        )
