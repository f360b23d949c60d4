"""Files of published weights as arrays by name."""

from pathlib import Path

import numpy as np

from course_lib.checkpoints.bert_names import from_tensorflow_name


def read_safetensors(path):
    """The arrays of a safetensors file by their names.

    Args:
        path: of the file.

    Returns:
        dict from names to NumPy arrays.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it is not a whole safetensors file.

    Example:
        >>> from course_lib.checkpoints import read_safetensors
        >>> from course_lib.data import corpus_file
        >>> path = corpus_file("all_minilm_l6_v2", "model.safetensors")  # doctest: +SKIP
        >>> read_safetensors(path)["embeddings.word_embeddings.weight"].shape  # doctest: +SKIP
        (30522, 384)
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    if not Path(path).is_file():
        raise FileNotFoundError(f"There is no file {path}.")
    try:
        return load_file(path)
    except SafetensorError as error:
        raise ValueError(f"Expected a whole safetensors file. Received {path}: {error}") from None


def read_tensorflow_checkpoint(prefix):
    """The arrays of a TensorFlow checkpoint of BERT, by the names that safetensors files use.

    What the optimizer kept beside the weights is left out, and kernels are turned round: TensorFlow keeps
    `(inputs, outputs)`, PyTorch `(outputs, inputs)`.

    Args:
        prefix: path of the checkpoint without `.index` and `.data-…`.

    Returns:
        dict from names to NumPy arrays.

    Raises:
        FileNotFoundError: if there is no such checkpoint.

    Example:
        >>> read_tensorflow_checkpoint("uncased_L-12/bert_model.ckpt")
        Traceback (most recent call last):
        FileNotFoundError: There is no TensorFlow checkpoint uncased_L-12/bert_model.ckpt (no file ...
    """
    import tensorflow as tf

    if not Path(f"{prefix}.index").is_file():
        raise FileNotFoundError(f"There is no TensorFlow checkpoint {prefix} (no file {prefix}.index).")
    reader = tf.train.load_checkpoint(str(prefix))
    tensors = {}
    for name in reader.get_variable_to_shape_map():
        if name.endswith(("adam_m", "adam_v", "global_step")):
            continue
        new_name, is_turned = from_tensorflow_name(name)
        value = reader.get_tensor(name)
        tensors[new_name] = np.ascontiguousarray(value.T) if is_turned else value
    return tensors
