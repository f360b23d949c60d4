"""The worker's folder is all that a submission can see of the course, and it needs nothing else."""

import ast
import subprocess
import sys

from course_lib.grading.sandbox.isolation.runtime import WORKER_FOLDER, write_runtime

PACKAGE = "course_lib.grading.worker"
FILES = sorted(WORKER_FOLDER.rglob("*.py"))
BACKENDS = {"tensorflow", "torch", "jax"}  # already imported by Keras where they are named


def imports(path):
    """Pairs (module, whether it is imported with the file) of all imports of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node not in inner) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield node.module, node not in inner


def module_of(path):
    names = path.relative_to(WORKER_FOLDER).with_suffix("").parts
    return ".".join([PACKAGE, *(name for name in names if name != "__init__")])


def test_it_imports_itself_numpy_keras_and_the_standard_library():
    own, wrong = {module_of(path) for path in FILES}, []
    for path in FILES:
        for module, is_at_import in imports(path):
            top = module.split(".")[0]
            allowed = {"numpy", "keras", *sys.stdlib_module_names} | (set() if is_at_import else BACKENDS)
            if module not in own and top not in allowed:
                wrong.append(f"{path.name} imports {module}")
    assert len(FILES) > 8 and not wrong


def test_a_runtime_holds_the_folder_and_nothing_else(tmp_path):
    write_runtime(tmp_path)
    copied = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    below = WORKER_FOLDER.parents[2]
    worker = {path.relative_to(below).as_posix() for path in FILES}
    assert copied == worker | {"course_lib/__init__.py", "course_lib/grading/__init__.py"}
    for name in copied - worker:
        assert (tmp_path / name).read_text() == ""
    for name in worker:
        assert (tmp_path / name).read_bytes() == (below / name).read_bytes()


def test_a_runtime_starts_by_itself(tmp_path):
    write_runtime(tmp_path)
    modules = [module_of(path) for path in FILES if path.stem != "__main__"]
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n" + "\n".join(f"import {m}" for m in modules)
    code += "\nprint(sorted(m for m in sys.modules if m.startswith('course_lib')))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = {"course_lib", "course_lib.grading", *modules}
    assert set(ast.literal_eval(run.stdout)) == loaded
