"""The lock satisfies the project file; the commands the README and the guides name exist."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SYSTEMS = {"linux": "posix", "darwin": "posix", "win32": "nt"}


def locked():
    """Requirements of the lock, by name."""
    pins = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            requirement = Requirement(line)
            pins.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return pins


def declared():
    """Requirements of the project, without the accelerator builds."""
    extras = PROJECT["optional-dependencies"]
    names = ("dev", "peers", "site", "jax", "torch")
    return [
        Requirement(line)
        for line in (*PROJECT["dependencies"], *(line for name in names for line in extras[name]))
    ]


def installed_by(lines):
    """Names of all that is installed with these requirements: what they require is, too."""
    found, waiting = set(), [Requirement(line) for line in lines]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += map(Requirement, metadata.requires(name) or ())
    return found


def imported(path):
    """The first names of all modules that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


def test_what_chapters_import_is_installed_without_extras():
    """And what the library imports for them: not what grades or writes pages, nor other backends."""
    by_name, ready = metadata.packages_distributions(), installed_by(PROJECT["dependencies"])
    tools = [ROOT / "course_lib" / name for name in ("authoring", "grading", "web")]
    library = (p for p in ROOT.glob("course_lib/**/*.py") if not any(p.is_relative_to(one) for one in tools))
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*ROOT.glob("notebooks/*.py"), *library)
        for name in set(imported(path)) - sys.stdlib_module_names - {"course_lib", "jax", "torch"}
        if not ready & set(map(canonicalize_name, by_name.get(name, ())))
    }
    assert not missing


def test_every_line_of_the_lock_is_one_exact_version():
    for pins in locked().values():
        for pin in pins:
            assert re.fullmatch(r"==[\w.!+]+", str(pin.specifier)), str(pin)
            assert pin.url is None


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_satisfies_the_project(python, system):
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.5",
        "sys_platform": system,
        "os_name": SYSTEMS[system],
        "platform_machine": "arm64" if system == "darwin" else "x86_64",
        "implementation_name": "cpython",
    }
    pins = locked()
    wrong = []
    for requirement in declared():
        if requirement.marker and not requirement.marker.evaluate(environment):
            continue
        versions = [
            str(pin.specifier).removeprefix("==")
            for pin in pins.get(canonicalize_name(requirement.name), [])
            if pin.marker is None or pin.marker.evaluate(environment)
        ]
        if len(versions) != 1 or not requirement.specifier.contains(versions[0]):
            wrong.append(f"{requirement}: locked {versions}")
    assert not wrong


def test_the_versions_the_course_is_written_for():
    versions = {name: str(pins[0].specifier) for name, pins in locked().items() if len(pins) == 1}
    assert versions["tensorflow"] == "==2.21.0"
    assert versions["tensorflow-text"] == "==2.21.1"
    assert versions["keras"] == "==3.15.1"
    assert versions["numpy"].startswith("==2.4.")
    assert versions["jax"].startswith("==0.10.")


def make_targets():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", text, re.MULTILINE))


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_documents_name_only_commands_that_exist(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|&& )make ([a-z][a-z-]*)", text, re.MULTILINE))
    assert named
    assert named <= make_targets()


def test_the_makefile_has_every_promised_target():
    promised = {"start", "lab", "test", "test-peers", "build", "notebooks", "slides", "site", "bench"}
    assert promised <= make_targets()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_links_between_files_lead_somewhere(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    missing = [target for target in targets if not (ROOT / target).exists()]
    assert not missing


def test_every_file_of_the_library_is_installed():
    """Setuptools takes the modules of every folder; other files are named one by one."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert tables["packages"]["find"] == {"include": ["course_lib*"]}  # folders without `__init__.py` too
    named = {
        path
        for package, patterns in tables["package-data"].items()
        for pattern in patterns
        for path in (ROOT / package.replace(".", "/")).glob(pattern)
    }
    files = {path for path in (ROOT / "course_lib").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in files if path.suffix != ".py"} == named


def test_what_the_guide_says_is_somewhere_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("### Where to find what")[1].split("\n## ")[0]
    places = re.findall(r"^\| .+ \| `([^`]+)` \|$", table, re.MULTILINE)
    assert len(places) >= 22
    fillings = {"NN_topic": "03_attention", "NAME": "masked_softmax"}
    missing = []
    for place in places:
        for word, filling in fillings.items():
            place = place.replace(word, filling)
        missing += [] if (ROOT / place).exists() else [place]
    assert not missing


def test_no_folder_of_the_library_has_more_than_a_dozen_modules_and_a_few():
    folders = [folder for folder in ROOT.glob("course_lib/**/") if folder.parent.name != "checks"]
    crowded = {
        str(folder.relative_to(ROOT)): count
        for folder in folders
        if (count := len([path for path in folder.glob("*.py") if path.stem != "__init__"])) > 13
    }
    assert not crowded
