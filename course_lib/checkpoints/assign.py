"""Arrays of a file into the weights of a model: all of them, or none."""

import math

import numpy as np

from course_lib.checkpoints.bert_names import IGNORED, modern_name


class CheckpointError(ValueError):
    """Raised when a file does not hold what a model needs; the message lists all that does not fit."""


def assign_tensors(pairs, tensors, ignored_prefixes=()):
    """Gives every weight its array, after all of them were looked at; where one does not fit, none is given.

    Args:
        pairs: list of (variable, published name, "as it is" or "turned"), as `bert_tensors` gives it.
        tensors: dict from names to arrays; old names are understood too.
        ignored_prefixes: beginnings of names that the file may hold and the model has no use for, such as
            "cls." where a head is not wanted.

    Raises:
        CheckpointError: if arrays are missing, left over, of a wrong shape or not finite; it lists them.

    Example:
        >>> import keras
        >>> import numpy as np
        >>> weight = keras.Variable(np.zeros((2, 3)))
        >>> assign_tensors([(weight, "dense.weight", "turned")], {"dense.weight": np.arange(6).reshape(3, 2)})
        >>> keras.ops.convert_to_numpy(weight).tolist()
        [[0.0, 2.0, 4.0], [1.0, 3.0, 5.0]]
    """
    tensors = {modern_name(name): array for name, array in tensors.items()}
    expected = {name: (variable, way) for variable, name, way in pairs}
    # The product with the vocabulary is the table of tokens once more, in files that write it out.
    left_over = [
        name
        for name in tensors
        if name not in expected and name not in IGNORED and not name.startswith(tuple(ignored_prefixes))
        if not _repeats(name, tensors)
    ]
    problems = [
        f"missing: {name} {tuple(expected[name][0].shape)}" for name in expected if name not in tensors
    ]
    problems += [f"left over: {name} {tensors[name].shape}" for name in left_over]
    arrays = []
    for name, (variable, way) in expected.items():
        if name not in tensors:
            continue
        array, wanted = np.asarray(tensors[name]), _published_shape(variable, way)
        if array.shape != wanted:
            problems.append(f"wrong shape: {name} must be {wanted}. Received: {array.shape}")
        elif not np.isfinite(array).all():
            problems.append(f"not finite: {name}")
        else:
            arrays.append((variable, (array.T if way == "turned" else array).reshape(variable.shape)))
    if problems:
        shown = "".join(f"\n  {problem}" for problem in problems[:20])
        more = f"\n  and {len(problems) - 20} more" if len(problems) > 20 else ""
        raise CheckpointError(
            f"The file does not fit the model, which stays as it was. {len(problems)} differ:{shown}{more}"
        )
    for variable, array in arrays:
        variable.assign(array)


def _published_shape(variable, way):
    """The shape of an array in the file: of a turned kernel, `(outputs, inputs)`."""
    shape = tuple(variable.shape)
    if way == "as it is":
        return shape if len(shape) == 1 or "bias" not in variable.name else (math.prod(shape),)
    is_output = len(shape) == 3 and variable.name.startswith("output")
    inputs = math.prod(shape[:-1]) if is_output else shape[0]
    return (math.prod(shape) // inputs, inputs)


def _repeats(name, tensors):
    """Whether an array only says again what another says."""
    twins = {
        "cls.predictions.decoder.weight": "embeddings.word_embeddings.weight",
        "cls.predictions.decoder.bias": "cls.predictions.bias",
    }
    return name in twins and twins[name] in tensors and np.array_equal(tensors[name], tensors[twins[name]])
