"""The `course` command: one table of subcommands, each in a module that is imported when it is asked for.

A module offers `add_arguments(parser)` and `main(arguments) -> int`, the exit status. Adding a subcommand is
adding a line to `COMMANDS`.
"""

import argparse
import difflib
import importlib
import os
import sys

from course_lib.backend import backend_problem

# name: (module, what it does)
COMMANDS = {
    "start": ("course_lib.tour", "a tour of a minute or two: attention learns, an exercise is judged"),
    "doctor": ("course_lib.doctor", "what is installed, what is missing, and what to do about it"),
    "lab": ("course_lib.lab", "open the chapters in JupyterLab"),
    "web": ("course_lib.web.command", "read the course and answer its exercises in the browser"),
    "list": ("course_lib.grading.commands.list", "all exercises, their points, and where you stand"),
    "check": ("course_lib.grading.commands.check", "judge your answers"),
    "watch": ("course_lib.grading.commands.watch", "judge the exercise at hand whenever you save its sheet"),
    "ask": ("course_lib.grading.commands.ask", "short questions to a chapter, judged at once"),
    "hint": ("course_lib.grading.commands.hint", "the next hint for an exercise"),
    "solution": ("course_lib.grading.commands.solution", "our solution of an exercise, once yours passed"),
    "reset": (
        "course_lib.authoring.reset",
        "put an exercise or a sheet back to blank, keeping a copy",
    ),
    "progress": ("course_lib.grading.commands.progress", "how far you are"),
    "grade": ("course_lib.grading.commands.grade", "instructors: mark a folder of submissions"),
    "grade-one": ("course_lib.grading.commands.grade_one", "instructors: mark one submission"),
    "marks": ("course_lib.grading.commands.marks", "instructors: marks for Canvas, Moodle or Gradescope"),
    "export": ("course_lib.authoring.export", "instructors: a bundle for learners, Gradescope or Otter"),
    "similarity": (
        "course_lib.grading.commands.similarity",
        "instructors: submissions that share unusual code",
    ),
    "new": ("course_lib.authoring.new", "authors: the files of a new chapter or exercise, to be filled in"),
    "build": ("course_lib.authoring.exercises", "authors: make the exercise sheets from the solutions"),
    "notebooks": ("course_lib.authoring.notebooks", "authors: execute the chapters, or bring in new text"),
    "slides": ("course_lib.authoring.slides", "authors: make slides of the executed chapters"),
    "lectures": (
        "course_lib.authoring.lectures.page",
        "authors: write the plan of lectures, docs/lectures.md",
    ),
    "site": ("course_lib.authoring.site.build", "authors: make the web edition of the executed chapters"),
}
WITH_KERAS = ("start", "lab", "web", "check", "watch", "grade", "grade-one", "notebooks", "site")


def usage():
    """The overview that `course` and `course --help` print."""
    width = max(map(len, COMMANDS))
    lines = ["usage: course COMMAND [options]", ""]
    lines += [f"  {name:<{width}}  {words}" for name, (_, words) in COMMANDS.items()]
    return "\n".join([*lines, "", "`course COMMAND --help` tells more about one of them."])


def main(argv=None):
    """Runs one subcommand and returns its exit status."""
    argv = sys.argv[1:] if argv is None else list(argv)
    if not argv or argv[0] in ("-h", "--help"):
        print(usage())
        return 0
    if argv[0] == "--version":
        from course_lib import __version__

        print(f"course {__version__}")
        return 0
    if argv[0] not in COMMANDS:
        near = difflib.get_close_matches(argv[0], COMMANDS, n=1)
        advice = f" Did you mean `course {near[0]}`?" if near else ""
        print(f"course: there is no command {argv[0]!r}.{advice}\n\n{usage()}", file=sys.stderr)
        return 2
    module_name, words = COMMANDS[argv[0]]
    module = importlib.import_module(module_name)
    parser = argparse.ArgumentParser(prog=f"course {argv[0]}", description=words[0].upper() + words[1:] + ".")
    module.add_arguments(parser)
    arguments = parser.parse_args(argv[1:])
    if argv[0] in WITH_KERAS and (problem := backend_problem()):
        print(f"Keras cannot start: {problem[0]}. What to do: {problem[1]}.", file=sys.stderr)
        return 2
    try:
        return module.main(arguments)
    except KeyboardInterrupt:
        print()
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


if __name__ == "__main__":
    sys.exit(main())
