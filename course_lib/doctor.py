"""`course doctor`: what is installed, what works, and what to do about the rest."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course_lib.backend import backend_problem, chosen_backend

REQUIRED = (
    "keras",
    "numpy",
    "matplotlib",
    "jupytext",
    "nbclient",
    "rich",
    "sacrebleu",
    "tokenizers",
    "watchfiles",
)
OPTIONAL = {
    "tensorflow-text": "tokenizing then uses the pure-Python engine: same output, slower (usual on Windows)",
    "jupyterlab": "`course lab` needs it: pip install jupyterlab",
    "nbclassic": "`course web` needs it for its editor: pip install -e '.[site]' -c requirements.lock",
    "jax": "only the JAX backend needs it: pip install -e '.[jax]'",
    "torch": "only the PyTorch backend needs it: pip install -e '.[torch]'",
}
PROBE_SECONDS = 120
DEVICE_PROBE = """
import json, keras
backend = keras.backend.backend()
if backend == "tensorflow":
    import tensorflow
    devices = [device.device_type for device in tensorflow.config.list_physical_devices()]
elif backend == "jax":
    import jax
    devices = [str(device) for device in jax.devices()]
elif backend == "numpy":
    devices = ["cpu"]
else:
    import torch
    devices = ["cpu", *(torch.cuda.get_device_name(i) for i in range(torch.cuda.device_count()))]
total = float(keras.ops.sum(keras.ops.matmul(keras.ops.ones((2, 3)), keras.ops.ones((3, 5)))))
print(json.dumps({"backend": backend, "devices": devices, "total": total}))
"""


@dataclass(frozen=True)
class Finding:
    """One line of the report: its area, what was looked at, "ok", "note" or "problem", and what to do.

    Example:
        >>> print(Finding("packages", "jax", "note", "not installed", "only the JAX backend needs it"))
        note     jax              not installed
                                  → only the JAX backend needs it
    """

    area: str
    name: str
    state: str
    detail: str
    advice: str = ""

    def __str__(self) -> str:
        line = f"{self.state:<8} {self.name:<16} {self.detail}"
        return f"{line}\n{'':26}→ {self.advice}" if self.advice else line


def version_findings() -> list[Finding]:
    """Python and the packages, by their installed versions; nothing is imported.

    Returns:
        one `Finding` each.

    Example:
        >>> {finding.name: finding.state for finding in version_findings()}["numpy"]
        'ok'
    """
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    findings = [
        Finding(
            "versions",
            "Python",
            "ok" if supported else "problem",
            f"{platform.python_version()} on {platform.system()} {platform.machine()}",
            "" if supported else "make a new environment with Python 3.11, 3.12 or 3.13",
        )
    ]
    for name in REQUIRED:
        version = _version(name)
        advice = "" if version else "install the course again: pip install -e . -c requirements.lock"
        findings.append(
            Finding("versions", name, "ok" if version else "problem", version or "missing", advice)
        )
    for name, consequence in OPTIONAL.items():
        version = _version(name)
        state, detail = ("ok", version) if version else ("note", "not installed")
        findings.append(Finding("versions", name, state, detail, "" if version else consequence))
    return findings


def backend_findings() -> list[Finding]:
    """The Keras backend and its devices, found out by a child process that multiplies two matrices.

    A crash or a hang of the backend is a line of the report, not the end of it.

    Returns:
        one or two `Finding`.

    Example:
        >>> [finding.area for finding in backend_findings()][0]
        'backend'
    """
    chosen = chosen_backend()
    if problem := backend_problem():
        return [Finding("backend", "Keras backend", "problem", *problem)]
    try:
        probe = subprocess.run(
            [sys.executable, "-c", DEVICE_PROBE],
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        )
        answer = json.loads(probe.stdout.splitlines()[-1]) if probe.returncode == 0 else None
    except subprocess.TimeoutExpired:
        detail = f"{chosen} did not start within {PROBE_SECONDS} s"
        return [Finding("backend", "Keras backend", "problem", detail, "try again on an idle machine")]
    except (IndexError, ValueError):
        answer = None
    if answer is None or answer["total"] != 30.0:
        last = (probe.stderr.strip().splitlines() or [f"exit status {probe.returncode}"])[-1]
        advice = "install the course again: pip install -e . -c requirements.lock"
        return [Finding("backend", "Keras backend", "problem", f"{chosen} fails: {last[:160]}", advice)]
    version = _version(chosen) or "of unknown version"
    devices = ", ".join(answer["devices"])
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [
        Finding("backend", "Keras backend", "ok", f"{answer['backend']} {version}"),
        Finding("backend", "devices", "ok", f"{devices}; {cores} CPU cores usable"),
    ]


def data_findings() -> list[Finding]:
    """Where each corpus would come from: the mirror, the cache, or a download at its first use.

    Files are looked for by name and size; their checksums are compared when they are used.

    Returns:
        one `Finding` for `COURSE_DATA`, one for the cache, one per corpus.

    Example:
        >>> [finding.name for finding in data_findings()][:2]
        ['COURSE_DATA', 'cache']
    """
    from course_lib.data import CORPORA, cache_folder

    mirror = os.environ.get("COURSE_DATA")
    if mirror and not Path(mirror).expanduser().is_dir():
        advice = "set it to an existing folder, or unset it"
        findings = [Finding("data", "COURSE_DATA", "problem", f"{mirror} is not a folder", advice)]
    else:
        findings = [Finding("data", "COURSE_DATA", "ok", mirror or "not set: no local mirror")]
    cache = cache_folder()
    above = next(folder for folder in (cache, *cache.absolute().parents) if folder.exists())
    writable = os.access(above, os.W_OK)
    advice = "" if writable else "set COURSE_CACHE to a folder that can be written"
    findings.append(Finding("data", "cache", "ok" if writable else "note", str(cache), advice))
    folders = {"mirror": Path(mirror).expanduser() if mirror else None, "cache": cache}
    for corpus in CORPORA.values():
        places = [_place_of(file, folders) for file in corpus.files.values()]
        present = [place for place in places if place]
        if len(present) == len(places):
            state, detail = "ok", f"present ({' and '.join(sorted(set(present)))})"
        else:
            sizes = [
                file.size for file, place in zip(corpus.files.values(), places, strict=True) if not place
            ]
            known = sum(size for size in sizes if size)
            amount = f"{known / 1e6:.1f} MB" if all(sizes) else "size unknown"
            state, detail = "note", f"{len(present)} of {len(places)} files; the rest at first use ({amount})"
        findings.append(Finding("data", corpus.name, state, detail))
    return findings


def sandbox_findings() -> list[Finding]:
    """The strongest isolation that other people's code can get here, tried out, not guessed.

    Returns:
        one `Finding`: bubblewrap, else a separate user, else limits only.

    Example:
        >>> sandbox_findings()[0].name
        'sandbox'
    """
    from course_lib.grading.sandbox.isolation import Bubblewrap, strongest

    tier, reasons = strongest()
    if tier is Bubblewrap:
        return [Finding("grading", "sandbox", "ok", f"{tier.name}: {tier.detail}")]
    detail = f"{tier.name}: {tier.detail} ({'; '.join(reasons)})"
    advice = "for grading other people's code, install bubblewrap (Linux) and allow user namespaces"
    return [Finding("grading", "sandbox", "note", detail, advice + "; your own exercises need nothing more")]


def add_arguments(parser) -> None:
    """`course doctor` takes no arguments."""


def main(arguments=None) -> int:
    """Prints the whole report.

    Returns:
        0 when the course can be worked through here, 1 when a problem stands in the way.
    """
    problems = 0
    area = None
    for examine in (version_findings, backend_findings, data_findings, sandbox_findings):
        try:
            findings = examine()
        except Exception as error:  # one broken part must not hide the others
            where = examine.__name__.removesuffix("_findings")
            findings = [Finding(where, where, "problem", f"{type(error).__name__}: {error}")]
        for finding in findings:
            if finding.area != area:
                area = finding.area
                print(f"\n{area}")
            print(finding, flush=True)
            problems += finding.state == "problem"
    plural = "" if problems == 1 else "s"
    print(f"\n{problems} problem{plural}: see the arrows above." if problems else "\nReady.")
    return 1 if problems else 0


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _place_of(file, folders: dict[str, Path | None]) -> str | None:
    for place, folder in folders.items():
        path = folder / file.corpus / file.name if folder else None
        if path and path.is_file() and file.size in (None, path.stat().st_size):
            return place
    return None
