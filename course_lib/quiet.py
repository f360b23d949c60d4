"""Keeps TensorFlow's start-up log out of notebooks and terminals.

While it is imported, TensorFlow 2.21 writes lines of level INFO to stderr ("oneDNN custom operations are
on …") that no variable turns off. Warnings and errors are passed on. Imported by `course_lib` itself, and
first of all in every kernel that `course lab` and `course notebooks` start.
"""

import importlib.abc
import importlib.util
import os
import re
import sys
import tempfile
from contextlib import contextmanager

CHATTER = re.compile(rb"I0000 |WARNING: All log messages before absl::InitializeLog\(\) is called|\s*$")

# TensorFlow reads this once, when it is first imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@contextmanager
def without_chatter():
    """Holds back what is written to stderr inside the block, and passes on all but TensorFlow's INFO lines.

    Example:
        >>> with without_chatter():
        ...     _ = os.write(2, b"I0000 00:00:17.2 1 port.cc:153] oneDNN custom operations are on.\\n")
    """
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(stderr, 2)
            held.seek(0)
            for line in held:
                if not CHATTER.match(line):
                    os.write(stderr, line)
            os.close(stderr)


class QuietTensorFlow(importlib.abc.MetaPathFinder):
    """Finds TensorFlow as Python would, and has it imported inside `without_chatter`."""

    def find_spec(self, name, path=None, target=None):
        """The specification of `tensorflow`; None for every other module."""
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)  # whoever only asks whether TensorFlow is there may import it later
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                if self in sys.meta_path:
                    sys.meta_path.remove(self)
                with without_chatter():
                    execute(module)

            spec.loader.exec_module = exec_module
        return spec


if "tensorflow" not in sys.modules:
    sys.meta_path.insert(0, QuietTensorFlow())
