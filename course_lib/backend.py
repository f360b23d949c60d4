"""Which backend Keras will take, and whether it is there to be taken; nothing is imported to find out."""

import json
import os
from importlib import util
from pathlib import Path

DEFAULT = "tensorflow"
EXTRAS = {"jax": "jax", "torch": "torch"}  # backends that an extra of the course installs
BACKENDS = (DEFAULT, *EXTRAS)


def chosen_backend() -> str:
    """The backend that `import keras` will take: of KERAS_BACKEND, else of Keras' settings file.

    Example:
        >>> chosen_backend() in ("tensorflow", "jax", "torch", "numpy")
        True
    """
    if backend := os.environ.get("KERAS_BACKEND"):
        return backend
    settings = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser() / "keras.json"
    try:
        return json.loads(settings.read_text(encoding="utf-8"))["backend"]
    except (OSError, ValueError, KeyError, TypeError):
        return DEFAULT


def backend_problem() -> tuple[str, str] | None:
    """What keeps Keras from starting, if anything does.

    Returns:
        None when the chosen backend is installed, else what is wrong and what to do about it.

    Example:
        >>> backend_problem()
    """
    backend = chosen_backend()
    if backend == "numpy":  # computes and does not train: enough to judge most answers
        return None
    if backend not in BACKENDS:
        expected = ", ".join(BACKENDS)
        return f"KERAS_BACKEND={backend!r}", f"set KERAS_BACKEND to one of {expected}"
    if util.find_spec(backend) is not None:
        return None
    extra = f"[{EXTRAS[backend]}]" if backend in EXTRAS else ""
    others = [name for name in BACKENDS if name != backend and util.find_spec(name) is not None]
    advice = f"pip install -e '.{extra}' -c requirements.lock"
    advice += f", or set KERAS_BACKEND={others[0]}" if others else ""
    return f"{backend} is not installed", advice
