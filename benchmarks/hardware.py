"""What a figure was measured on."""

import os
import platform
from importlib import metadata
from pathlib import Path


def describe_machine():
    """Processor, cores, memory and the versions that matter, as a dict that JSON can hold."""
    import keras

    packages = ("keras", "tensorflow", "jax", "torch", "numpy", "sacrebleu", "tokenizers")
    return {
        "processor": processor_name(),
        "cores": os.cpu_count(),
        "memory_gib": memory_gib(),
        "system": platform.system(),
        "python": platform.python_version(),
        "backend": keras.config.backend(),
        "versions": {name: version for name in packages if (version := installed_version(name))},
    }


def machine_in_words(machine):
    """The processor of a described machine, as tables name it."""
    return f"{machine['cores']} cores of {machine['processor']}"


def installed_version(package):
    """The version of a package, or None where it is not installed, as TensorFlow beside some GPUs."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def processor_name():
    """The processor as Linux names it; elsewhere what Python knows."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def memory_gib():
    """Installed memory in GiB, or None where the system does not tell."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError, AttributeError):
        return None
