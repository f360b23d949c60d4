"""Results of the benchmarks, which take too long for a chapter."""

import json
from pathlib import Path

RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"


def stored_result(name: str) -> dict:
    """What a benchmark has stored.

    Args:
        name: of the file in `benchmarks/results`, without ".json".

    Returns:
        the content; an empty dict where nothing has been measured yet.

    Example:
        >>> stored_result("never_measured")
        {}

    Taught in: notebooks/03_attention
    """
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
