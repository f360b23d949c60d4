"""TensorFlow starts without a word, but its warnings are heard."""

import subprocess
import sys

from course_lib.authoring import execute_source


def stderr_of(code):
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stderr


def test_tensorflow_starts_silently():
    assert stderr_of("import course_lib, tensorflow; tensorflow.zeros(3)") == ""


def test_asking_whether_it_is_there_changes_nothing():
    ask = "import course_lib, importlib.util; importlib.util.find_spec('tensorflow'); "
    assert stderr_of(ask + "import tensorflow; tensorflow.zeros(3)") == ""


def test_warnings_and_errors_are_passed_on():
    code = """
import os
from course_lib.quiet import without_chatter
with without_chatter():
    os.write(2, b"I0000 00:00:1.2 3 port.cc:153] chatter\\nW0000 00:00:1.2 3 port.cc:9] careful\\nplain\\n")
os.write(2, b"after\\n")
"""
    assert stderr_of(code) == "W0000 00:00:1.2 3 port.cc:9] careful\nplain\nafter\n"


def test_what_was_held_back_is_heard_when_the_import_fails():
    code = """
import os
from course_lib.quiet import without_chatter
try:
    with without_chatter():
        os.write(2, b"E0000 broken\\n")
        raise ImportError
except ImportError:
    os.write(2, b"caught\\n")
"""
    assert stderr_of(code) == "E0000 broken\ncaught\n"


def test_a_kernel_starts_silently_and_with_an_empty_namespace(tmp_path):
    source = tmp_path / "01_names.py"
    source.write_text(
        "# %%\nprint(sorted({'os', 're', 'sys', 'course_lib'} & set(dir())))\n\n# %%\nimport keras\n"
    )
    names, keras_import = execute_source(source, "quick").cells
    assert names.outputs[0].text == "[]\n"
    assert keras_import.outputs == []
