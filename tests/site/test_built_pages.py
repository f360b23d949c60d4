"""The web edition as files: nothing is missing, nothing leads nowhere, nothing is loaded from elsewhere."""

import re

from support.site_pages import dead_links, read

from course_lib.authoring.folders import chapter_sources
from course_lib.authoring.site.public_names import FOLDERS, public_names
from course_lib.authoring.site.verdicts import question_box
from course_lib.grading.judging.exercise import load_sheets
from course_lib.grading.questions import load_questions

SENTENCE = 20  # characters, at least, that tell what a figure shows


def test_it_builds_without_a_warning(site):
    assert site.status == 0, site.output
    assert "WARNING" not in site.output


def test_every_chapter_has_its_page_and_its_files(site):
    for source in chapter_sources():
        assert f"chapters/{source.stem}.html" in site.pages
        links = read(site.pages[f"chapters/{source.stem}.html"]).links
        assert f"../exercises/{source.stem}.html" in links
        for kind in ("notebooks", "exercises"):
            assert f"../downloads/{kind}/{source.stem}.ipynb" in links


def test_every_exercise_is_there_with_hints_and_a_verdict(site):
    for sheet in load_sheets():
        path = site.pages[f"exercises/{sheet.name}.html"]
        text = path.read_text(encoding="utf-8")
        assert text.count('<div class="verdict"') == len(sheet.exercises)
        assert text.count('<details class="hint">') == sum(len(one.hints) for one in sheet.exercises)
        for exercise in sheet.exercises:
            assert f"exercise-{exercise.name}".lower().replace("_", "-") in read(path).anchors
            assert re.search(rf"{exercise.name}: not yet \(", text)


def test_every_exercise_has_its_place_in_the_chapter_and_on_the_sheet(site):
    for sheet in load_sheets():
        for kind in ("chapters", "exercises"):
            text = site.pages[f"{kind}/{sheet.name}.html"].read_text(encoding="utf-8")
            for exercise in sheet.exercises:
                assert text.count(f'data-exercise="{exercise.name}"') == 1, (kind, exercise.name)
            assert text.count("To answer here and be judged") == len(sheet.exercises)
            assert "answers/main.js" not in text  # `course web` puts it in


def test_every_question_has_its_place_in_the_chapter_and_on_the_sheet(site):
    for sheet in load_sheets():
        questions = load_questions(sheet.name)
        assert len(questions) == 3
        for kind in ("chapters", "exercises"):
            text = site.pages[f"{kind}/{sheet.name}.html"].read_text(encoding="utf-8")
            for question in questions:
                assert text.count(f'aria-label="Question {question.name}"') == 1, (kind, question.name)
                assert text.count(f'data-question="{question.name}"') == 1, (kind, question.name)
            assert text.count('<details class="answer">') == sum(len(one.answers) for one in questions)
        assert 'id="questions"' in text and text.rindex("data-exercise=") < text.index('id="questions"')


def test_a_chosen_answer_says_whether_it_is_right():
    question = load_questions("03_attention")[0]
    parts = question_box(question).split("<details")[1:]
    assert ["✓" in part for part in parts] == [answer.is_right for answer in question.answers]
    assert all(("✗" in part) != ("✓" in part) for part in parts)
    assert all("(#section-3-" in part for part in parts)


def test_a_sheet_leads_to_the_sections_and_back(site):
    for sheet in load_sheets():
        to_chapter = read(site.pages[f"exercises/{sheet.name}.html"]).links
        to_sheet = read(site.pages[f"chapters/{sheet.name}.html"]).links
        assert any(link.startswith(f"../chapters/{sheet.name}.html#section-") for link in to_chapter)
        for exercise in sheet.exercises:
            label = f"exercise-{exercise.name}".lower().replace("_", "-")
            assert f"../exercises/{sheet.name}.html#{label}" in to_sheet


def test_every_public_name_has_its_place(site):
    assert {public.package.split(".")[1] for public in public_names()} == set(FOLDERS)
    missing = [
        public.name
        for public in public_names()
        if f"{public.package}.{public.name}"
        not in read(site.pages[f"reference/{public.folder}.html"]).anchors
    ]
    assert not missing


def test_names_of_the_reference_are_the_library_s(site):
    import importlib

    for folder in FOLDERS:
        module = importlib.import_module(f"course_lib.{folder}")
        listed = [public.name for public in public_names() if public.package == f"course_lib.{folder}"]
        assert listed == module.__all__


def test_every_link_leads_somewhere(site):
    dead = {name: found for name, path in site.pages.items() if (found := dead_links(path, site.root))}
    assert not dead


def test_nothing_is_loaded_from_elsewhere(site):
    foreign = {
        name: found
        for name, path in site.pages.items()
        if (found := [load for load in read(path).loads if re.match(r"(?:[a-z]+:)?//", load)])
    }
    assert not foreign
    for path in site.root.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import\s+(?:url\()?['\"]?(?:https?:)?//|url\(['\"]?(?:https?:)?//", text), (
            path
        )


def test_every_figure_says_what_it_shows(site):
    silent = [
        (name, source)
        for name, path in site.pages.items()
        for source, words in read(path).alternatives
        if len(words) < SENTENCE
    ]
    assert not silent


def test_formulas_are_drawn_and_no_tex_is_left(site):
    raw = re.compile(r"\$[^$\d][^$]*\$|\\(?:frac|mathrm|sum|sqrt|begin|text)\b")
    for name, path in site.pages.items():
        page = read(path)
        assert not (found := raw.search(" ".join(page.prose))), (name, found)
        assert not [part for part in page.formulas if "\\" in part], name
    assert len(read(site.pages["chapters/03_attention.html"]).formulas) > 50


def test_no_link_to_a_server_where_the_course_has_no_address(site):
    from course_lib.authoring.site.hosted import repository_address

    text = site.pages["chapters/03_attention.html"].read_text(encoding="utf-8")
    assert ("colab.research" in text) == bool(repository_address())
