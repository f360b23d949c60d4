"""Arrays in, figures out. Each function returns a matplotlib `Figure`, which a notebook shows once."""

from course_lib.plots.charts.bars import bars_with_intervals
from course_lib.plots.charts.convex_hulls import convex_hulls
from course_lib.plots.charts.curves import curves
from course_lib.plots.charts.embeddings import scatter_words
from course_lib.plots.charts.ladder import ladder_plot
from course_lib.plots.charts.lengths import bleu_by_length_plot
from course_lib.plots.charts.log_log import log_log
from course_lib.plots.charts.loss_surfaces import loss_surfaces
from course_lib.plots.charts.study import alignment_and_lengths, bleu_by_length_with_intervals
from course_lib.plots.diagrams.best_path import best_path_diagram
from course_lib.plots.diagrams.packed_pair import packed_pair
from course_lib.plots.diagrams.transformer_diagram import transformer_diagram
from course_lib.plots.diagrams.unrolled import unrolled_translator
from course_lib.plots.maps.head_maps import head_maps
from course_lib.plots.maps.head_shares import head_shares
from course_lib.plots.maps.heatmap import attention_heatmap, attention_heatmaps
from course_lib.plots.maps.mask_panels import mask_panels
from course_lib.plots.maps.masks import mask_image
from course_lib.plots.maps.picture_panels import picture_panels
from course_lib.plots.maps.signed_heatmap import signed_heatmap
from course_lib.plots.maps.transition_map import transition_map
from course_lib.plots.style import CourseFigure, style

__all__ = [
    "CourseFigure",
    "alignment_and_lengths",
    "attention_heatmap",
    "attention_heatmaps",
    "bars_with_intervals",
    "best_path_diagram",
    "bleu_by_length_plot",
    "bleu_by_length_with_intervals",
    "convex_hulls",
    "curves",
    "head_maps",
    "head_shares",
    "ladder_plot",
    "log_log",
    "loss_surfaces",
    "mask_image",
    "mask_panels",
    "packed_pair",
    "picture_panels",
    "scatter_words",
    "signed_heatmap",
    "style",
    "transformer_diagram",
    "transition_map",
    "unrolled_translator",
]
