"""The results as markdown."""

NAMES = {"ours": "course_lib", "keras_hub_peer": "keras-hub's blocks"}


def minutes_table(record):
    """Both contenders."""
    lines = [
        "| model | parameters | minutes | epochs | validation BLEU | test BLEU |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, result in record["results"].items():
        lines.append(
            f"| {NAMES[name]} | {result['parameters'] / 1e6:.2f} M | {result['train_minutes']:.1f} "
            f"| {result['epochs']:.1f} | {result['validation_bleu_greedy']:.1f} "
            f"| {result['test_bleu_greedy']:.1f} |"
        )
    machine = record["machine"]
    return "\n".join([*lines, "", f"{record['data']}; {machine['cores']} cores of {machine['processor']}."])


def trials_table(record):
    """The settings that were tried out, the best first."""
    lines = [
        "| dropout | pieces | sentences a batch | peak rate | minutes | updates | epochs | validation BLEU |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for trial in sorted(record["trials"], key=lambda trial: -trial["validation_bleu_greedy"]):
        recipe = trial["recipe"]
        lines.append(
            f"| {recipe['dropout']:g} | {recipe['vocabulary_size']:,} | {recipe['batch_size']} "
            f"| {recipe['peak_learning_rate']:g} | {trial['minutes']:g} | {trial['updates']:,} "
            f"| {trial['epochs']:.1f} | {trial['validation_bleu_greedy']:.1f} |"
        )
    machine = record["machine"]
    return "\n".join(
        [*lines, "", f"{record['data']}; one run each; {machine['cores']} cores of {machine['processor']}."]
    )
