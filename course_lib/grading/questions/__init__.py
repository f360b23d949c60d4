"""Short questions at the ends of sections: three a chapter, several answers, a reason to every wrong one.

They stand in `NN_topic.toml` beside this file, one file a chapter, and nowhere else. The sheet that
`course build` makes shows them at its end, `course ask` asks them in the terminal, `course web` in
its pages; each keeps the answer in the learner's progress. They earn no points.

A question is one table:

    [[question]]
    name = "too_good_perplexity"        # its own in the whole course
    section = "1.1"                     # after which it is asked, and which shows what is right
    right = "b"                         # the right letter, or letters: "bd"
    text = "…"

    [[question.answer]]                 # a, b, c, d in this order
    text = "…"
    reason = "…"                        # why it is wrong (or right), and what was measured
    see = "1.3"                         # where that is shown, if not in the question's own section

A wrong answer is a misconception that people have. Its reason quotes what the chapter measured:
`tests/grading/questions` looks the numbers up in the executed chapter.
"""

from course_lib.grading.questions.judgement import Judgement, Remark, judge
from course_lib.grading.questions.question import (
    Answer,
    Question,
    UnknownQuestion,
    find_question,
    load_questions,
)

__all__ = [
    "Answer",
    "Judgement",
    "Question",
    "Remark",
    "UnknownQuestion",
    "find_question",
    "judge",
    "load_questions",
]
