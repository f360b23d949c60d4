"""The ladder as a picture."""

from benchmarks.ladder.tables import top_rungs


def scores(record):
    """The systems of a result file with their test BLEU, greedy: ours, and published ones."""
    rungs = [*record["rungs"], *top_rungs(record)]
    published = record["published"] + [peer for rung in rungs for peer in rung.get("published", [])]
    ours = {rung["label"]: rung["test_bleu_greedy"] for rung in rungs}
    return ours, {f"{peer['label']}, published": peer["test_bleu_greedy"] for peer in published}


def description(record):
    """What the picture shows, in words; it is kept in the file."""
    return "; ".join(f"{label} {bleu:.1f}" for systems in scores(record) for label, bleu in systems.items())


def save_ladder(record, path):
    """Draws the systems of a result file into a PNG."""
    from course_lib.plots import ladder_plot  # here, since it imports Keras, which tables do without

    figure = ladder_plot(*scores(record), "test BLEU, greedy", title=f"{record['task']}, one run each")
    figure.savefig(path, metadata={"Description": description(record)})
