"""Figures hold the data they were given, in the right places, with text that can be read."""

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.image
import nbformat
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from nbclient import NotebookClient

from course_lib.plots import (
    CourseFigure,
    attention_heatmap,
    attention_heatmaps,
    bars_with_intervals,
    bleu_by_length_plot,
    curves,
    ladder_plot,
    mask_image,
    scatter_words,
)
from course_lib.plots.style import COLOURS

SOURCE = ["ein", "kleiner", "Hund", "läuft", "schnell", "durch", "den", "Garten", "[END]"]
TARGET = ["a", "small", "dog", "runs", "through", "the", "garden"]
WEIGHTS = np.random.default_rng(0).dirichlet(np.ones(9), 7)
GOLD = {(0, 0), (1, 1), (2, 2), (7, 6)}


def buckets(offset):
    rows = [(1, 6, 41, 30.0), (6, 11, 29, 24.0), (11, 16, 0, float("nan")), (16, float("inf"), 3, 11.0)]
    return [SimpleNamespace(low=a, high=b, count=n, bleu=bleu + offset) for a, b, n, bleu in rows]


def samples():
    x = np.arange(1, 12)
    return {
        "heatmap": attention_heatmap(WEIGHTS, SOURCE, TARGET, gold=GOLD, title="Additive score"),
        "long heatmap": attention_heatmap(
            np.eye(23), [f"Quelle{i}" for i in range(23)], [f"target{i}" for i in range(23)]
        ),
        "short heatmap": attention_heatmap(np.eye(2), ["le", "chat"], ["the", "cat"], title="Two words"),
        "heatmaps": attention_heatmaps(
            [WEIGHTS] * 3, SOURCE, TARGET, ["dot", "scaled dot", "additive"], gold=GOLD
        ),
        "curves": curves(
            {"none": (x, 3 / x), "dot": (x, 2 / x, 1 / x, 3 / x)}, "epoch", "nats", reference={"entropy": 0.2}
        ),
        "many curves": curves({f"system {k}": (x, k / x) for k in range(1, 8)}, "epoch", "loss", log_y=True),
        "curves by doublings": curves(
            {"ours": ([1, 2, 4, 8], [13.0, 24.0, 31.0, 36.0])}, "minutes", "BLEU", log_x=True
        ),
        "bars": bars_with_intervals(
            {
                name: (20.0, 18.0, 23.0)
                for name in ("none", "dot", "scaled dot", "multiplicative", "additive")
            },
            "BLEU",
        ),
        "many bars": bars_with_intervals(
            {f"a long system name {i}": (0.2, 0.1, 0.3) for i in range(6)}, "error"
        ),
        "bars of a long measure": bars_with_intervals(
            {f"a long system name {i}": (1.62, 1.5, 1.7) for i in range(6)},
            "one hidden word, nats above the floor of the language",
        ),
        "curves whose marks are close together": curves(
            {
                f"width {width}, a label as long as they come here": (
                    [500, 4000, 32000, 50000],
                    [width, 9, 4, 2],
                )
                for width in (16, 32, 64, 96, 128)
            },
            "steps",
            "nats above the floor",
            log_x=True,
        ),
        "curves of a long measure": curves(
            {"ours": (x, 3 / x)}, "step", "area under the curve at hidden words, chapters held out"
        ),
        "ladder": ladder_plot({"none": 20, "a long system name": 38}, {"theirs": 28.3}, "BLEU", title="One"),
        "ladder of a long measure": ladder_plot(
            {"none": 20, "a system whose name is rather long": 38},
            {},
            "right in percent, the middle of three seeds (in brackets: products)",
        ),
        "lengths": bleu_by_length_plot({"none": buckets(0), "dot": buckets(5)}, title="Toy language"),
        "mask": mask_image(np.tril(np.ones((7, 7), bool)), TARGET, TARGET, title="Causal"),
        "words": scatter_words([[0, 0], [1, 3], [4, 1]], ["cat", "runs", "saw"], ["noun", "verb", "verb"]),
    }


SAMPLES = samples()


def texts_of(axes):
    """Every text of the axes that is drawn and not empty."""
    texts = [*axes.get_xticklabels(), *axes.get_yticklabels(), *axes.texts]
    texts += [axes.title, axes.xaxis.label, axes.yaxis.label]
    if axes.get_legend():
        texts += axes.get_legend().get_texts()
    low, high = sorted(axes.get_ylim())
    ticks_outside = {
        label for label in axes.get_yticklabels() if not low - 1e-9 <= label.get_position()[1] <= high + 1e-9
    }
    left, right = sorted(axes.get_xlim())
    ticks_outside |= {
        label
        for label in axes.get_xticklabels()
        if not left - 1e-9 <= label.get_position()[0] <= right + 1e-9
    }
    return [text for text in texts if text.get_visible() and text.get_text() and text not in ticks_outside]


def corners(text, renderer):
    """Corners of the text as drawn, turned with it (a window extent would be the upright box around them)."""
    angle = text.get_rotation()
    text.set_rotation(0)
    upright = text.get_window_extent(renderer)
    text.set_rotation(angle)
    turned = text.get_window_extent(renderer)
    centre = np.array([(turned.x0 + turned.x1) / 2, (turned.y0 + turned.y1) / 2])
    half_width, half_height = upright.width / 2, upright.height / 2
    radians = np.deg2rad(angle)
    turn = np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
    box = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (half_width - 1, half_height - 1)
    return centre + box @ turn


def overlap(first, second):
    """Whether two convex quadrilaterals meet (separating axes)."""
    for shape in (first, second):
        for edge in np.roll(shape, -1, axis=0) - shape:
            normal = np.array([-edge[1], edge[0]])
            a, b = first @ normal, second @ normal
            if a.max() <= b.min() or b.max() <= a.min():
                return False
    return True


@pytest.mark.parametrize("name", SAMPLES)
def test_text_is_inside_the_figure_and_does_not_overlap(name):
    figure = SAMPLES[name]
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    texts = [text for axes in figure.axes for text in texts_of(axes)]
    assert len(texts) >= 5
    boxes = [corners(text, renderer) for text in texts]
    width, height = figure.get_size_inches() * figure.dpi
    for text, box in zip(texts, boxes, strict=True):
        assert box.min() >= -1 and box[:, 0].max() <= width + 1 and box[:, 1].max() <= height + 1, text
        assert text.get_fontsize() >= 9, text
    for i, first in enumerate(boxes):
        for j in range(i):
            assert not overlap(first, boxes[j]), (texts[i].get_text(), texts[j].get_text())


@pytest.mark.parametrize("name", SAMPLES)
def test_figures_fit_a_notebook_and_stay_small(name):
    figure = SAMPLES[name]
    assert isinstance(figure, CourseFigure)
    assert figure.get_size_inches()[0] <= 7.5
    png = figure._repr_png_()
    assert png.startswith(b"\x89PNG") and len(png) < 120_000
    assert matplotlib.image.imread(io.BytesIO(png)).std() > 0.01


def test_a_ladder_has_its_best_system_on_top_and_tells_ours_from_published():
    axes = ladder_plot({"ours": 30.0, "mine": 20.0}, {"theirs": 25.0}, "BLEU").axes[0]
    bars = sorted(axes.patches, key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in bars] == [20.0, 25.0, 30.0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["mine", "theirs", "ours"]
    assert bars[0].get_facecolor() == bars[2].get_facecolor() != bars[1].get_facecolor()
    assert [bar.get_hatch() or "" for bar in bars] == ["", "//", ""]  # without colour, too
    assert {text.get_text() for text in axes.get_legend().get_texts()} == {"ours", "published"}
    assert ladder_plot({"ours": 30.0}, {}, "BLEU").axes[0].get_legend() is None
    with pytest.raises(ValueError, match="must name a system. Received: none"):
        ladder_plot({}, {}, "BLEU")
    with pytest.raises(ValueError, match="Received as both: GRU"):
        ladder_plot({"GRU": 1.0}, {"GRU": 2.0}, "BLEU")


def test_heatmap_has_a_row_per_target_token():
    axes = SAMPLES["heatmap"].axes[0]
    np.testing.assert_array_equal(axes.images[0].get_array(), WEIGHTS)
    assert [label.get_text() for label in axes.get_xticklabels()] == SOURCE
    assert [label.get_text() for label in axes.get_yticklabels()] == TARGET
    outlines = {
        (round(patch.get_x() + 0.46), round(patch.get_y() + 0.46))
        for patch in axes.patches
        if patch.get_gid()
    }
    assert outlines == GOLD
    # Row 0 on top: the target is read downwards.
    assert axes.get_ylim() == (6.5, -0.5)


def test_heatmaps_share_one_scale():
    figure = SAMPLES["heatmaps"]
    maps = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title() for axes in maps] == ["dot", "scaled dot", "additive"]
    assert {axes.images[0].get_clim() for axes in maps} == {(0.0, 1.0)}
    assert [axes.get_ylabel() for axes in figure.axes if not axes.images] == ["attention weight"]


def test_curves_differ_without_colour():
    figure = SAMPLES["many curves"]
    lines = figure.axes[0].get_lines()
    assert len({(str(line.get_linestyle()), line.get_marker()) for line in lines}) == len(lines) == 7
    assert len({line.get_color() for line in lines}) == 7


def test_curves_hold_data_band_and_reference():
    axes = SAMPLES["curves"].axes[0]
    x = np.arange(1, 12)
    np.testing.assert_allclose(axes.get_lines()[0].get_xydata(), np.stack([x, 3 / x], 1))
    assert set(axes.get_lines()[2].get_ydata()) == {0.2}
    band = axes.collections[0].get_paths()[0].vertices
    for row in range(11):
        assert (np.abs(band - (x[row], 1 / x[row])).sum(1) < 1e-9).any()
        assert (np.abs(band - (x[row], 3 / x[row])).sum(1) < 1e-9).any()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["none", "dot", "entropy"]


def test_logarithmic_axis_has_plain_numbers():
    figure = SAMPLES["many curves"]
    figure.canvas.draw()
    axes = figure.axes[0]
    assert axes.get_yscale() == "log"
    labels = [label.get_text() for label in axes.get_yticklabels(which="both") if label.get_text()]
    assert len(labels) >= 2 and not any("10^" in label for label in labels)


def test_doublings_are_equally_far_apart_and_marked():
    figure = SAMPLES["curves by doublings"]
    figure.canvas.draw()
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_xticklabels(which="both")] == ["1", "2", "4", "8"]
    places = axes.transData.transform([(minutes, 20) for minutes in (1, 2, 4, 8)])[:, 0]
    np.testing.assert_allclose(np.diff(places), np.diff(places)[0])


def test_a_logarithmic_axis_is_marked_where_any_curve_has_a_value():
    figure = curves({"long": ([1, 2, 4], [3, 2, 1]), "late": ([4, 8], [2, 1])}, "minutes", "BLEU", log_x=True)
    assert figure.axes[0].get_xticks().tolist() == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "mean, shown", [(12.34, "12.3"), (1.57, "1.57"), (-1.57, "-1.57"), (0.1234, "0.123")]
)
def test_bars_show_three_figures(mean, shown):
    axes = bars_with_intervals({"a": (mean, mean - 1, mean + 1)}, "nats").axes[0]
    assert [text.get_text() for text in axes.texts] == [shown]


def test_bars_start_at_zero_and_show_mean_and_interval():
    axes = bars_with_intervals({"none": (20.0, 18.0, 23.0), "dot": (30.0, 33.0)}, "BLEU").axes[0]
    assert [(bar.get_y(), bar.get_height()) for bar in axes.patches] == [(0, 20.0), (0, 31.5)]
    whiskers = [collection.get_segments()[0][:, 1].tolist() for collection in axes.collections]
    assert whiskers == [[18.0, 23.0], [30.0, 33.0]]
    assert axes.get_ylim()[0] == 0.0
    assert [text.get_text() for text in axes.texts] == ["20.0", "31.5"]


@pytest.mark.parametrize("number", [1, len(COLOURS), len(COLOURS) + 1])
def test_no_two_bars_share_a_colour_unless_all_do(number):
    axes = bars_with_intervals({str(index): (1.0, 0.5, 1.5) for index in range(number)}, "nats").axes[0]
    assert len({bar.get_facecolor() for bar in axes.patches}) == (number if number <= len(COLOURS) else 1)


def test_lengths_name_buckets_and_leave_a_gap():
    axes = SAMPLES["lengths"].axes[0]
    names = [label.get_text().replace("\n", " ") for label in axes.get_xticklabels()]
    assert names == ["1–5 n = 41", "6–10 n = 29", "11–15 n = 0", "16+ n = 3"]
    np.testing.assert_array_equal(axes.get_lines()[1].get_ydata(), [35.0, 29.0, np.nan, 16.0])


def test_mask_fills_what_may_be_attended_to():
    axes = SAMPLES["mask"].axes[0]
    np.testing.assert_array_equal(axes.images[0].get_array(), np.tril(np.ones((7, 7))))
    shown = axes.images[0].cmap(axes.images[0].norm([0.0, 1.0]))
    patches = [np.array(patch.get_facecolor()) for patch in axes.get_legend().get_patches()]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["attend", "hidden"]
    np.testing.assert_allclose(patches, shown[::-1])


def test_words_stand_at_their_points():
    axes = SAMPLES["words"].axes[0]
    assert {text.get_text(): tuple(text.xy) for text in axes.texts} == {
        "cat": (0, 0),
        "runs": (1, 3),
        "saw": (4, 1),
    }
    assert [len(collection.get_offsets()) for collection in axes.collections] == [1, 2]


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: attention_heatmap(WEIGHTS.T, SOURCE, TARGET), r"= \(7, 9\). Received: shape \(9, 7\)"),
        (
            lambda: attention_heatmap(WEIGHTS[0], SOURCE, TARGET),
            r"must have 2 dimensions.*Received: shape \(9,\)",
        ),
        (lambda: attention_heatmap(WEIGHTS, SOURCE, TARGET, gold={(0, 7)}), r"Received: \(0, 7\)"),
        (lambda: attention_heatmaps([WEIGHTS], SOURCE, TARGET, []), "Received: 1 maps, 0 titles"),
        (lambda: curves({"a": ([1, 2], [1])}, "x", "y"), "Received: lengths 2, 1"),
        (lambda: curves({"a": ([1], [1], [1])}, "x", "y"), "Received: 3 parts"),
        (lambda: bars_with_intervals({}, "y"), "Received: none"),
        (lambda: bars_with_intervals({"a": (5, 1, 2)}, "y"), "low ≤ mean ≤ high for 'a'"),
        (lambda: bleu_by_length_plot({"a": buckets(0), "b": buckets(0)[:2]}), "a: 4 buckets; b: 2 buckets"),
        (lambda: mask_image(np.ones((2, 2))), "boolean matrix.*dtype float64"),
        (lambda: mask_image(np.ones((2, 3), bool), row_tokens=["a"]), "Received: 1 and 3"),
        (lambda: scatter_words(np.ones((2, 3)), ["a", "b"]), r"Received: shape \(2, 3\), 2 labels"),
    ],
)
def test_what_does_not_fit_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_nothing_global_changes():
    code = (
        "import sys, matplotlib; before = matplotlib.rcParams.copy(); import course_lib.plots as plots;"
        "plots.curves({'a': ([1, 2], [1, 2])}, 'x', 'y')._repr_png_();"
        "assert dict.__eq__(matplotlib.rcParams.copy(), before);"
        "assert 'matplotlib.pyplot' not in sys.modules and 'tensorflow' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=120)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("first_line", ["", "import matplotlib.pyplot as plt; plt.plot([1]); plt.close()"])
def test_a_notebook_shows_a_figure_once(first_line):
    code = f"{first_line}\nfrom course_lib.plots import curves\ncurves({{'a': ([1, 2], [1, 2])}}, 'x', 'y')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    resources = {"metadata": {"path": str(Path(__file__).parents[2])}}
    NotebookClient(notebook, timeout=240, resources=resources).execute()
    images = [output for output in notebook.cells[0].outputs if "image/png" in output.get("data", {})]
    assert len(images) == 1 and images[0].output_type == "execute_result"
