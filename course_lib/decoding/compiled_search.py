"""A search in one compiled program."""

import keras
import numpy as np
from keras import ops

from course_lib.decoding.sampling import as_draws, check_seed
from course_lib.decoding.search import trim
from course_lib.models.token_ids import check_token_ids


class CompiledSearch(keras.Model):
    """A model and a search over its steps, compiled together: sources in, sentences out.

    Reading the source, every step and every choice between tokens are one program (XLA on TensorFlow and
    JAX; PyTorch runs it as it is), whose loop ends when all sentences have. It gives what the search gives
    when it is called itself, many times sooner, once it is compiled. That happens at the first call for each
    batch size and each source width, for which widths are rounded up.

    Args:
        model: has `encode(source_token_ids, source_padding_mask, max_length)`, `step(token_ids, state)` and a
            `source_embedding`.
        search: `greedy_decode`, `sample_decode` or `beam_search`.
        width_step: int, source widths are rounded up to a multiple of it with padding, for which the
            model must have room.
        **settings: for the search: "start_id", "end_id", "max_length", …; a "seed" is given in each call.

    Call arguments:
        source_token_ids: int `(B, S)`, 0 is padding.
        seed: for `sample_decode`: int, or the random numbers themselves, `(B, max_length)`.

    Returns:
        what the search returns.

    Raises:
        ValueError: if sources are no batch of token ids of the model's vocabulary, a seed is given to a
            search that does not sample or missing for one that does, or as the search says.

    Example:
        >>> import numpy as np
        >>> from course_lib.decoding import CompiledSearch, greedy_decode
        >>> from course_lib.models import Transformer
        >>> model = Transformer(11, 13, hidden_dim=8, num_heads=2, intermediate_dim=16, num_layers=1)
        >>> search = CompiledSearch(model, greedy_decode, start_id=2, end_id=3, max_length=5)
        >>> source = np.array([[5, 6, 7], [8, 9, 0]])
        >>> alone = greedy_decode(model.step, model.encode(source, source != 0), start_id=2, end_id=3,
        ...                       batch_size=2, max_length=5)
        >>> bool((search.decode(source) == alone).all())
        True

    Taught in: notebooks/08_the_transformer
    """

    def __init__(self, model, search, width_step=8, **settings):
        super().__init__()
        # Before it has the model: layers that XLA cannot train say that they do not support it at all.
        self.compile(jit_compile=keras.backend.backend() != "torch")
        self.model = model
        self.search = search
        self.width_step = width_step
        self.search_settings = settings

    def build(self, inputs_shape):
        """Nothing: the model has all the weights there are."""

    def call(self, inputs):
        source = inputs["source_token_ids"]
        draws = {"seed": inputs["draws"]} if "draws" in inputs else {}
        return self.search.__wrapped__(
            self.model.step,
            self.model.encode(source, source != 0, max_length=self.search_settings["max_length"]),
            batch_size=ops.shape(source)[0],
            while_loop=ops.while_loop,
            **draws,
            **self.search_settings,
        )

    def decode(self, source_token_ids, seed=None):
        """Searches for one batch of sources; see the class."""
        source = np.asarray(source_token_ids)
        if source.ndim != 2 or 0 in source.shape:
            raise ValueError(f"`source_token_ids` must have shape (B, S). Received: shape {source.shape}.")
        source = check_token_ids(source, self.model.source_embedding.input_dim).astype("int32")
        batch_size, width = source.shape
        if not self.model.built:
            self.model.encode(source, source != 0, max_length=1)
        check_seed(seed, self.search)
        inputs = {"source_token_ids": np.pad(source, ((0, 0), (0, -width % self.width_step)))}
        if seed is not None:
            inputs["draws"] = as_draws(seed, batch_size, self.search_settings["max_length"])
        return trim(self.predict_on_batch(inputs))
