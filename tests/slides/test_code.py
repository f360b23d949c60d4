"""Code on slides: which of it, how wide, and where it is divided."""

import ast

import nbformat.v4 as v4
import pytest

from course_lib.authoring.slides.cells import read_cells
from course_lib.authoring.slides.code import code_block, continued, narrowed, parts_of
from course_lib.authoring.slides.shown_code import (
    definitions,
    with_comments_above,
    without_leftovers,
    without_reports,
)

TAG = {"slideshow": {"slide_type": "subslide"}}


def code_on_slides(source, prints="", **tags):
    outputs = [v4.new_output("stream", name="stdout", text=prints)] if prints else []
    cell = v4.new_code_cell(
        source, outputs=outputs, metadata={"slideshow": {"slide_type": "subslide", **tags}}
    )
    return [block.html for block in read_cells([cell])[0].code]


def test_narrow_code_is_the_same_code():
    source = "loss = some_function(first_argument, second=[1, 2, 3], third=another_function(4, 5))  # (B, T)"
    (narrow,) = narrowed([source], 40)
    assert max(map(len, narrow.split("\n"))) <= 40
    assert ast.dump(ast.parse(narrow)) == ast.dump(ast.parse(source))
    assert narrow.startswith("# (B, T)\n")


def test_what_is_no_python_is_left():
    assert narrowed(["%timeit f(x)", "a  =  1"]) == ["%timeit f(x)", "a = 1"]


@pytest.mark.parametrize("columns", [23, 40, 72])
def test_no_line_stays_too_long(columns):
    code = f'def f():\n    # {"word " * 40}\n    say(f"{"word " * 40}")\n    x = "{"x" * 200}"'
    lines = continued(code, columns).split("\n")
    assert max(map(len, lines)) <= columns
    together = "".join(line.split("↪ ")[-1].strip() for line in lines if "#" not in line)
    assert together.count("x" * 200) == 1


def test_code_is_divided_between_statements_and_nothing_is_lost():
    code = "\n".join(f"def f{n}(x):\n    y = x + {n}\n    return y\n" for n in range(9))
    parts = parts_of(code, 16)
    assert [part.count("\n") < 16 for part in parts] == [True] * len(parts)
    assert all(part.startswith("def f") for part in parts)
    assert "".join("\n".join(parts).split()) == "".join(code.split())


def test_one_long_statement_is_divided_where_it_must_be():
    code = "a = [\n" + "    1,\n" * 30 + "]"
    assert [part.count("\n") + 1 for part in parts_of(code, 16)] == [16, 16]


def test_a_comment_stays_above_its_statement():
    code = "a = 1\n" * 3 + "# about b\nb = 2\n"
    assert parts_of(code, 4) == ["a = 1\na = 1\na = 1", "# about b\nb = 2"]


def test_reports_are_left_out():
    code = "loss = f(x)\nrows = []\nfor a in loss:\n    rows.append([a])\ntable(['a'], rows)\nclaim(a, 'x')"
    assert without_reports(code) == "loss = f(x)"
    assert without_reports("for a in b:\n    c = f(a)\n    rows.append([c])\nd = 1") == "d = 1"
    assert without_reports("for a in b:\n    c = f(a)\n    train(c)") != ""
    assert without_reports("figure = curves({}, 'a', 'b')\nassert figure") == ""
    assert without_reports("if ready:\n    say('x')\nelse:\n    train(x)") != ""


def test_leftovers_go_when_nothing_uses_them():
    code = "runs = train(model)\nmean_loss = mean(run.loss for run in runs)\nbest = max(mean_loss, 1)"
    assert without_leftovers(code) == "runs = train(model)"
    assert without_leftovers("best = max(a, 1)\nf(best)") == "best = max(a, 1)\nf(best)"
    assert without_leftovers("model = Transformer(1)") == "model = Transformer(1)"


def test_definitions_keep_what_is_above_them():
    code = "a = 1\n\n\n# why\n@cache\ndef f():\n    return a\n\n\nprint(f())"
    assert definitions(code) == "# why\n@cache\ndef f():\n    return a"


def test_comments_move_up_only_where_the_line_is_too_long():
    assert with_comments_above("a = 1  # short", 20) == "a = 1  # short"
    assert with_comments_above("text = 'a # b'  # long", 15) == "# long\ntext = 'a # b'"


def test_a_cell_that_displays_shows_as_much_code_as_has_its_place():
    short, long = "x = f()\nprint(x)", "x = f(\n" + "    1,\n" * 16 + ")\n" + "y = g()\n" * 16
    assert len(code_on_slides(short, "7")) == 1
    assert code_on_slides(f"def g():\n    return 1\n\n\n{long}", "7")[0].count("\n") == 1
    assert code_on_slides(long, "7") == []
    assert len(code_on_slides(long)) == 2  # nothing is displayed: the code is what the slide is about


def test_the_source_may_choose_the_variant():
    code = "x = 1\n" * 20
    assert len(code_on_slides(code, "7", code="all")) == 2
    assert code_on_slides("x = 1", "7", code="none") == []


def test_colours_change_no_text():
    assert "&lt;" in code_block("a < b").html
    assert code_block("a < b", "no such language").html == '<pre class="code"><code>a &lt; b</code></pre>'
