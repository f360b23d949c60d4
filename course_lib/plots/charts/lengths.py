"""BLEU by length of the source sentence."""

import math

import numpy as np

from course_lib.plots.style import figure_and_axes, styled


def bucket_name(low, high):
    """The lengths a bucket holds, for whole-number lengths low ≤ length < high.

    Example:
        >>> bucket_name(1, 6), bucket_name(7, 8), bucket_name(20, float("inf"))
        ('1–5', '7', '20+')
    """
    low, high = float(low), float(high)
    if math.isinf(high):
        return f"{low:g}+"
    return f"{low:g}" if high - low == 1 else f"{low:g}–{high - 1:g}"


@styled
def bleu_by_length_plot(systems, title=None):
    """Where long sentences begin to hurt: a curve per system, and the number of sentences under each length.

    Args:
        systems: label → buckets with `low`, `high`, `count` and `bleu`, as
            `course_lib.evaluation.bleu_by_length` gives them; the same ranges and counts for each system. A
            bucket without sentences (BLEU NaN) leaves a gap.
        title: text above.

    Returns:
        a figure.

    Raises:
        ValueError: when there is no system or the ranges of the systems differ.

    Example:
        >>> from course_lib.evaluation import LengthBucket
        >>> buckets = [LengthBucket(1, 6, 40, 31.0), LengthBucket(6, 11, 20, 24.0)]
        >>> figure = bleu_by_length_plot({"no attention": buckets})
        >>> [label.get_text() for label in figure.axes[0].get_xticklabels()]
        ['1–5\\nn = 40', '6–10\\nn = 20']

    Taught in: notebooks/08_the_transformer
    """
    ranges = [[(bucket.low, bucket.high, bucket.count) for bucket in buckets] for buckets in systems.values()]
    if not ranges or not ranges[0] or any(other != ranges[0] for other in ranges):
        raise ValueError(
            "Expected at least one system, and the same ranges and counts for each. Received: "
            + "; ".join(f"{label}: {len(buckets)} buckets" for label, buckets in systems.items())
            + "."
        )
    figure, axes = figure_and_axes(height=3.6)
    for label, buckets in systems.items():
        axes.plot(np.arange(len(buckets)), [bucket.bleu for bucket in buckets], label=label)
    names = [f"{bucket_name(low, high)}\nn = {count}" for low, high, count in ranges[0]]
    axes.set_xticks(range(len(names)), names)
    axes.set(xlabel="words in the source sentence", ylabel="corpus BLEU")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y")
    if title:
        axes.set_title(title)
    if len(systems) > 3:
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    else:
        axes.legend()
    return figure
