"""An exercise answered in Chromium, every other host refused."""

import json
from operator import methodcaller

import pytest
from support.course_web import ENDLESS, HEAD, IGNORED, NAME, QUESTION, RIGHT, SHEET

from course_lib.grading.practice.progress import Progress
from course_lib.grading.questions import judge

JUDGED = 30_000


@pytest.fixture
def tab(browser, web):
    """Opens a page of the course as a learner does, and notes what it asks for and what goes wrong in it."""
    contexts = []

    def opened(path, **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}))
        page = contexts[-1].new_page()
        page.requests, page.errors = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(web.address)
        page.wait_for_url(f"{web.origin}/")
        page.goto(f"{web.origin}/{path}")
        page.wait_for_selector(".answers-here", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()


def box(page):
    return page.locator(f'.exercise[data-exercise="{NAME}"]')


def question(page):
    return page.locator(f'.question[data-question="{QUESTION}"]')


def shown(page):
    """The text in the editor."""
    return box(page).locator(".CodeMirror").evaluate("place => place.CodeMirror.getValue()")


def put(page, text):
    """Types an answer in place of what is there."""
    box(page).locator(".CodeMirror").evaluate("(place, text) => place.CodeMirror.setValue(text)", text)


def check(page, text):
    """Presses Check; returns the words of the verdict."""
    put(page, text)
    box(page).get_by_role("button", name="Check").click()
    verdict = box(page).locator(".verdict")
    verdict.wait_for(timeout=JUDGED)
    return verdict.inner_text()


def change_sheet(web, text):
    """Changes the answer as Jupyter would."""
    path = web.folder / "exercises" / f"{SHEET}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [one for one in notebook["cells"] if "".join(one["source"]).startswith(HEAD)]
    cell["source"] = text
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_an_exercise_from_a_wrong_answer_to_a_pass(tab, web):
    page = tab(f"chapters/{SHEET}.html")
    assert "raise NotImplementedError" in box(page).locator(".CodeMirror").inner_text()
    assert "Masked keys still receive weight" in check(page, IGNORED)
    assert IGNORED in web.answers()
    box(page).get_by_role("button", name="Hint").click()
    hint = box(page).locator(".exercise-hints li")
    hint.wait_for()
    assert hint.count() == 1 and len(hint.inner_text()) > 20
    assert "passed" in check(page, RIGHT)
    box(page).get_by_text("✓ passed").wait_for()
    assert "1 of 8 passed" in page.locator(".course-progress").inner_text()
    assert RIGHT in web.answers()
    assert "Next:" in box(page).locator(".exercise-verdict").inner_text()
    sheet = tab(f"exercises/{SHEET}.html")
    assert shown(sheet) == RIGHT
    assert box(sheet).get_by_text("✓ passed").is_visible()
    foreign = [url for url in page.requests + sheet.requests if not url.startswith((web.origin, "data:"))]
    assert not foreign and not page.errors and not sheet.errors


def test_an_endless_loop_is_told(tab):
    assert "no end after 3 seconds" in check(tab(f"exercises/{SHEET}.html"), ENDLESS)


def test_it_can_be_used_by_keyboard_alone(tab, web):
    page = tab(f"exercises/{SHEET}.html")
    area = box(page).locator(".CodeMirror textarea")
    area.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(HEAD)
    page.keyboard.type("return ops.softmax(scores, axis=-1)")
    page.keyboard.press("Control+Enter")
    box(page).locator(".verdict").wait_for(timeout=JUDGED)
    assert any(answer.startswith(f"{HEAD}    return ops.softmax") for answer in web.answers())
    area.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"


def test_stop_ends_a_judging_by_keyboard_and_says_so(tab, web):
    page = tab(f"exercises/{SHEET}.html")
    stop = box(page).get_by_role("button", name="Stop")
    assert stop.count() == 0  # nothing is being judged
    put(page, ENDLESS)
    box(page).locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+Enter")
    stop.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Stop"
    page.keyboard.press("Enter")
    box(page).get_by_text("Stopped: there is no verdict, and nothing was counted.").wait_for()
    assert stop.count() == 0 and box(page).locator(".verdict").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Check"
    assert ENDLESS in web.answers() and not (web.folder / ".course" / "progress.json").exists()
    assert "passed" in check(page, RIGHT) and not page.errors


def test_back_to_the_blank_asks_first_and_can_be_undone(tab, web):
    page, asked = tab(f"exercises/{SHEET}.html"), []
    blank, back = shown(page), box(page).get_by_role("button", name="Back to the blank")
    assert "raise NotImplementedError" in blank and back.is_disabled()
    put(page, IGNORED)
    kept = box(page).get_by_text("Kept in")
    kept.wait_for()
    for answer in ("dismiss", "accept"):
        act = methodcaller(answer)
        page.once("dialog", lambda dialog, act=act: asked.append(dialog.message) or act(dialog))
        back.focus()
        page.keyboard.press("Enter")
        assert shown(page) == (IGNORED if answer == "dismiss" else blank)
    assert len(asked) == 2 and "Ctrl+Z" in asked[0] and back.is_disabled()
    kept.wait_for()
    assert blank in web.answers() and IGNORED not in web.answers()
    page.keyboard.press("Control+Z")
    assert shown(page) == IGNORED and back.is_enabled()
    kept.wait_for()
    assert IGNORED in web.answers()


def test_a_change_in_jupyter_is_taken_over_or_told(tab, web):
    page = tab(f"exercises/{SHEET}.html")
    change_sheet(web, IGNORED)
    page.evaluate("dispatchEvent(new Event('focus'))")
    box(page).get_by_text("which has changed").wait_for()
    assert "ops.softmax(scores" in box(page).locator(".CodeMirror").inner_text()
    change_sheet(web, ENDLESS)
    put(page, RIGHT)
    conflict = box(page).locator(".exercise-conflict")
    conflict.wait_for()
    assert "while True" in conflict.inner_text() and ENDLESS in web.answers()
    conflict.get_by_role("button", name="Keep what is here").click()
    box(page).get_by_text(f"Kept in exercises/{SHEET}.ipynb").wait_for()
    assert RIGHT in web.answers() and conflict.is_hidden()


def test_a_question_is_answered_by_keyboard_and_kept(tab, web):
    page = tab(f"chapters/{SHEET}.html")
    asked = question(page)
    assert asked.get_by_role("radio").count() == 4 and not asked.locator("details").first.is_visible()
    asked.get_by_role("button", name="Answer").click()
    asked.get_by_text("Choose an answer first.").wait_for()
    asked.get_by_role("radio").first.focus()
    for key in ("Space", "Tab", "Enter"):
        page.keyboard.press(key)
    reason = asked.locator(".verdict")
    reason.wait_for()
    assert "Then all of the attention lies on padding" in reason.inner_text()
    assert "A score of 0 is a score like any other" not in asked.inner_text()
    assert reason.locator("a").get_attribute("href") == "#section-3-4"
    page.keyboard.press("Shift+Tab")
    for _ in "bcd":
        page.keyboard.press("ArrowDown")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    asked.get_by_text("✓ right").wait_for()
    assert "A score of 0 is a score like any other" in reason.inner_text()
    assert "1 of 3 questions" in page.locator(".course-progress").inner_text()
    assert Progress(web.folder / ".course" / "progress.json").of_question(QUESTION)["passed"]
    again = tab(f"exercises/{SHEET}.html")
    assert question(again).get_by_role("radio", checked=True).get_attribute("value") == "d"
    assert question(again).get_by_text("✓ right").is_visible()
    assert not page.errors and not again.errors


def test_an_answer_given_in_the_terminal_is_taken_over_or_told(tab, web):
    page = tab(f"exercises/{SHEET}.html")
    asked, kept = question(page), Progress(web.folder / ".course" / "progress.json")
    chosen = asked.get_by_role("radio", checked=True)
    kept.answer(judge(QUESTION, "a"))
    page.evaluate("dispatchEvent(new Event('focus'))")
    asked.get_by_text("which has changed").wait_for()
    assert chosen.get_attribute("value") == "a"
    kept.answer(judge(QUESTION, "b"))
    asked.get_by_role("radio").nth(2).check()
    asked.get_by_role("button", name="Answer").click()
    conflict = asked.locator(".exercise-conflict")
    conflict.wait_for()
    assert "b) The mask was multiplied" in conflict.inner_text()
    assert kept.of_question(QUESTION)["chosen"] == "b"
    conflict.get_by_role("button", name="Take that answer").click()
    assert conflict.is_hidden() and chosen.get_attribute("value") == "b"
    kept.answer(judge(QUESTION, "a"))
    asked.get_by_role("radio").nth(3).check()
    page.evaluate("dispatchEvent(new Event('focus'))")
    conflict.get_by_role("button", name="Keep what is here").click()
    asked.get_by_text("✓ right").wait_for()
    assert kept.of_question(QUESTION) == {"chosen": "d", "passed": True}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_too_wide_and_axe_finds_nothing_serious(tab, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    viewport = {"width": width, "height": 900}
    page = tab(f"exercises/{SHEET}.html", color_scheme=scheme, viewport=viewport)
    check(page, IGNORED)
    box(page).get_by_role("button", name="Hint").click()
    box(page).locator(".exercise-hints li").wait_for()
    question(page).get_by_role("radio").first.check()
    question(page).get_by_role("button", name="Answer").click()
    question(page).locator(".verdict").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    options = {"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]}
    page.add_style_tag(content="* { transition: none !important; }")  # colours half-way are nobody's
    page.wait_for_function("document.getAnimations().length === 0")
    put(page, ENDLESS)
    box(page).get_by_role("button", name="Check").click()
    box(page).get_by_role("button", name="Stop").wait_for()
    for part in (f'[data-exercise="{NAME}"]', f'[data-question="{QUESTION}"]'):
        found = axe.run(page, context=part, options=options).response["violations"]
        serious = [
            (rule["id"], rule["help"], [node["html"][:160] for node in rule["nodes"][:3]])
            for rule in found
            if rule["impact"] in ("serious", "critical")
        ]
        assert not serious


def test_without_javascript_the_page_can_be_read(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "chapters" / f"{SHEET}.html").as_uri())
    assert "start course web" in box(page).inner_text() and not box(page).locator("button").count()
    assert "raise NotImplementedError" in box(page).locator(".blank").text_content()
    answers = question(page).locator("details.answer")
    assert answers.count() == 4 and answers.first.is_visible() and not question(page).locator("input").count()
    context.close()
