import json
import runpy
from pathlib import Path

import pytest

from course_lib.data import DownloadError, TranslationBatches, load_multi30k

ROOT = Path(__file__).parents[3]


def stored():
    return json.loads((ROOT / "benchmarks" / "results" / "pipelines.json").read_text(encoding="utf-8"))


def test_docstring_states_the_measured_shares():
    for share in stored()["padding_share"].values():
        assert f"{100 * share:.1f} %" in TranslationBatches.__doc__


def test_stored_shares_are_those_of_this_code(monkeypatch):
    def refuse(entry, destination, **options):
        raise DownloadError(f"tests do not download: {entry.url}")

    monkeypatch.setattr("course_lib.data.corpora.cache.download", refuse)
    try:
        pairs = load_multi30k("train")
    except DownloadError:
        pytest.skip("multi30k is not at hand: set COURSE_DATA to a mirror")
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "pipelines.py"))
    sources, targets = (benchmark["word_ids"](column) for column in zip(*pairs, strict=True))
    shares, distinct_shapes = benchmark["padding_shares"](sources, targets)
    assert {name: round(share, 4) for name, share in shares.items()} == stored()["padding_share"]
    assert distinct_shapes == stored()["bucketed_shapes"]
