"""Where results are kept, and how."""

import json
from pathlib import Path

from course_lib.files import write_whole

RESULTS = Path(__file__).parent / "results"


def read_record(path):
    """A stored record, or `None` if there is none yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def write_record(path, record):
    """Stores a record, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    write_whole(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    print(f"Wrote {path}")
