"""Templates, where escaping and tidying are the rule and not a thing to remember."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course_lib.grading.classroom.reports.files import student_file_name
from course_lib.grading.classroom.reports.text import tidy, tidy_line
from course_lib.grading.judging.verdict import COLOURS

MOST_LINES_OF_CODE = 150


def render(template, **values):
    """Fills a template of this package.

    Args:
        template: name of a file in `templates`.
        **values: what it refers to. Every string is tidied and escaped on its way out, `Markup` excepted.

    Returns:
        HTML text.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment():
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_tidied,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": tidy_line,
        "points": "{:g}".format,
        "prose": prose,
        "python": python,
        "moment": moment,
        "duration": duration,
        "file_name": student_file_name,
    }
    environment.globals["COLOURS"] = COLOURS
    return environment


def _tidied(value):
    return tidy(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def prose(text):
    """Escapes text and sets what stands between backticks as code.

    Example:
        >>> prose("Use `a < b`.")
        Markup('Use <code>a &lt; b</code>.')
    """
    return Markup(re.sub("`([^`\n]*)`", r"<code>\1</code>", str(escape(tidy(text)))))


def python(code):
    """Escapes Python code and gives each kind of token a class of its own, for colours.

    Example:
        >>> python("x < ä")
        Markup('<span class="n">x</span> <span class="o">&lt;</span> <span class="n">ä</span>')
    """
    shown = tidy(code, most_lines=MOST_LINES_OF_CODE)
    return Markup(highlight(shown, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).rstrip("\n"))


def moment(text):
    """An ISO 8601 time as people write it; any other text as it is.

    Example:
        >>> moment("2026-03-01T23:59:00+01:00"), moment("Monday")
        ('1 March 2026, 23:59 (UTC+01:00)', 'Monday')
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return tidy_line(text)
    zone = f" ({time.tzname()})" if time.tzinfo else ""
    return f"{time.day} {time:%B %Y, %H:%M}{zone}"


def duration(seconds):
    """Seconds in words.

    Example:
        >>> duration(0.02), duration(3.14), duration(200)
        ('under 0.1 s', '3.1 s', '3 min 20 s')
    """
    if seconds < 0.1:
        return "under 0.1 s"
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
