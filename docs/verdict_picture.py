"""The README's picture of a verdict, as a terminal shows it: `python docs/verdict_picture.py`."""

import io
import re
from pathlib import Path

from keras import ops
from rich.console import Console
from rich.text import Text

from course_lib.files import write_whole
from course_lib.grading import check

PICTURE = Path(__file__).parent / "images" / "verdict.svg"
ANSWER = """\
def masked_softmax(scores, mask):
    return ops.softmax(scores, axis=-1) * ops.cast(mask, scores.dtype)
"""


def picture():
    """The picture as SVG text: a wrong answer, and what the judge says to it."""
    scope = {"ops": ops}
    exec(ANSWER, scope)
    verdict = check(scope["masked_softmax"], seed=7)
    head, _, rest = str(verdict).partition("\n")
    console = Console(record=True, width=102, file=io.StringIO())
    console.print(Text(ANSWER, style="dim"))
    console.print(Text(head, style="bold dark_orange"))
    console.print(Text(rest))
    svg = console.export_svg(title="course check masked_softmax", unique_id="verdict")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # nothing from elsewhere


if __name__ == "__main__":
    write_whole(PICTURE, picture())
    print(f"docs/images/{PICTURE.name}: {PICTURE.stat().st_size:,} bytes")
