"""The diagnoses that any exercise can meet beside its own mistakes: their ids, words and rank, in one table.

The worker reports some of them, the sandbox others, and the judge the rest; none knows an exercise.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GenericDiagnosis:
    """One diagnosis; in its texts `{words}` is what was observed and `{name}` the exercise.

    Attributes:
        id: what it is known by in verdicts and records.
        label: a few words for the page of a class.
        message: what is wrong.
        hint: what to look at next.
        is_failure: whether a call that gave no value can report it.
        is_decisive: whether it ended the run before there was anything to compare, whatever other cases did.
        is_final: whether a case that shows it speaks for all the cases after it.
        shows_case: whether a case says more than the message does.
    """

    id: str
    label: str
    message: str
    hint: str
    is_failure: bool = True
    is_decisive: bool = False
    is_final: bool = False
    shows_case: bool = True


# In the order in which they are looked for among the failing cases.
_TABLE = (
    GenericDiagnosis(
        "not_found",
        "not defined in what was handed in",
        "{words}",
        "Keep the name of the function or class exactly as the sheet gives it.",
        is_decisive=True,
        shows_case=False,
    ),
    GenericDiagnosis(
        "sheet_failed",
        "the sheet stopped before it",
        "{words}",
        "Run the sheet from the top in a fresh kernel and mend the first error.",
        is_decisive=True,
        shows_case=False,
    ),
    GenericDiagnosis(
        "not_attempted",
        "left blank",
        "This one is still blank.",
        "Replace `raise NotImplementedError` by your code. `hint({name!r})` gives a first push.",
        is_decisive=True,
        is_final=True,
        shows_case=False,
    ),
    GenericDiagnosis(
        "time_out",
        "took too long",
        "Stopped: {words}",
        "Is there a loop that never ends, or one that could be an array operation?",
        is_decisive=True,
    ),
    GenericDiagnosis(
        "too_much_memory",
        "took too much memory",
        "Stopped: {words}",
        "Which array is larger than its shapes say it must be?",
        is_decisive=True,
        is_final=True,
    ),
    GenericDiagnosis(
        "too_much_output",
        "printed too much",
        "Stopped: {words}",
        "Take the `print` out of the loop.",
        is_decisive=True,
    ),
    GenericDiagnosis(
        "stopped",
        "ended the program it ran in",
        "{words}",
        "An answer returns its value; it does not end the program it runs in.",
        is_decisive=True,
    ),
    GenericDiagnosis(
        "wrong_weights",
        "weights of other names or shapes",
        "{words}",
        "Give every weight the name and the shape that the docstring gives it: `self.add_weight(name=…)`.",
        is_decisive=True,
        is_final=True,
        shows_case=False,
    ),
    GenericDiagnosis(
        "raised",
        "raised an exception",
        "Your code raised {words}",
        "Call it yourself on the case below and read the whole traceback.",
    ),
    GenericDiagnosis(
        "mutated_input",
        "changed its own argument",
        "Your code changed its own argument `{words}`: whoever called it finds other data afterwards.",
        "Work on a copy.",
    ),
    GenericDiagnosis(
        "returned_none",
        "returned None",
        "Your function returned None: the value was computed but not handed back.",
        "Is there a `return` on every path?",
        is_failure=False,
    ),
    GenericDiagnosis(
        "wrong_type",
        "a result of the wrong kind",
        "The result is of the wrong kind. {words}",
        "Compare what you return with the `Returns` section of the docstring.",
    ),
    GenericDiagnosis(
        "wrong_shape",
        "a result of the wrong shape",
        "The result has the wrong shape. {words}",
        "Write the shape of every intermediate value as a comment, and find the line where it goes astray.",
    ),
    GenericDiagnosis(
        "not_finite",
        "NaN or infinity in the result",
        "{words}",
        "Which logarithm, division or exponential can leave the range of floats?",
        is_failure=False,
    ),
    GenericDiagnosis(
        "described_mistake",
        "wrong values, and what is known of them",
        "The shape is right, but the values are not. {words}",
        "Work the case below by hand and compare line by line.",
        is_failure=False,
    ),
    GenericDiagnosis(
        "unknown_mistake",
        "wrong values, of no mistake we know",
        "The shape is right, but the values are not, and they are not those of a mistake we know. {words}",
        "Work the case below by hand and compare line by line.",
        is_failure=False,
    ),
)
GENERIC_DIAGNOSES = {diagnosis.id: diagnosis for diagnosis in _TABLE}
