"""`course new`: the files of a new chapter or exercise, all of them or none."""

import sys

from course_lib.authoring.folders import project_folder
from course_lib.authoring.scaffolds import (
    FILL_IN,
    ScaffoldError,
    new_chapter,
    new_exercise,
    places_to_fill_in,
    write_all,
)


def add_arguments(parser):
    """The options of `course new`."""
    kinds = parser.add_subparsers(dest="kind", required=True)
    chapter = kinds.add_parser("chapter", help="a chapter and its sheet of exercises, still empty")
    chapter.add_argument("name", help="e.g. 09_word_pieces")
    exercise = kinds.add_parser("exercise", help="an exercise, the last of its sheet")
    exercise.add_argument("name", help="name of the function it asks for, e.g. masked_softmax")
    exercise.add_argument("--sheet", required=True, help="e.g. 09_word_pieces")


def main(arguments):
    """Writes the files and says what is to be filled in."""
    try:
        root = project_folder()
        if arguments.kind == "chapter":
            files = new_chapter(arguments.name, root)
        else:
            files = new_exercise(arguments.name, arguments.sheet, root)
        write_all(files, root)
    except (ScaffoldError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    counts = places_to_fill_in(files)
    for name in files:
        print(f"  {name}" + (f": {counts[name]} × {FILL_IN}" if name in counts else ""))
    print(f"Replace every {FILL_IN}; until then the tests of the course fail.")
    if arguments.kind == "chapter":
        print(f"Next: course new exercise NAME --sheet {arguments.name}")
        print(f"Then: course build && course notebooks {arguments.name} --budget quick --check")
    else:
        print(f"Then: course build && pytest tests/repo/test_exercises.py -k {arguments.name}")
    return 0
