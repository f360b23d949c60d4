"""The ladders as markdown."""

import statistics

from benchmarks.hardware import machine_in_words


def undisturbed_minutes(rung):
    """Minutes of training, if all epochs had taken as long as the median one.

    Runs take hours, were stopped and taken up, and now and then had to share the machine.
    """
    return statistics.median(epoch["seconds"] for epoch in rung["curve"]) * rung["epochs"] / 60


def top_rungs(record):
    """The rungs above those that differ in the score alone: GNMT and the Transformer, if measured."""
    return [record[name] for name in ("gnmt", "transformer") if name in record]


def ladder_table(record):
    """The rungs from below, and what others have published."""
    lines = [
        "| model | parameters | minutes of training | validation, greedy | test, greedy | test, beam of 5 |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    rungs = [*record["rungs"], *top_rungs(record)]
    for rung in rungs:
        lines.append(
            f"| {rung['label']} | {rung['parameters'] / 1e6:.2f} M | {undisturbed_minutes(rung):.0f} "
            f"| {rung['validation_bleu_greedy']:.1f} | {rung['test_bleu_greedy']:.1f} "
            f"| {rung['test_bleu_beam5']:.1f} |"
        )
    published = record["published"] + [peer for rung in rungs for peer in rung.get("published", [])]
    for peer in published:
        size = f"{peer['parameters'] / 1e6:.1f} M" if peer["parameters"] else ""
        lines.append(f"| {peer['label']}, published | {size} | | | {peer['test_bleu_greedy']:.1f} | |")
    data = record["data"]
    first = machine_in_words(record["hardware"])
    others = {rung["label"]: machine_in_words(rung["hardware"]) for rung in rungs if "hardware" in rung}
    machines = [first, *(f"{label}: {machine}" for label, machine in others.items() if machine != first)]
    sources = dict.fromkeys(peer["source"] for peer in published)
    return "\n".join(
        [
            *lines,
            "",
            f"{record['task']}: {data['train']:,} pairs to train with, {data['validation']:,} to choose by, "
            f"{data['test']:,} to test on; BLEU ({record['metric']}); one run each, seed "
            f"{record['settings']['seed']}; {'; '.join(machines)}. Minutes: the "
            "median epoch's, times the number of epochs."
            + (f" Published: {'; '.join(sources)}." if sources else ""),
        ]
    )
