"""How much an answer may use, and how large the sheet it stands in may be."""

from dataclasses import dataclass

SHEET_BYTES = 20 * 2**20


@dataclass(frozen=True)
class Limits:
    """What one exercise may use, all of its cases together."""

    seconds: float = 30.0
    memory_bytes: int = 3 * 2**30
    output_bytes: int = 2**20
    file_bytes: int = 64 * 2**20
    processes: int = 8
