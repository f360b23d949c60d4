"""What a package exports is documented by an example that runs, and a file holds one public class."""

import dataclasses
import importlib
import inspect
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[2] / "course_lib"
PACKAGES = sorted(path.parent.name for path in LIBRARY.glob("*/__init__.py"))


def exported(package):
    module = importlib.import_module(f"course_lib.{package}")
    return {name: getattr(module, name) for name in module.__all__}


@pytest.mark.parametrize("package", PACKAGES)
def test_package_lists_its_public_names(package):
    names = importlib.import_module(f"course_lib.{package}").__all__
    assert len(names) > 0
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith("_")]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_exported_class_and_function_has_an_example(package):
    missing = []
    for name, value in exported(package).items():
        if inspect.isfunction(value) or (inspect.isclass(value) and not _needs_no_example(value)):
            members = [] if inspect.isfunction(value) else vars(value).values()
            texts = [value.__doc__, *(getattr(member, "__doc__", None) for member in members)]
            if not any(">>>" in text for text in texts if isinstance(text, str)):
                missing.append(name)
    assert not missing, f"course_lib.{package}: no example that runs in the docstring of {', '.join(missing)}"


def _needs_no_example(value):
    """Errors; abstract bases, which their subclasses show at work; records, which functions return."""
    is_record = dataclasses.is_dataclass(value) or (issubclass(value, tuple) and hasattr(value, "_fields"))
    return is_record or issubclass(value, BaseException) or inspect.isabstract(value)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_exported_name_has_a_docstring(package):
    missing = [
        name
        for name, value in exported(package).items()
        if (inspect.isclass(value) or inspect.isfunction(value)) and not (value.__doc__ or "").strip()
    ]
    assert not missing


@pytest.mark.parametrize("package", PACKAGES)
def test_a_file_defines_at_most_one_exported_class_beside_records_and_errors(package):
    files = {}
    for name, value in exported(package).items():
        if inspect.isclass(value):
            is_small = dataclasses.is_dataclass(value) or issubclass(value, tuple | BaseException)
            if not is_small:
                files.setdefault(value.__module__, []).append(name)
    assert {module: names for module, names in files.items() if len(names) > 1} == {}
