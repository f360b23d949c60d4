"""Exercises and their judging: `check(fn)`, `hint(name)`, `failing_case(name)`, `solution(name)` in a sheet.

A check has two halves. The *probe* (`worker/probe.py`) runs beside the answer: values in, values out. The
*judge* (`judging/`, with a verdict per exercise in `checks/`) draws the inputs, knows the reference and names
the mistake; no learner's code ever runs in it. An exercise is known by the name of its function or class.

| folder | what is in it |
|---|---|
| `checks/NN_topic/` | points, hints and texts of mistakes of a sheet, and a verdict per exercise |
| `worker/` | what runs beside the answer, and all that a submission can see |
| `sandbox/` | starts the worker, holds it to its limits, shields the rest of the machine from it |
| `judging/` | the half that knows the right answer |
| `questions/` | short questions at the ends of sections, and their judging |
| `practice/` | for a learner: feedback in a notebook and on files, progress |
| `classroom/` | for a class: submissions, marks, reports |
| `commands/` | `course check`, `course grade` … |

How to add an exercise, in four files
-------------------------------------
`course new exercise NAME --sheet NN_topic` writes them; what is left to do in each is marked `FILL IN`.

1. `solutions/<sheet>.py` (jupytext percent): a markdown cell that starts with a heading (task, equation,
   shapes), a code cell with ONE function or class, typed-out docstring, its body between `# BEGIN SOLUTION`
   and `# END SOLUTION`, then a cell `check(my_exercise)`. Then run `course build`. (The line with points and
   minutes is put under the heading by the build; do not write it.)
2. `course_lib/grading/checks/<sheet>/hints_and_mistakes.toml`: one `[[exercise]]` table with `name`,
   `points`, `minutes`, `difficulty` (1 to 3), `prerequisites` (names of exercises), `hints` (at least three,
   each giving more away), `disallowed_calls` (optional: dotted names that do what it asks to write) and one
   `[exercise.mistakes.<mistake_id>]` with `message` (names the mistake) and `hint` (what to look at) per
   mistake, and where it is to earn a share of the points, `credit` (above 0, below 1). Their order decides
   when several match: put the most specific first.
3. `course_lib/grading/checks/<sheet>/<name>.py`, which imports NumPy only:

   - `draw(generator) -> list of dicts`: the keyword arguments of each call; at least four cases, from
     `numpy.random.Generator` alone, prime sizes, small and large scales, and one case small enough to read.
     Values: NumPy arrays (floats reach the answer as float32 tensors, integers as int32, booleans as bool),
     also inside lists, tuples and dicts; Python numbers, strings, None, lists, tuples, dicts and sets of them
     stay what they are.
   - `reference(**arguments) -> value`: the right answer, in NumPy float64 (float arrays arrive as float64,
     already rounded to float32, so both halves see the same numbers). An array, a number, a string, or a
     tuple, list, dict or set of them.
   - `MISTAKES: dict[mistake_id, function or tuple of functions]`: each a re-enactment `function(**arguments)
     -> value` of what a learner with that misconception computes. It must equal the answer on *every* case to
     match (several functions: any one of them). Where it raises, the answer must raise. It must differ from
     `reference` somewhere.
   - `SYMPTOMS: dict[mistake_id, predicate]` (optional), for mistakes that have no one value:
     `predicate(arguments, received, expected) -> bool`, which must hold on every *failing* case; `received`
     is the answer's value in NumPy or a `Failure` with `.kind` (e.g. "raised") and `.message`.
   - `CONDITIONS: dict[words, predicate(arguments)]`: what the text promises or a wrong program could trip
     over (a mask with holes, a row that keeps nothing); each must hold for some case, whatever the seed.
   - `TOLERANCE` (optional, default 5e-5): allowed error relative to each number and to the largest of its
     array.

   Each id of the TOML is in exactly one of `MISTAKES` and `SYMPTOMS`. What matches none is
   described from its behaviour (`judging/descriptions/`), or gets a generic diagnosis
   (`worker/generic_diagnoses.py`). A boolean or integer result must come back as booleans or
   integers.
   For a class, each case is `{"config": {...}, "weights": {name: array}, "inputs": {...}}`: the probe builds
   `answer(**config)`, calls it once, sets the weights by variable name (`"kernel"`, `"query/kernel"`), and
   returns `layer(**inputs)`; `reference` and re-enactments take the same three arguments.
4. `tests/mutants/<sheet>/<name>.py`: at least six public functions (or classes), one per mistake id and
   named after it, with the signature of the exercise, written with Keras as a learner would write them.

Beside these, `tests/right_answers/<sheet>/<name>.py` keeps right answers in other styles, which must
pass, and `tests/wrong_answers/<sheet>/<name>.py` further wrong ones: `ID__DETAIL` makes a listed mistake in
another way, any other name makes one that is not listed, and must be told none that is.

`pytest tests/repo/test_exercises.py -k <name>` proves that the four files agree: the blank fails as not
attempted, the solution passes, and every mutant is rejected with its own diagnosis.
"""

from course_lib.grading.judging.exercise import (
    Exercise,
    UnknownExercise,
    find_exercise,
    load_exercises,
    load_sheets,
)
from course_lib.grading.judging.judge import draw_cases, judge
from course_lib.grading.judging.verdict import Verdict
from course_lib.grading.practice.failing_case import failing_case
from course_lib.grading.practice.notebook import answer, check, hint, solution

__all__ = [
    "Exercise",
    "UnknownExercise",
    "Verdict",
    "answer",
    "check",
    "draw_cases",
    "failing_case",
    "find_exercise",
    "hint",
    "judge",
    "load_exercises",
    "load_sheets",
    "solution",
]
