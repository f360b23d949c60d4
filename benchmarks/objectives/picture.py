"""The ladder of objectives as a picture: each rung a point with its interval, a panel for each question."""

from benchmarks.objectives.rungs import CHINESE_RUNGS, TOY_SHOWN
from benchmarks.objectives.tables import best_rate, runs_of
from course_lib.chapters import mean_and_interval

FEWEST = 3  # seeds of a rung that is drawn: the interval of two is wider than the picture
BESIDE = ("not pre-trained", "the start alone")  # what was begun with, in grey


def toy_panel(record):
    """Roles of words from 30 labelled sentences, frozen, percent."""
    found = {}
    for name in (*(rung.name for rung in TOY_SHOWN), BESIDE[0]):
        if runs := runs_of(record, rung=name, part=1.0):
            found[name] = [100 * run["roles"]["30"]["frozen"] for run in runs]
    return "toy language, 30 labelled sentences, frozen: roles right, %", found


def chinese_panel(record):
    """F1 of names, percent."""
    rate, found = best_rate(record), {}
    for name in (*(rung.name for rung in CHINESE_RUNGS), BESIDE[1]):
        if runs := runs_of(record, rung=name, task="names", rate=rate):
            found[name] = [run["test"]["as_trained"]["f1"] for run in runs]
    return "CLUENER, 1,000 sentences: F1", found


def panels(toy, chinese):
    """A title and the values of every rung with seeds enough, for each record that is there."""
    made = zip((toy_panel, chinese_panel), (toy, chinese), strict=True)
    shown = []
    for title, found in (panel(record) for panel, record in made if record):
        if several := {name: values for name, values in found.items() if len(values) >= FEWEST}:
            shown.append((title, several))
    return shown


def description(toy, chinese):
    """What the picture shows, in words; it is kept in the file."""
    return "; ".join(
        f"{title}: " + ", ".join(f"{name} {sum(values) / len(values):.1f}" for name, values in found.items())
        for title, found in panels(toy, chinese)
    )


def save_objectives(toy, chinese, path):
    """Draws what is stored into a PNG: rungs from the first down, one panel a question."""
    from course_lib.plots.style import COLOURS, figure_and_axes, styled  # here: tables do without

    shown = panels(toy, chinese)
    names = list(dict.fromkeys(name for _, found in shown for name in found))

    @styled
    def draw():
        figure, grid = figure_and_axes(height=1.0 + 0.3 * len(names), num_columns=len(shown), width=9.5)
        for axes, (title, found) in zip([grid] if len(shown) == 1 else grid, shown, strict=True):
            for name, values in found.items():
                row, is_beside = names.index(name), name in BESIDE
                mean, low, high = mean_and_interval(values, 0.0, 100.0)
                form = {"fmt": "s", "color": "#808080"} if is_beside else {"fmt": "o", "color": COLOURS[0]}
                axes.errorbar(mean, row, xerr=[[mean - low], [high - mean]], capsize=3, **form)
            axes.set_yticks(range(len(names)), names if axes is figure.axes[0] else [])
            axes.set(xlabel=title.replace(": ", ":\n"), ylim=(len(names) - 0.5, -0.5))
            axes.grid(axis="x")
        return figure

    draw().savefig(path, metadata={"Description": description(toy, chinese)})
