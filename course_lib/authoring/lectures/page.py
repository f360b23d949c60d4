"""`course lectures`: the plan as `docs/lectures.md`."""

from dataclasses import dataclass
from pathlib import Path

from course_lib.authoring.folders import chapter_sources, project_folder
from course_lib.authoring.lectures.choices import divided, left_out, within
from course_lib.authoring.lectures.sections import LONGEST_LIVE, WORDS_A_MINUTE, Section, sections_of
from course_lib.files import write_whole

LENGTHS = (50, 90)
WEEKS, DAYS = 14, 3
LAST_OF_THE_DAYS = 11  # from counting words to fine-tuning BERT
MINUTES_OF_A_DAY = 360
HEAD = f"""# Lectures

Written by `course lectures` from the slides; change the chapters, not this page. How to hand the course out
and mark it is in the [teaching guide](teaching.md).

**How minutes are counted.** A slide takes half a minute to take in; what is shown in sentences and what the
notes say is spoken at {WORDS_A_MINUTE} words a minute; a question that the notes ask takes a minute until
somebody has answered it. Each section is rounded up. Minutes of exercises are those of the sheets. Count
your own first lecture and compare: everybody has a pace.

**What to skip.** As little as brings a chapter down to 50 or to 90 minutes. A skipped minute counts twice
at the beginning of a chapter and once at its end, in between by its place, and twice that in a section with
exercises; the beginning, the first two sections, summary, exercises and what the chapter marks as core (in
bold type) stay, and a section is skipped with all its parts (…) or loses its last ones. What is skipped is
for reading, and its exercises come after that.
Where 50 minutes leave out more than a third of a chapter, two lectures are the better choice: there is a
line that says where to cut.

**What to run live.** With `COURSE_BUDGET=quick` in the environment all cells of a chapter together take a
minute or two on two cores, so any of them may be run in a lecture; its numbers are then rougher than
those on the slides. On the budget of the slides run cells of less than {LONGEST_LIVE} seconds; the tables
name the others, where the stored run kept the times of its cells. Some of these runs shared their machine
with other work: on a quiet one more cells are that short.
"""


@dataclass
class Chapter:
    """A chapter with what a plan needs of it."""

    name: str
    title: str
    sections: list[Section]

    @property
    def number(self) -> str:
        """As in its file's name, without a leading zero."""
        return str(int(self.name[:2]))

    @property
    def minutes(self) -> int:
        """Of all of it."""
        return sum(section.minutes for section in self.sections)

    def lecture(self, minutes: int) -> int:
        """What is left of so many minutes' lecture once sections are skipped."""
        return self.minutes - sum(section.minutes for section in left_out(self.sections, minutes))

    def exercises(self, minutes: int | None = None) -> list[str]:
        """Those of all sections, or of the sections that a lecture of so many minutes keeps."""
        skipped = left_out(self.sections, minutes) if minutes else []
        kept = [section for section in self.sections if section not in skipped]
        return [name for section in kept for name in section.exercises]


def read_chapters() -> list[Chapter]:
    """All chapters that are executed, measured."""
    from course_lib.authoring.slides.cells import read_cells
    from course_lib.authoring.slides.deck import deck_of, plain
    from course_lib.authoring.stored_notebooks import executed_with_notes

    chapters = []
    for source in chapter_sources():
        if not source.with_suffix(".ipynb").exists():
            continue
        notebook = executed_with_notes(source.with_suffix(".ipynb"))
        slides = deck_of(read_cells(notebook.cells))
        sections = sections_of(slides, notebook, source.stem)
        chapters.append(Chapter(source.stem, plain(slides[0].heading), sections))
    return chapters


def lecture_page(chapters: list[Chapter]) -> str:
    """The plan in Markdown.

    Args:
        chapters: as `read_chapters` gives them.

    Returns:
        the text of `docs/lectures.md`.
    """
    parts = [HEAD, _overview(chapters), _weeks(chapters), _days(chapters)]
    parts += map(_chapter, chapters)
    return "\n".join(parts).rstrip("\n") + "\n"


def _table(head, rows):
    lines = [" | ".join(row) for row in [head, ["---"] * len(head), *rows]]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _overview(chapters):
    rows = []
    for chapter in chapters:
        names = chapter.exercises()
        rows.append(
            [
                f"[{chapter.title}](#{_anchor(chapter)})",
                str(sum(section.slides for section in chapter.sections)),
                *(str(minutes) for minutes in (chapter.minutes, *map(chapter.lecture, LENGTHS))),
                f"{len(names)}, {sum(map(_minutes, names))} min",
            ]
        )
    head = ["chapter", "slides", "minutes, all of it", "in 50", "in 90", "exercises"]
    return f"## Overview\n\n{_table(head, rows)}"


def _weeks(chapters):
    sizes = [chapter.lecture(90) + sum(map(_minutes, chapter.exercises())) for chapter in chapters]
    rows = []
    for week, inside in enumerate(divided(sizes, WEEKS), start=1):
        several = [chapters[index] for index in inside]
        length = 90 if len(several) == 1 else 50
        names = [name for chapter in several for name in chapter.exercises()]
        rows.append(
            [
                str(week),
                "<br>".join(chapter.title for chapter in several),
                f"{len(several)} × {length} min",
                f"{_listed(names)} ({sum(map(_minutes, names))} min)",
            ]
        )
    head = ["week", "chapters", "lectures", "exercises to hand in"]
    return (
        f"## {WEEKS} weeks\n\nChapters in their order, divided so that the fullest week (lecture of 90 "
        "minutes and all exercises) is as light as it can be. A week of one chapter has a lecture of 90 "
        f"minutes, a week of several one of 50 for each.\n\n{_table(head, rows)}"
    )


def _days(chapters):
    chosen = [chapter for chapter in chapters if int(chapter.number) <= LAST_OF_THE_DAYS]
    lectures = [chapter.lecture(50) for chapter in chosen]
    each = (DAYS * MINUTES_OF_A_DAY - sum(lectures)) // max(len(chosen), 1)
    names = [within(chapter.exercises(50), each, _minutes, _difficulty) for chapter in chosen]
    sizes = [lecture + sum(map(_minutes, several)) for lecture, several in zip(lectures, names, strict=True)]
    rows = []
    for day, inside in enumerate(divided(sizes, DAYS), start=1):
        for index in inside:
            first = f"{day} ({sum(sizes[each] for each in inside)} min)" if index == inside[0] else ""
            work = f"{_listed(names[index])} ({sum(map(_minutes, names[index]))} min)"
            rows.append([first, chosen[index].title, f"{lectures[index]} min", work])
    return (
        f"## {DAYS} days\n\nAbout six hours a day: of chapters 1 to {LAST_OF_THE_DAYS} the lecture of 50 "
        f"minutes, and the easiest exercises of its sections that go into {each} minutes a chapter.\n\n"
        f"{_table(['day', 'chapter', 'lecture', 'exercises'], rows)}"
    )


def _chapter(chapter):
    kept_times = any(seconds is not None for section in chapter.sections for _, seconds in section.seconds)
    rows = []
    for section in chapter.sections:
        name = f"**{section.name}**" if section.is_core else section.name
        row = [name, str(section.slides), str(section.minutes), _with_minutes(section.exercises)]
        rows.append([*row, _live(section)] if kept_times else row)
    head = ["section", "slides", "minutes", "exercises"] + (["cells, live"] if kept_times else [])
    lines = [f"## {chapter.title}\n", _table(head, rows)]
    for minutes in LENGTHS:
        skipped = left_out(chapter.sections, minutes)
        later = [name for section in skipped for name in section.exercises]
        text = f"skip {'; '.join(section.name for section in skipped)}" if skipped else "skip nothing"
        if later:
            text += f"; after reading: {_listed(later)}"
        lines.append(f"* **{minutes} minutes** ({chapter.lecture(minutes)} used): {text}.")
    if 3 * chapter.lecture(LENGTHS[0]) < 2 * chapter.minutes:  # more than a third is left out
        first, second = divided([section.minutes for section in chapter.sections], 2)
        lines.append(
            f"* **Two lectures of {LENGTHS[0]} minutes**: to {chapter.sections[first[-1]].name}; "
            f"from {chapter.sections[second[0]].name}."
        )
    if not kept_times:
        lines.append("* Its stored run kept no times of cells: run it live on the quick budget.")
    return "\n".join(lines) + "\n"


def _live(section):
    short = [line for line, seconds in section.seconds if seconds is not None and seconds < LONGEST_LIVE]
    long = [
        f"`{line}` ({seconds:.0f} s)"
        for line, seconds in section.seconds
        if seconds is not None and seconds >= LONGEST_LIVE
    ]
    return f"{len(short)} of {len(section.seconds)}" + (f"; not {', '.join(long)}" if long else "")


def _with_minutes(names):
    return ", ".join(f"`{name}` ({_minutes(name)} min)" for name in names)


def _listed(names):
    return ", ".join(f"`{name}`" for name in names) if names else "none"


def _minutes(name):
    return _exercises()[name].minutes


def _difficulty(name):
    return _exercises()[name].difficulty


def _exercises():
    from course_lib.grading.judging.exercise import load_exercises

    return load_exercises()


def _anchor(chapter):
    """As GitHub and Sphinx make it of the heading."""
    kept = "".join(sign for sign in chapter.title.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def plan_path() -> Path:
    """Where the plan is.

    Example:
        >>> plan_path().name
        'lectures.md'
    """
    return project_folder() / "docs" / "lectures.md"


def add_arguments(parser) -> None:
    """`course lectures` takes no arguments."""


def main(arguments) -> int:
    """Runs `course lectures`."""
    from course_lib.authoring.slides.build import NEEDED, missing_packages

    if missing := missing_packages():
        print(NEEDED.format(", ".join(missing)))
        return 1
    write_whole(plan_path(), lecture_page(read_chapters()))
    print(plan_path().relative_to(project_folder()))
    return 0
