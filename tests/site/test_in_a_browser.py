"""The web edition in Chromium, every other host refused: requests, widths, search, axe's findings."""

import pytest

WIDTHS = (1280, 390)
KINDS = (
    "index.html",
    "chapters/03_attention.html",
    "exercises/03_attention.html",
    "reference/layers/attention.html",
    "glossary.html",
    "teaching.html",
    "search.html",
)


@pytest.fixture
def page(browser):
    """A fresh page that notes what it asks for, and what goes wrong in it."""
    context = browser.new_context(color_scheme="light")
    opened = context.new_page()
    opened.requests, opened.errors = [], []
    opened.on("request", lambda request: opened.requests.append(request.url))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    context.close()


def test_no_page_asks_another_host_or_is_wider_than_the_window(site, address, page):
    wide = []
    for name in site.pages:
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        page.goto(f"{address}/{name}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
                wide.append((name, width, found))
    assert not wide
    assert not [url for url in page.requests if not url.startswith((address, "data:", "blob:"))]
    assert not page.errors


def test_a_request_to_another_host_would_be_seen(address, page):
    page.goto(f"{address}/index.html")
    page.evaluate("fetch('https://example.org/').catch(() => 0)")
    assert "https://example.org/" in page.requests


@pytest.mark.parametrize("words, found", [("causal mask", "causal_mask"), ("perplexity", "Language models")])
def test_the_search_finds(address, page, words, found):
    page.goto(f"{address}/search.html?q={words.replace(' ', '+')}")
    page.wait_for_selector("#search-results li a", timeout=60_000)
    page.wait_for_function(f"document.querySelector('#search-results').innerText.includes({found!r})")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_serious(address, browser, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/{name}")
    page.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
    page.add_style_tag(content="* { transition: none !important; }")  # colours half-way are nobody's
    page.wait_for_function("document.getAnimations().length === 0")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "best-practice"], "resultTypes": ["violations"]}
    found = axe.run(page, options=rules).response["violations"]
    context.close()
    serious = [
        (rule["id"], [(node["html"][:160], node["failureSummary"]) for node in rule["nodes"][:3]])
        for rule in found
        if rule["impact"] in ("serious", "critical") or rule["id"] == "heading-order"
    ]
    assert not serious


def test_a_page_can_be_used_by_keyboard(address, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}/exercises/03_attention.html")
    page.keyboard.press("Tab")
    assert "main-content" in page.evaluate("document.activeElement.outerHTML")  # skip to main content
    hint = page.locator("details.hint summary").first
    hint.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('details.hint').open")
