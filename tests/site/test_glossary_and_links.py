"""Terms stand in the chapters they name; links to servers come from one setting."""

import json
import re
from pathlib import Path

import pytest

from course_lib.authoring.site.glossary import terms
from course_lib.authoring.site.hosted import hosted_links

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("term", terms(), ids=lambda term: term["english"].replace(" ", "-"))
def test_a_term_is_met_in_the_chapter_that_it_names(term):
    text = (ROOT / "notebooks" / f"{term['chapter']}.py").read_text(encoding="utf-8")
    prose = " ".join(line.lstrip("# ") for line in text.splitlines() if line.startswith("#"))
    assert term["english"].lower() in prose.lower()
    assert re.fullmatch(r"[一-鿿]+", term["chinese"])
    assert term["words"].endswith(".")


def test_there_are_terms_of_every_chapter_and_none_twice():
    names = [term["english"].lower() for term in terms()]
    assert len(names) == len(set(names)) >= 60
    assert {term["chapter"] for term in terms()} == {path.stem for path in (ROOT / "notebooks").glob("*.py")}


def test_links_to_servers_come_from_one_address():
    links = hosted_links("https://github.com/someone/course", "notebooks/03_attention.ipynb")
    assert set(links) == {"Colab", "Binder", "Codespaces"}
    assert all("someone/course" in link for link in links.values())
    for other in ("", "https://example.org/someone/course"):
        assert hosted_links(other, "notebooks/03_attention.ipynb") == {}


def test_what_servers_need_is_there():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert "requirements.lock" in container["postCreateCommand"]
    assert "requirements.lock" in (ROOT / "binder" / "postBuild").read_text(encoding="utf-8")
    assert (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").startswith("python-3.1")
