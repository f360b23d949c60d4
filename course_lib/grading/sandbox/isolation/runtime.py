"""What a worker gets to see of the course: the folder `grading/worker`, and nothing that knows an answer."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

WORKER = "course_lib.grading.worker"
WORKER_FOLDER = Path(__file__).parents[2] / "worker"


def write_runtime(folder):
    """Copies the worker's own folder to `folder`, as a package that holds nothing else, readable by everyone.

    Args:
        folder: an empty folder; it goes to the worker's PYTHONPATH.
    """
    package = Path(folder) / "course_lib" / "grading"
    package.mkdir(parents=True)
    for parent in (package, package.parent):
        (parent / "__init__.py").write_text("", encoding="utf-8")
    shutil.copytree(WORKER_FOLDER, package / "worker", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (Path(folder), *Path(folder).rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def worker_environment(runtime, home):
    """The environment of a worker that inherits nothing.

    One thread and a fixed hash seed: the same submission gives the same bits again.

    Args:
        runtime: the folder `write_runtime` filled, as the worker sees it.
        home: a folder it may write to, as it sees it.

    Returns:
        Dict of environment variables.
    """
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(runtime),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
        "CUDA_VISIBLE_DEVICES": "-1",  # tiny cases: the processor is quicker, and the same everywhere
        "JAX_PLATFORMS": "cpu",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",  # it takes 0.1 s to begin, in every job, and differs by processor
        "TF_NUM_INTRAOP_THREADS": "1",
        "TF_NUM_INTEROP_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def package_folders():
    """The folders that hold the interpreter's packages: its own `site-packages` and where Keras is."""
    folders = [Path(entry) for entry in sys.path if Path(entry).name in ("site-packages", "dist-packages")]
    spec = find_spec("keras")
    if spec is None or spec.origin is None:
        raise ImportError("Expected keras to be installed beside the course. Received: no such package.")
    folders.append(Path(spec.origin).parents[1])
    return sorted({folder.resolve() for folder in folders if folder.is_dir()})
