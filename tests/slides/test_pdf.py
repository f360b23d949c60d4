"""Decks and handouts as PDF."""

import re

import pytest
from support.browser import program_of_chromium

from course_lib.authoring.slides import build
from course_lib.authoring.slides.blocks import Block
from course_lib.authoring.slides.deck import Slide
from course_lib.authoring.slides.pdf import print_deck, print_pdf


def sheets_of(path):
    """Width and height of each page in points."""
    boxes = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", path.read_bytes(), re.DOTALL)
    return [(float(width), float(height)) for width, height in boxes]


def test_a_slide_a_page_and_three_in_the_handout(tmp_path):
    program = program_of_chromium()
    slides = [
        Slide(f"Slide {n}", 2, [Block("<p>Text</p>", 38), Block('<p class="fragment">x</p>', 38)])
        for n in range(4)
    ]
    build.write_files(tmp_path, {})
    build.write_pages(tmp_path / "99_short.print.html", "Short", "print.css", build.print_html(slides))
    build.write_pages(tmp_path / "99_short.handout.html", "Short", "handout.css", build.handout_html(slides))
    deck, handout = print_deck(tmp_path / "99_short.html", program)
    assert len(sheets_of(deck)) == 4
    assert all(width / height == pytest.approx(16 / 9, rel=0.01) for width, height in sheets_of(deck))
    assert len(sheets_of(handout)) == 2
    assert all(width / height == pytest.approx(210 / 297, rel=0.01) for width, height in sheets_of(handout))


def test_without_a_browser_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(build, "find_chromium", lambda: None)
    assert build.build_all_slides(["01"], is_printed=True) == 1
    assert "apt-get install chromium" in capsys.readouterr().out


def test_a_browser_that_prints_nothing_is_an_error(tmp_path):
    with pytest.raises(RuntimeError, match="printed no a.pdf"):
        print_pdf(tmp_path / "a.html", tmp_path / "a.pdf", "true")
