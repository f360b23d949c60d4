"""The plan of lectures: current, within its minutes, and complete."""

import re

import nbformat.v4
import pytest

from course_lib.authoring.folders import project_folder
from course_lib.authoring.lectures.choices import divided, left_out, within
from course_lib.authoring.lectures.page import DAYS, LENGTHS, WEEKS, lecture_page, plan_path, read_chapters
from course_lib.authoring.lectures.sections import Section, seconds_of_cells, sections_of
from course_lib.authoring.slides.build import missing_packages
from course_lib.authoring.slides.cells import read_cells
from course_lib.authoring.slides.deck import Slide, deck_of
from course_lib.grading.judging.exercise import load_sheets


@pytest.fixture(scope="module")
def chapters():
    if missing := missing_packages():
        pytest.skip(f"the extra `site` is not installed: {', '.join(missing)}")
    return read_chapters()


def test_the_plan_is_what_the_slides_give(chapters):
    written = plan_path().read_text(encoding="utf-8")
    assert written == lecture_page(chapters), "run `course lectures`"


def test_the_teaching_guide_leads_to_it():
    assert "(lectures.md)" in (project_folder() / "docs" / "teaching.md").read_text(encoding="utf-8")


def test_every_lecture_fits(chapters):
    for chapter in chapters:
        assert all(chapter.lecture(minutes) <= minutes for minutes in LENGTHS), chapter.name


def test_a_chapter_of_which_fifty_minutes_leave_out_a_third_says_where_to_cut_it_in_two(chapters):
    """As the page promises."""
    parts = lecture_page(chapters).split("\n## ")
    for chapter in chapters:
        (part,) = (part for part in parts if part.startswith(chapter.title))
        assert ("**Two lectures" in part) == (chapter.lecture(50) * 3 < chapter.minutes * 2), chapter.name


def test_every_exercise_belongs_to_a_section(chapters):
    sheets = {sheet.name: {exercise.name for exercise in sheet.exercises} for sheet in load_sheets()}
    assert {chapter.name: set(chapter.exercises()) for chapter in chapters} == sheets


def test_every_chapter_has_its_week_and_its_day_in_order(chapters):
    page = lecture_page(chapters)
    weeks = page.split(f"## {WEEKS} weeks")[1].split(f"## {DAYS} days")[0]
    places = [weeks.index(chapter.title) for chapter in chapters]
    assert places == sorted(places)
    assert len(re.findall(r"^\| \d+ \|", weeks, re.MULTILINE)) == min(WEEKS, len(chapters))
    days = page.split(f"## {DAYS} days")[1].split("\n## ")[0]
    assert len(re.findall(r"^\| \d \(\d+ min\)", days, re.MULTILINE)) == DAYS


def section(number, minutes, *exercises, **more):
    made = Section(number, more.pop("title", "T"), questions=minutes - 1, slides=2, **more)
    made.exercises = list(exercises)
    assert made.minutes == minutes
    return made


def test_nothing_is_skipped_without_need():
    assert left_out([section(str(number), 10) for number in range(5)], 50) == []


def test_sections_with_exercises_and_earlier_ones_stay_longer():
    numbers = ["", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6"]
    sections = [section(number, 10, *(["x"] if number == "9.5" else [])) for number in numbers]
    sections[-1].title = "Summary"
    assert [each.number for each in left_out(sections, 60)] == ["9.4"]
    assert [each.number for each in left_out(sections, 50)] == ["9.3", "9.4"]


def test_a_section_is_skipped_with_its_parts_or_loses_the_last():
    sections = [section(number, 10) for number in ("", "9.1", "9.2", "9.3")]
    sections += [section("9.3", 10, is_part=True), section("9.3", 10, is_part=True), section("9.4", 10)]
    sections[-1].title = "Summary"
    chosen = left_out(sections, 50)
    assert [each.is_part for each in chosen] == [True, True]
    assert [each.is_part for each in left_out(sections, 40)] == [False, True, True]


def test_what_is_core_stays():
    sections = [section(number, 10) for number in ("", "9.1", "9.2", "9.3", "9.4", "9.5")]
    assert [each.number for each in left_out(sections, 50)] == ["9.5"]
    sections[-1].is_core = True
    assert [each.number for each in left_out(sections, 50)] == ["9.4"]
    sections[4:5] = [section("9.4", 5), section("9.4", 5, is_part=True, is_core=True)]
    assert [each.number for each in left_out(sections, 50)] == ["9.3"]


def test_a_mark_in_the_source_makes_a_section_core():
    slides = {"slide_type": "slide"}
    cells = [
        nbformat.v4.new_markdown_cell(f"## {heading}\n\nText.", metadata={"slideshow": {**slides, **mark}})
        for heading, mark in (("9 A", {}), ("9.1 B", {"lecture": "core"}), ("9.2 C", {}))
    ]
    sections = sections_of(deck_of(read_cells(cells)), nbformat.v4.new_notebook(cells=cells), "09_a")
    assert [each.is_core for each in sections] == [False, True, False]


def test_no_lecture_leaves_out_what_a_chapter_is_about(chapters):
    core = {each.number: each.name for chapter in chapters for each in chapter.sections if each.is_core}
    assert {"2.4", "4.6", "6.7", "15.7", "16.4"} <= core.keys()
    for chapter in chapters:
        for minutes in LENGTHS:
            assert not any(each.is_core for each in left_out(chapter.sections, minutes)), chapter.name


def test_minutes_follow_the_rule():
    notes = "<h4>Say</h4>" + "word " * 130 + "<h4>Ask</h4>Why?<h4>Expect</h4>" + "word " * 500
    slides = [Slide("9 · A", 1, []), Slide("9.1 B", 2, [], notes), Slide("9.1 B", 3, [], notes, True)]
    import nbformat.v4 as v4

    first, second = sections_of(slides, v4.new_notebook(), "09_a")
    assert (first.minutes, second.minutes) == (1, 3)  # two slides, a minute of words, a question


def test_times_of_cells_are_used_only_when_all_are_there():
    import nbformat.v4 as v4

    cells = [v4.new_code_cell("a()"), v4.new_code_cell("b()")]
    stored = v4.new_notebook(cells=cells, metadata={"course": {"cell_seconds": [1.0]}})
    assert seconds_of_cells(stored) == [None, None]


@pytest.mark.parametrize("parts", [1, 2, 3, 9])
def test_weeks_follow_each_other_and_none_is_lost(parts):
    sizes = [7, 3, 11, 2, 5, 13]
    found = divided(sizes, parts)
    assert [index for part in found for index in part] == list(range(6))
    assert len(found) == min(parts, 6)


def test_the_easiest_exercises_are_taken_first():
    minutes, difficulty = {"a": 30, "b": 10, "c": 15}, {"a": 1, "b": 3, "c": 2}
    assert within(["a", "b", "c"], 45, minutes.get, difficulty.get) == ["a", "c"]
    assert within(["a"], 10, minutes.get, difficulty.get) == ["a"]
