"""Every slide in Chromium at 1280 by 720, from files, with no network: nothing is cut, nobody is asked."""

from pathlib import Path

import pytest

from course_lib.authoring.slides.blocks import Block
from course_lib.authoring.slides.build import deck_html, filled, write_files
from course_lib.authoring.slides.deck import Slide

FIT = (Path(__file__).parent / "fit.js").read_text(encoding="utf-8")
FONT = "document.fonts.load('20px \"STIX Two Math\"').then((faces) => faces.length)"
PRINTED = """() => [...document.querySelectorAll(".slide")].filter(
    (slide) => slide.scrollHeight > 720 || slide.scrollWidth > 1280
).map((slide) => slide.innerText.slice(0, 60))"""


def opened(page, path):
    page.goto(path.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    assert page.evaluate(FONT)  # loaded before anything is measured
    return page


def faults_of(page, path):
    return opened(page, path).evaluate(FIT)


def test_every_slide_of_every_deck_fits(decks, page):
    faults = {path.stem: found for path in decks if (found := faults_of(page, path))}
    assert not faults
    assert not [url for url in page.requests if not url.startswith(("file:", "data:", "blob:"))]
    assert not page.errors


@pytest.mark.parametrize("kind", [".handout.html", ".print.html"])
def test_every_slide_that_is_printed_fits(decks, page, kind):
    cut = []
    for path in decks:
        page.goto(path.with_suffix(kind).as_uri())
        cut += [f"{path.stem}: {slide}" for slide in page.evaluate(PRINTED)]
    assert not cut
    assert not page.errors


def deck_with(folder, *blocks):
    write_files(folder, {})
    path = folder / "99_made_up.html"
    slides = deck_html([Slide("Title", 1, []), Slide("Made up", 2, list(blocks))])
    path.write_text(filled("deck.html", title="Made up", slides=slides), encoding="utf-8")
    return path


FAULTS = {
    "too tall": ("<p>line</p>" * 20, "reaches down to"),
    "too wide": (
        '<table><tr><td><span style="white-space: nowrap">' + "wide " * 90 + "</span></td></tr></table>",
        "1280",
    ),
    "cut code": (f'<pre class="code"><code>{"x" * 140}</code></pre>', "is cut"),
    "long code": ('<pre class="code"><code>' + "a = 1\n" * 17 + "b = 1</code></pre>", "code of 18 lines"),
    "wide code": (f'<pre class="code"><code>{"x" * 73}</code></pre>', "code of 73 columns"),
    "no picture": ('<img src="files/none.png" alt="" width="10" height="10">', "not drawn"),
    "a fragment": ('<p class="fragment">more</p>' * 20, "fragment"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_slide_that_does_not_fit_is_seen(page, tmp_path, name):
    html, fault = FAULTS[name]
    assert fault in " ".join(faults_of(page, deck_with(tmp_path, Block(html, 10))))


def test_a_slide_that_fits_has_no_fault(page, tmp_path):
    code = '<pre class="code"><code>' + "a = 1\n" * 15 + "x" * 72 + "</code></pre>"
    assert faults_of(page, deck_with(tmp_path, Block(code, 10))) == []


def test_a_request_to_another_host_would_be_seen(page, tmp_path):
    opened(page, deck_with(tmp_path, Block('<img src="https://example.org/a.png" alt="">', 10)))
    page.wait_for_timeout(200)
    assert "https://example.org/a.png" in page.requests
    assert page.errors


def test_a_page_of_the_pdf_has_the_margins_of_a_slide(page, tmp_path):
    path = deck_with(tmp_path, Block("<p>Text</p>", 38))
    page.goto(f"{path.as_uri()}?print-pdf")
    page.wait_for_selector(".pdf-page section .body p")
    left = (
        "(part) => part.getBoundingClientRect().left - part.closest('.pdf-page').getBoundingClientRect().left"
    )
    assert page.eval_on_selector(".pdf-page section .body p", left) == 56


def test_the_speaker_sees_the_notes(decks, page):
    deck = next(path for path in decks if path.stem == "03_attention")
    opened(page, deck)
    with page.context.expect_page() as popup:
        page.keyboard.press("s")
    speaker = popup.value
    speaker.wait_for_selector(".speaker-controls-notes:not(.hidden) .value h4")
    heads = speaker.locator(".speaker-controls-notes .value h4").all_inner_texts()
    assert heads == ["Say", "Ask", "Expect", "Look out for"]
