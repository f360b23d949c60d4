"""A checkpoint from which a killed run goes on as if nothing had happened."""

import json
import random
import zipfile
from pathlib import Path

import keras
import numpy as np

from course_lib.files import replacing

FILE_NAME = "checkpoint.npz"
EARLY_STOPPING_FIELDS = ("wait", "stopped_epoch", "best", "best_epoch")


def write_atomically(path, facts, arrays):
    """Write one file that holds JSON facts and arrays, whole or not at all.

    The bytes go to a neighbour first, are flushed to the disk, and take the name in one step: whoever reads
    `path` finds the old file or the new one, never a part.

    Args:
        path: where to.
        facts: a JSON-able dict.
        arrays: name → array.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     write_atomically(Path(folder) / "state.npz", {"epoch": 2}, {"weight": np.arange(3)})
        ...     facts, arrays = read_whole(Path(folder) / "state.npz")
        >>> facts, arrays["weight"].tolist()
        ({'epoch': 2}, [0, 1, 2])
    """
    with replacing(path) as file:
        np.savez(file, **{"facts.json": np.frombuffer(json.dumps(facts).encode(), "uint8")}, **arrays)


def read_whole(path):
    """Read what `write_atomically` wrote.

    Returns:
        a pair: the facts, and a dict name → array.

    Raises:
        ValueError: when the file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        return json.loads(arrays.pop("facts.json").tobytes()), arrays
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ValueError(f"Expected a whole checkpoint. Received: {path}, unreadable ({error}).") from error


def variables_to_arrays(variables, prefix):
    """Values of Keras variables by position: {"prefix/0": …, "prefix/1": …}."""
    values = [np.asarray(keras.ops.convert_to_numpy(variable)) for variable in variables]
    # NumPy's file format has no bfloat16 (kind "V"); float32 holds each of its values exactly.
    values = [value.astype("float32") if value.dtype.kind == "V" else value for value in values]
    return {f"{prefix}/{index}": value for index, value in enumerate(values)}


def arrays_to_variables(arrays, prefix, variables):
    """Assign what `variables_to_arrays` made.

    Raises:
        ValueError: when the number of variables or a shape differs; nothing is assigned then.
    """
    names = [name for name in arrays if name.startswith(prefix + "/")]
    if len(names) != len(variables):
        raise ValueError(
            f"Expected a checkpoint of the same model: {len(variables)} {prefix} variables. "
            f"Received: {len(names)}. Delete the folder to start anew."
        )
    for index, variable in enumerate(variables):
        stored = arrays[f"{prefix}/{index}"].shape
        if tuple(variable.shape) != stored:
            raise ValueError(
                f"Expected a checkpoint of the same model: `{variable.path}` of shape "
                f"{tuple(variable.shape)}. Received: shape {stored}. Delete the folder to start anew."
            )
    for index, variable in enumerate(variables):
        variable.assign(arrays[f"{prefix}/{index}"])


def generator_states():
    """States of Python's and NumPy's global generators, JSON-able."""
    numpy_state = np.random.get_state(legacy=False)
    key = numpy_state["state"]["key"].tolist()
    return {
        "python": random.getstate(),
        "numpy": {**numpy_state, "state": {**numpy_state["state"], "key": key}},
    }


def restore_generators(states):
    """Undo `generator_states`."""
    version, internal, gauss = states["python"]
    random.setstate((version, tuple(internal), gauss))
    numpy_state = states["numpy"]
    key = np.asarray(numpy_state["state"]["key"], "uint32")
    np.random.set_state({**numpy_state, "state": {**numpy_state["state"], "key": key}})


def is_first_process():
    """Whether this is the first, or the only, process that trains the model."""
    if keras.backend.backend() != "jax":
        return True
    import jax

    return jax.process_index() == 0


class ResumableCheckpoint(keras.callbacks.Callback):
    """Saves all of a run's state after every epoch, and takes it up again when `fit` is called anew.

    State is: weights, optimizer, dropout and other `SeedGenerator`s of the model, Python's and NumPy's global
    generators (with `shuffle=True` Keras orders the batches of a `PyDataset` by the former), the history and,
    when given, the early stopping. A run that was killed at any moment and started again with the same call
    gives the same loss curve, the same `History` and the same weights as one that was not. A run that had
    ended trains no further and returns its history at once.

    Of several processes that train one model together (`keras.distribution` on JAX) the first one writes and
    all read, so that the folder must be one that all of them see.

    Give a run its own folder; delete the folder to train anew, for instance after changing a setting.

    Args:
        folder: holds the single file `checkpoint.npz`; made when absent.
        data: the dataset given to `fit`, when its order depends on its `epoch` attribute, which is then set
            at the start of every epoch.
        early_stopping: a `keras.callbacks.EarlyStopping`. Pass it here and not to `fit`: it is called from
            here, so that its count and its best weights are saved in step with the rest.

    Raises:
        ValueError: when `data` has no `epoch`; when the file is damaged or belongs to another model; when a
            model without weights is to be restored and there is no `data` to build it with.

    Example:
        >>> import tempfile
        >>> model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        >>> model.compile("adam", "mse")
        >>> inputs, labels = np.ones((8, 2)), np.ones((8, 1))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     for epochs in (2, 5):
        ...         checkpoint = ResumableCheckpoint(folder)
        ...         history = model.fit(inputs, labels, epochs=epochs, verbose=0, callbacks=[checkpoint])
        ...         print(checkpoint.initial_epoch, len(history.history["loss"]))
        0 2
        2 5
    """

    def __init__(self, folder, data=None, early_stopping=None):
        super().__init__()
        if data is not None and not hasattr(data, "epoch"):
            raise ValueError(f"`data` must have an `epoch` to set. Received: {type(data).__name__}.")
        self.path = Path(folder) / FILE_NAME
        self.data = data
        self.early_stopping = early_stopping
        self.initial_epoch = 0
        self.logs_by_epoch = []

    def set_model(self, model):
        super().set_model(model)
        if self.early_stopping:
            self.early_stopping.set_model(model)

    def set_params(self, params):
        super().set_params(params)
        if self.early_stopping:
            self.early_stopping.set_params(params)

    def on_train_begin(self, logs=None):
        if self.early_stopping:
            self.early_stopping.on_train_begin(logs)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if is_first_process():
            for partial in self.path.parent.glob(f".{FILE_NAME}.*.partial"):  # of a run that was killed
                partial.unlink(missing_ok=True)
        self.initial_epoch = 0
        self.logs_by_epoch = []
        if self.path.exists():
            self.restore()

    def on_epoch_begin(self, epoch, logs=None):
        self.model._initial_epoch = None
        if self.data is not None:
            self.data.epoch = epoch

    def on_epoch_end(self, epoch, logs=None):
        if self.early_stopping:
            self.early_stopping.on_epoch_end(epoch, logs)
        self.logs_by_epoch.append({name: float(value) for name, value in logs.items()})
        self.save(epoch + 1)

    def on_train_end(self, logs=None):
        self.model._initial_epoch = None
        self.model.history.epoch = list(range(len(self.logs_by_epoch)))
        if self.early_stopping:
            self.early_stopping.on_train_end(logs)

    def save(self, num_epochs_done):
        facts = {
            "num_epochs_done": num_epochs_done,
            "logs_by_epoch": self.logs_by_epoch,
            "generators": generator_states(),
        }
        arrays = variables_to_arrays(self.model.variables, "model")
        arrays |= variables_to_arrays(self.model.optimizer.variables, "optimizer")
        if self.early_stopping:
            state = {field: getattr(self.early_stopping, field) for field in EARLY_STOPPING_FIELDS}
            facts["early_stopping"] = {k: None if v is None else float(v) for k, v in state.items()}
            if self.early_stopping.best_weights is not None:
                arrays |= {f"best/{i}": value for i, value in enumerate(self.early_stopping.best_weights)}
        if is_first_process():
            write_atomically(self.path, facts, arrays)

    def restore(self):
        facts, arrays = read_whole(self.path)
        if not self.model.built:
            if self.data is None:
                raise ValueError(
                    "Expected a model that has its weights: call it on a batch before `fit`, or pass `data`. "
                    f"Received: {self.model.name}, not built."
                )
            self.model(self.data[0][0])
        if not self.model.optimizer.built:
            self.model.optimizer.build(self.model.trainable_variables)
        arrays_to_variables(arrays, "model", self.model.variables)
        arrays_to_variables(arrays, "optimizer", self.model.optimizer.variables)
        has_ended = False
        if self.early_stopping and "early_stopping" in facts:
            self.restore_early_stopping(facts["early_stopping"], arrays)
            has_ended = self.early_stopping.stopped_epoch > 0
        restore_generators(facts["generators"])

        self.logs_by_epoch = facts["logs_by_epoch"]
        for logs in self.logs_by_epoch:
            for name, value in logs.items():
                self.model.history.history.setdefault(name, []).append(value)
        self.initial_epoch = facts["num_epochs_done"]
        # What Keras's own BackupAndRestore sets: `fit` reads it after `on_train_begin`, so that the caller
        # need not know `initial_epoch` before the file has been read.
        self.model._initial_epoch = self.params["epochs"] if has_ended else self.initial_epoch

    def restore_early_stopping(self, state, arrays):
        for field, value in state.items():
            is_count = value is not None and field != "best"
            setattr(self.early_stopping, field, int(value) if is_count else value)
        num_best = sum(name.startswith("best/") for name in arrays)
        if num_best:
            self.early_stopping.best_weights = [arrays[f"best/{index}"] for index in range(num_best)]
