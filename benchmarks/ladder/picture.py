"""The ladder as a picture."""


def scores(record):
    """The systems of a result file with their test BLEU, greedy: ours, and published ones."""
    top = [record["transformer"]] if "transformer" in record else []
    published = record["published"] + [peer for rung in top for peer in rung["published"]]
    ours = {rung["label"]: rung["test_bleu_greedy"] for rung in [*record["rungs"], *top]}
    return ours, {f"{peer['label']}, published": peer["test_bleu_greedy"] for peer in published}


def description(record):
    """What the picture shows, in words; it is kept in the file."""
    return "; ".join(f"{label} {bleu:.1f}" for systems in scores(record) for label, bleu in systems.items())


def save_ladder(record, path):
    """Draws the systems of a result file into a PNG."""
    from course_lib.plots import ladder_plot  # here, since it imports Keras, which tables do without

    figure = ladder_plot(*scores(record), "test BLEU, greedy", title=f"{record['task']}, one run each")
    figure.savefig(path, metadata={"Description": description(record)})
