"""What a check says: passed or not, which mistake, what to look at next, and the smallest failing case."""

import html
import re
from dataclasses import asdict, dataclass, field

from course_lib.grading.judging.example import Example

COLOURS = {"passed": "#1a7f5a", "blank": "#6b7280", "not yet": "#b4540a"}
SIGNS = {"passed": "✓", "blank": "○", "not yet": "✗"}


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check.

    Attributes:
        exercise: name of the exercise.
        passed: whether every case was right.
        points: points earned: all of `possible`, or what the credit of the mistake leaves of them.
        possible: points the exercise is worth.
        diagnosis: id of the mistake, or None when passed.
        message: what is wrong, in a sentence or two.
        hint: what to look at next.
        seed: seed of the random cases; `check(…, seed=…)` draws the same ones.
        num_cases: number of cases tried.
        example: the smallest case that shows the mistake, when there is one to show.
        notes: remarks that do not change the verdict, e.g. that the name is defined twice.

    In a notebook a verdict shows itself as a box; `print(verdict)` gives plain text.
    """

    exercise: str
    passed: bool
    points: float
    possible: int
    diagnosis: str | None
    message: str
    hint: str
    seed: int
    num_cases: int
    example: Example | None = None
    notes: tuple[str, ...] = field(default=())

    def as_dict(self):
        """The verdict as plain data, ready for JSON."""
        return asdict(self)

    @property
    def outcome(self):
        """In one word or two: "passed", "blank", "not yet"."""
        if self.passed:
            return "passed"
        return "blank" if self.diagnosis == "not_attempted" else "not yet"

    @property
    def sign(self):
        """The outcome as a sign."""
        return SIGNS[self.outcome]

    @property
    def headline(self):
        """The first line: sign, name, outcome, points."""
        return f"{self.sign} {self.exercise}: {self.outcome} ({self.points:g} of {self.possible} points)"

    def __str__(self):
        lines = [self.headline, f"  {self.message}"]
        if self.hint:
            lines.append(f"  Look at: {self.hint}")
        lines += [f"  Note: {note}" for note in self.notes]
        if self.example:
            lines.append("  The smallest case that shows it:")
            width = max(len(label) for label, _ in self.example.lines())
            for label, text in self.example.lines():
                lines += [
                    f"    {label if not number else '':<{width}}  {line}"
                    for number, line in enumerate(text.split("\n"))
                ]
        if self.example:
            command = f"course check {self.exercise} --seed {self.seed} --case"
            lines.append(f"  The whole case, as Python: {command}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self):
        colour = COLOURS[self.outcome]
        parts = [
            f'<div style="border-left:5px solid {colour};padding:.5em .9em;margin:.3em 0;line-height:1.45">',
            f'<div style="color:{colour};font-weight:600">{html.escape(self.headline)}</div>',
            f"<div>{_inline(self.message)}</div>",
        ]
        if self.hint:
            parts.append(f'<div style="margin-top:.4em"><b>Look at:</b> {_inline(self.hint)}</div>')
        parts += [f'<div style="margin-top:.4em"><b>Note:</b> {_inline(note)}</div>' for note in self.notes]
        if self.example:
            rows = "".join(
                '<tr><td style="text-align:left;vertical-align:top;padding-right:1em">'
                f"<code>{html.escape(label)}</code></td>"
                f'<td style="text-align:left"><pre style="margin:0">{html.escape(text)}</pre></td></tr>'
                for label, text in self.example.lines()
            )
            parts.append(
                '<details open style="margin-top:.4em"><summary>The smallest case that shows it</summary>'
                f'<table style="margin:.3em 0">{rows}</table>'
                f"<small>As variables: <code>case = failing_case({self.exercise!r})</code>. These cases "
                f"again: <code>check({self.exercise}, seed={self.seed})</code>.</small></details>"
            )
        return "".join([*parts, "</div>"])


def _inline(text):
    """Escapes text and sets what stands between backticks as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text))
