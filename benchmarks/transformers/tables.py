"""The results as markdown."""

from statistics import median

from benchmarks.hardware import machine_in_words
from benchmarks.transformers.step import PLAIN_STEP


def machine_line(record):
    """What it was measured on."""
    machine = record["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in record["versions"].items())
    return f"{machine_in_words(machine)}; {versions}."


def contest(results, unit, head, cells=()):
    """Contenders in rows: speed beside the first, wall clock and processor, and what each unit took."""
    lines = [
        f"| {head} | times as fast | per processor second | {unit} a second | first, seconds |"
        + "".join(f" {name} |" for name, _ in cells),
        "|---|" + "---:|" * (4 + len(cells)),
    ]
    for name, result in results.items():
        lines.append(
            f"| {name} | {result['wall_ratio']:.2f} | {result['cpu_ratio']:.2f} | {1 / result['wall']:,.0f} "
            f"| {result['first']['wall']:.0f} |" + "".join(f" {cell(result)} |" for _, cell in cells)
        )
    return "\n".join(lines)


def parameters_cell(result):
    """Millions of parameters; nothing for what is no model."""
    return f"{result['parameters'] / 1e6:.2f} M" if "parameters" in result else ""


def share_cell(result):
    """The share of the matrix rate; nothing for what is no whole step."""
    return f"{100 * result['share']:.0f} %" if "share" in result else ""


def step_table(record):
    """A table for each size: milliseconds of a step, and its speed beside the plain one, round by round."""
    steps, parts = record["times_in_a_turn"], []
    for name, results in record["results"].items():
        lines = [
            "| training, without XLA | a step, ms | times as fast as keras-hub | as the plain step "
            "| lowest and highest round | of matrix rate |",
            "|---|---:|---:|---:|---:|---:|",
        ]
        plain = [turn["wall"] for turn in results[PLAIN_STEP]["rounds"]]
        for who, result in results.items():
            walls = [turn["wall"] for turn in result["rounds"]]
            ratios = [one / own for one, own in zip(plain, walls, strict=True)]
            lines.append(
                f"| {who} | {1000 * median(walls) / steps:,.0f} | {result['wall_ratio']:.2f} "
                f"| {median(ratios):.2f} | {min(ratios):.2f} to {max(ratios):.2f} | {share_cell(result)} |"
            )
        parts += [f"{record['sizes'][name]}:", "\n".join(lines)]
    return "\n\n".join([*parts, f"{record['rounds']} rounds of {steps} steps. {machine_line(record)}"])


def training_table(record):
    """Two tables for each size."""
    parts = []
    for name, results in record["results"].items():
        parts += [
            f"{record['sizes'][name]}, one batch of full sentences, the same arithmetic:",
            contest(
                results["same"],
                "tokens",
                "training",
                [
                    ("of matrix rate", share_cell),
                    ("parameters", parameters_cell),
                ],
            ),
            f"{record['sizes'][name]}, Multi30k as each is used (keras-hub at one width; course_lib by "
            "length, compiled, embeddings tied), real tokens:",
            contest(results["as_used"], "real tokens", "training"),
        ]
    return "\n\n".join([*parts, machine_line(record)])


def decoding_table(record):
    """A table for each size and batch size."""
    parts = []
    for name, results in record["results"].items():
        for batch, contenders in results.items():
            parts += [f"{record['sizes'][name]}, {batch}:", contest(contenders, "tokens", "greedy decoding")]
    return "\n\n".join([*parts, machine_line(record)])


def length_table(record):
    """Lengths in rows, paths in columns."""
    paths = record["results"]
    lines = [
        "| length |" + "".join(f" {path}, ms | {path}, MiB |" for path in paths),
        "|---:|" + "---:|" * (2 * len(paths)),
    ]
    for rows in zip(*(path["rows"] for path in paths.values()), strict=True):
        cells = [f" {1000 * row['seconds']:,.1f} | {row['bytes'] / 2**20:,.0f} |" for row in rows]
        lines.append(f"| {rows[0]['length']} |" + "".join(cells))
    cells = [f" {path['seconds_exponent']:.2f} | {path['bytes_exponent']:.2f} |" for path in paths.values()]
    return "\n".join([*lines, "| exponent |" + "".join(cells), "", machine_line(record)])


def gpu_table(record):
    """What one device does."""
    results = record["results"]
    training, rate = results["training"], results["matrix_flops_per_second"] / 1e12
    lines = [
        f"{results['device']}, bfloat16, {rate:.2f} TFLOP/s in one product",
        "",
        "| what | measured |",
        "|---|---:|",
        f"| training, tokens a second | {training['tokens_per_second']:,.0f} |",
        f"| training, share of the matrix rate | {100 * training['share']:.0f} % |",
        f"| one encoder block, forwards and backwards | {1000 * results['block_seconds']:.2f} ms |",
    ]
    if training["torch_seconds"]:
        lines.append(
            f"| beside torch.nn.Transformer | {training['torch_seconds'] / training['seconds']:.2f} |"
        )
    for length, seconds in results["attention_seconds"].items():
        ours, theirs = (1000 * seconds[name] for name in ("course_lib", "jax.nn"))
        lines.append(f"| attention over {length}, beside jax.nn | {ours:.2f} and {theirs:.2f} ms |")
    for batch_size, speed in results["decoding_tokens_per_second"].items():
        lines.append(f"| decoding, batch {batch_size}, tokens a second | {speed:,.0f} |")
    return "\n".join([*lines, "", machine_line(record)])


TABLES = {
    "training": training_table,
    "step": step_table,
    "decoding": decoding_table,
    "length": length_table,
    "gpu": gpu_table,
}
