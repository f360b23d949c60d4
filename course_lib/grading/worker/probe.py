"""The half of a check that runs beside the answer: values in, values out, no reference and no verdict.

Keras is imported only when a call is made, so that a process may load this module first and choose later.
"""

import contextlib
import copy
import inspect
import linecache
import re
import sys
import traceback
from collections.abc import Sequence
from numbers import Real

import numpy as np

from course_lib.grading.worker.values import Failure, map_arrays, same_tree

# TensorFlow's names for the operations it wraps, before and behind its words.
NODE = re.compile(r"\{\{\w+ [^{}]*\}\} ?| ?\[Op:\w+\](?: name:?)?")
DTYPES = {"f": "float32", "i": "int32", "u": "int32", "b": "bool"}


def run_call(answer, arguments):
    """Calls a learner's function, or builds and calls a learner's layer, and brings the result to NumPy.

    Args:
        answer: a function, called as `answer(**arguments)`; or a class, for which `arguments` holds `config`,
            `weights` and `inputs`: built as `answer(**config)`, called once, given `weights` by variable
            name, and called again as `layer(**inputs)`.
        arguments: Dict of keyword arguments. NumPy arrays become tensors of the Keras backend (float32,
            int32, bool), also inside lists, tuples and dicts; everything else stays the Python value it is.

    Returns:
        a tree of NumPy arrays and plain values, or a `Failure`.
    """
    given = map_arrays(to_tensor, arguments)
    before = copy.deepcopy(arguments)
    try:
        with full_precision():
            value = _call_layer(answer, **given) if inspect.isclass(answer) else answer(**given)
            result = to_numpy(value)
    except NotImplementedError as error:
        return Failure("not_attempted", str(error))
    except UnfitWeights as error:
        return Failure("wrong_weights", str(error))
    except UnconvertibleValue as error:
        return Failure("wrong_type", f"Received {error}.")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: B036 - an answer may raise anything, SystemExit included
        return describe_exception(error, answer)
    changed = [name for name in before if not same_tree(before[name], to_python(given[name], before[name]))]
    if changed:
        return Failure("mutated_input", changed[0])
    return result


def to_tensor(array):
    """The tensor of the Keras backend that an answer gets for a drawn array."""
    from keras import ops

    if array.dtype.kind not in DTYPES:
        raise TypeError(
            f"A drawn array must hold floats, integers or booleans. Received: dtype={array.dtype}."
        )
    return ops.convert_to_tensor(array, dtype=DTYPES[array.dtype.kind])


def _call_layer(answer, config, weights, inputs):
    layer = answer(**config)
    layer(**inputs)
    unset = dict(weights)
    for variable in layer.weights:
        path = variable.path.split("/", 1)[-1]
        name = path if path in unset else variable.name
        if name not in unset:
            continue
        wanted = unset.pop(name)
        if tuple(variable.shape) != tuple(wanted.shape):
            shapes = f"Expected shape {tuple(wanted.shape)}. Received shape {tuple(variable.shape)}."
            raise UnfitWeights(f"The weight `{name}` has the wrong shape. {shapes}")
        variable.assign(wanted)
    if unset:
        present = ", ".join(f"`{variable.path.split('/', 1)[-1]}`" for variable in layer.weights)
        missing = " or ".join(f"`{name}`" for name in unset)
        raise UnfitWeights(f"No weight is called {missing}. The layer has {present or 'no weights'}.")
    return layer(**inputs)


@contextlib.contextmanager
def full_precision():
    """Switches off the shortened float32 products of GPUs, which the tolerances would not forgive."""
    tensorflow = sys.modules.get("tensorflow")
    jax = sys.modules.get("jax")
    with contextlib.ExitStack() as stack:
        if jax is not None:
            stack.enter_context(jax.default_matmul_precision("highest"))
        if tensorflow is not None:
            config = tensorflow.config.experimental
            was_enabled = config.tensor_float_32_execution_enabled()
            config.enable_tensor_float_32_execution(False)
            stack.callback(config.enable_tensor_float_32_execution, was_enabled)
        yield


class UnfitWeights(ValueError):
    """Raised for a layer whose weights have other names or shapes than the exercise gives them."""


class UnconvertibleValue(TypeError):
    """Raised for a returned object that no array, number or plain container can stand for."""


def to_numpy(value):
    """Brings whatever an answer returned to NumPy.

    Args:
        value: tensor of TensorFlow, JAX or PyTorch, Keras variable, NumPy array or scalar, Python number,
            string, None, or (nested) list, tuple, set, dict of these.

    Returns:
        arrays for tensors and numbers; a rectangular list of Python numbers of one kind becomes one array;
        every other list stays one, as do tuples, sets, dicts, strings and None.

    Raises:
        UnconvertibleValue: for anything else, and for arrays that do not hold numbers.

    Example:
        >>> to_numpy({"scores": [[1, 2], [3, 4]], "name": "dot"})
        {'scores': array([[1, 2],
               [3, 4]]), 'name': 'dot'}
        >>> to_numpy([np.array([0.5]), np.array([1])])
        [array([0.5]), array([1])]
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float | complex | np.generic | np.ndarray):
        return _numeric(np.asarray(value))
    if isinstance(value, dict):
        return {_plain_key(key): to_numpy(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return {_plain_key(item) for item in value}
    if isinstance(value, tuple):
        return tuple(to_numpy(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        items = [to_numpy(item) for item in value]
        return np.stack(items) if _is_table(value, items) else items
    if isinstance(value, Real):  # a fraction
        return np.asarray(float(value))
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        from keras import ops

        with contextlib.suppress(Exception):
            return _numeric(np.asarray(ops.convert_to_numpy(value)))
        with contextlib.suppress(Exception):
            return _numeric(np.asarray(value))
    raise UnconvertibleValue(f"a {type(value).__name__}")


def _is_table(value, items):
    """Whether a list is one table of Python numbers, not a row of several arrays."""
    shapes = {(item.shape, item.dtype.kind) if isinstance(item, np.ndarray) else None for item in items}
    return (
        len(shapes) == 1
        and None not in shapes
        and all(isinstance(item, bool | int | float | np.generic | Sequence) for item in value)
    )


def _numeric(array):
    if (
        array.dtype.kind == "V" and array.dtype.fields is None
    ):  # bfloat16 and its kin have no NumPy kind of their own
        array = array.astype("float32")
    if array.dtype.kind not in "biufc":
        raise UnconvertibleValue(f"an array of {array.dtype}")
    return array


def _plain_key(key):
    if isinstance(key, tuple):
        return tuple(_plain_key(item) for item in key)
    if isinstance(key, np.generic):
        return key.item()
    if isinstance(key, str | int | float | bool):
        return key
    raise UnconvertibleValue(f"a container holding a {type(key).__name__}")


def to_python(given, before):
    """Brings arguments back from tensors, with the element types they had before the call."""
    if isinstance(before, np.ndarray):
        try:
            return np.asarray(to_numpy(given)).astype(before.dtype)
        except (TypeError, ValueError):
            return None
    if isinstance(before, dict) and isinstance(given, dict):
        return {key: to_python(value, before.get(key)) for key, value in given.items()}
    if isinstance(before, list | tuple) and type(given) is type(before) and len(given) == len(before):
        return type(before)(map(to_python, given, before))
    return given


def describe_exception(error, answer):
    """A `Failure` of kind raised or too_much_memory, with the learner's own line that led to it."""
    message = f"{type(error).__name__}: {error}".strip().rstrip(":")
    if isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in message or "ResourceExhausted" in message:
        words = f"it asked for more memory than it may have ({message[:200]})."
        return Failure("too_much_memory", words)
    message = NODE.sub("", message[:2000])
    if len(message) > 600:
        message = message[:600] + " …"
    functions = list(vars(answer).values()) if inspect.isclass(answer) else [inspect.unwrap(answer)]
    filenames = {function.__code__.co_filename for function in functions if hasattr(function, "__code__")}
    line, source = 0, ""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename in filenames:
            line, source = frame.lineno, linecache.getline(frame.filename, frame.lineno).strip()
    return Failure("raised", message, line or 0, source)
