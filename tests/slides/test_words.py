"""Markdown on slides: what is shown, what is said, formulas, links and tables."""

import pytest

from course_lib.authoring.slides.blocks import HEIGHT
from course_lib.authoring.slides.words import (
    MOST_WORDS,
    formula_block,
    printed_block,
    table_blocks,
    without_links,
    words_of,
)


def shown(text):
    return " ".join(block.html for block in words_of(text).blocks)


def test_of_running_text_the_beginning_is_shown_and_the_rest_is_said():
    text = "\n\n".join(["word " * 40] * 3)
    words = words_of(f"## 3.1 Title\n\n{text}")
    assert words.heading == "3.1 Title" and words.level == 2
    assert len(words.blocks) == 1 and len(words.said) == 2
    assert 40 <= MOST_WORDS < 80


def test_what_is_set_off_is_always_shown():
    text = (
        "word " * 100
        + "\n\nMore.\n\n* one\n* two\n\n| a |\n|---|\n| b |\n\n> Predict.\n\n$$ x $$\n\nA list:\n\n1. first"
    )
    html = shown(text)
    for part in ("<li>one</li>", "<td>b</td>", "<blockquote>", "<math", "first", "A list:"):
        assert part in html
    assert "More." not in html


def test_below_the_mark_is_for_the_speaker():
    words = words_of("Shown.\n\n<!-- notes -->\n\n* said")
    assert "said" not in " ".join(block.html for block in words.blocks)
    assert "said" in words.said[0]


@pytest.mark.parametrize(
    "text, left",
    [
        ("[`dot`] and [text][dot_page].\n\n[`dot`]: a.ipynb\n[dot_page]: b.md", "`dot` and text."),
        ("[a page](../a.ipynb#cell-id=b), [one](https://x.org)", "a page, one"),
        ("$\\tanh(W [c_t; h_t])$", "$\\tanh(W [c_t; h_t])$"),
        ("$$ [a; b](c) $$", "$$ [a; b](c) $$"),
        ("`keys[:, None](x)` and [MASK]", "`keys[:, None](x)` and [MASK]"),
    ],
)
def test_links_become_words_and_brackets_of_formulas_stay(text, left):
    assert without_links(text) == left


def test_brackets_of_a_formula_are_drawn():
    html = shown(r"$$ h = \tanh(W [c_t; h_t]) $$")
    assert "&#x0005B;" in html or "[" in html.replace("[c_t", "")


def test_aligned_formulas_are_rows_of_a_table():
    html = formula_block(r"$$ \begin{aligned} a &= b \\ c &= d \end{aligned} $$").html
    assert html.count("<mtr>") == 2
    assert "aligned" not in html.replace(r"\begin{aligned}", "").replace(r"\end{aligned}", "")
    assert "\\" not in html.split("<annotation")[0]


def test_a_wide_formula_is_taken_apart_but_not_inside_an_environment():
    wide = r",\qquad ".join(["f(a, b, c, d, e, f, g)"] * 5)
    assert formula_block(f"$$ {wide} $$").html.count("<math") == 5
    cases = rf"\begin{{cases}} {wide} \end{{cases}}"
    assert formula_block(f"$$ {cases} $$").html.count("<math") == 1


def test_a_long_table_goes_on_under_the_same_heads():
    parts = table_blocks("| head | b |\n|---|---|\n" + "| x | y |\n" * 25)
    assert [part.html.count(">head<") for part in parts] == [1] * len(parts)
    assert sum(part.html.count("<td>x") for part in parts) == 25
    assert all(part.height <= HEIGHT for part in parts)


def test_of_long_prints_the_beginning_is_shown():
    html = printed_block("\n".join(map(str, range(50)))).html
    assert "…" in html and "\n14\n" in html and "\n16\n" not in html
