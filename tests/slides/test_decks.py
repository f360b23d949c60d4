"""Decks: which slides there are, in which order, and with what beside them."""

import re

import pytest

from course_lib.authoring.slides import build
from course_lib.authoring.slides.blocks import HEIGHT, Block
from course_lib.authoring.slides.cells import Cell
from course_lib.authoring.slides.deck import Slide, deck_of
from course_lib.authoring.slides.pages import pages_of
from course_lib.authoring.slides.words import words_of


def cell(text, kind):
    return Cell(kind, words_of(text), source=text)


def test_sections_slides_and_fragments():
    slides = deck_of(
        [
            cell("# 1 · Title\n\nQuestion?", "slide"),
            cell("## 1.1 One\n\nText.", "slide"),
            cell("More.", "subslide"),
            cell("And more.", "fragment"),
            cell("In the notebook.", ""),
        ]
    )
    assert [(slide.heading, slide.level) for slide in slides] == [
        ("1 · Title", 1),
        ("1.1 One", 2),
        ("1.1 One", 3),
    ]
    assert [block.html for block in slides[2].blocks] == ["<p>More.</p>", "<p>And more.</p>"]


def test_a_heading_alone_becomes_that_of_the_next_slide():
    slides = deck_of([cell("# T\n\nQ", "slide"), cell("### Results", "slide"), cell("Seven.", "subslide")])
    assert [(slide.heading, slide.level) for slide in slides] == [("T", 1), ("Results", 2)]


def test_a_notebook_without_slides_is_refused():
    with pytest.raises(ValueError, match="Expected cells with a slide type"):
        deck_of([cell("# Title", "")])


def test_pages_keep_order_and_what_belongs_together():
    blocks = [Block(str(number), 90, keeps_next=number % 3 == 0) for number in range(20)]
    pages = pages_of(blocks)
    assert [block for page in pages for block in page] == blocks
    assert not any(page[-1].keeps_next for page in pages[:-1])
    assert all(sum(block.height for block in page) <= HEIGHT for page in pages)


def test_the_deck_has_a_list_of_its_sections():
    html = build.deck_html([Slide("1", 1, []), Slide("A", 2, []), Slide("B", 3, []), Slide("C", 2, [])])
    assert re.findall(r'<a href="#/(section-\d)">(.)</a>', html) == [("section-1", "A"), ("section-2", "C")]
    assert html.count('id="section-') == 3


def test_notes_are_for_the_speaker_alone():
    slides = [Slide("1", 1, [], "<h4>Say</h4>x")]
    assert '<aside class="notes"><h4>Say</h4>x</aside>' in build.deck_html(slides)
    assert "Say" not in build.handout_html(slides)


def test_three_slides_on_a_page_of_the_handout():
    html = build.handout_html([Slide(str(number), 2, []) for number in range(7)])
    assert [page.count('class="row"') for page in html.split('class="page"')[1:]] == [3, 3, 1]


def test_without_the_packages_a_command_is_named(monkeypatch, capsys):
    monkeypatch.setattr(build, "find_spec", lambda name: None if name == "sphinx_revealjs" else name)
    assert build.build_all_slides(["01"]) == 1
    assert "sphinx_revealjs: pip install -e '.[site]' -c requirements.lock" in capsys.readouterr().out


def test_what_a_deck_needs_lies_beside_it(decks):
    folder = decks[0].parent
    for path in (*decks, folder / "index.html"):
        for name in re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', path.read_text(encoding="utf-8")):
            assert (folder / name).exists(), (path.name, name)


def test_every_deck_is_complete(decks):
    for path in decks:
        html = path.read_text(encoding="utf-8")
        assert html.count("<section") > 20
        assert '<section class="contents">' in html
        assert html.count("<math") >= 3 and "$$" not in html
        assert not re.search(r"<mi>\\|<mo>\\", html), path.name  # what the converter does not know
