"""How many multiplications one step of an objective takes.

Counted are those of matrix products, padding and unused slots included, since they are computed: nearly all
that there are. Every product of the forward pass has two of its size in the backward one, a gradient of
either factor, as nothing is frozen and all begins at tables that are learnt: a step takes three times the
forward pass. Elementwise work (softmax, normalisation, sampling) is not counted; `python -m
benchmarks.objectives steps` measures what it costs.
"""

BOUNDARY_DIM = 16  # the width of the vectors of places in a span

STEP_BY_FORWARD = 3


def encoder(rows, length, width, intermediate, num_layers):
    """A stack of blocks: four projections, scores and mixing of attention, two matrices of the network.

    `layers · ( 4 n D² + 2 R T² D + 2 n D F )`, n = R T
    """
    tokens = rows * length
    attention = 4 * tokens * width**2 + 2 * rows * length**2 * width
    return num_layers * (attention + 2 * tokens * width * intermediate)


def masked_word_head(slots, width, table_width, vocabulary_size):
    """The transformation and the product with the table, at the places that are gathered alone.

    `n ( D E + E V )`
    """
    return slots * (width * table_width + table_width * vocabulary_size)


def boundary_head(slots, width, vocabulary_size):
    """Two layers over both boundaries and the place, and the table: `n ( (2 D + P) D + D² + D V )`."""
    return slots * ((2 * width + BOUNDARY_DIM) * width + width**2 + width * vocabulary_size)


def judge_head(tokens, width):
    """One number for every token: `n ( D² + D )`."""
    return tokens * (width**2 + width)


def forward_parts(rung, sizes, slots):
    """Multiplications of the forward pass, by part.

    Args:
        rung: a `Rung`.
        sizes: a `Sizes`.
        slots: int `M`, for how many chosen words of a row there is room.

    Returns:
        dict from a name to a number.
    """
    rows, length, width = sizes.batch_size, sizes.length, sizes.hidden_dim
    vocabulary, tokens, asked = sizes.vocabulary_size, rows * length, rows * slots

    def reader(of_length=length):
        return encoder(rows, of_length, width, sizes.intermediate_dim, sizes.num_layers)

    if rung.kind == "left to right":  # every token is asked for
        return {"reader": reader(), "words": masked_word_head(tokens, width, width, vocabulary)}
    if rung.kind == "permuted":  # a query for every word that is asked for, beside the text
        return {"reader": reader(length + slots), "words": masked_word_head(asked, width, width, vocabulary)}
    if rung.kind == "replaced":
        return {
            **generator_parts(rung, sizes, slots),
            "reader": reader(),
            **answer_parts(rung, tokens, asked, width, vocabulary),
        }
    parts = {"reader": reader(), "words": masked_word_head(asked, width, width, vocabulary)}
    if rung.kind == "boundary":
        parts["boundaries"] = boundary_head(asked, width, vocabulary)
    if rung.pairs in ("next", "order"):
        parts["pairs"] = rows * (width**2 + 2 * width)  # the pooler, and two classes
    return parts


def generator_parts(rung, sizes, slots):
    """The generator reads the text with masks, and says what stood there."""
    if not rung.generator:
        return {}
    rows, length, table_width = sizes.batch_size, sizes.length, sizes.hidden_dim
    width = round(rung.generator * table_width)
    widening = 0 if width == table_width else rows * length * table_width * width
    return {
        "generator": widening
        + encoder(rows, length, width, round(rung.generator * sizes.intermediate_dim), sizes.num_layers),
        "generator's words": masked_word_head(rows * slots, width, table_width, sizes.vocabulary_size),
    }


def answer_parts(rung, tokens, asked, width, vocabulary_size):
    """What the reader of replaced words is asked."""
    if rung.asks == "chosen words":
        return {"words": masked_word_head(asked, width, width, vocabulary_size)}
    if rung.asks == "all words":  # whether a word was replaced, and what stood there
        return {
            "judge": judge_head(tokens, width),
            "words": masked_word_head(tokens, width, width, vocabulary_size),
        }
    return {"judge": judge_head(tokens, width)}


def step_multiplications(rung, sizes, slots):
    """Multiplications of one update, forward and backward."""
    return STEP_BY_FORWARD * sum(forward_parts(rung, sizes, slots).values())


def equal_steps(rung, sizes, slots, budget):
    """How many updates a budget of multiplications is enough for."""
    return round(budget / step_multiplications(rung, sizes, slots))
