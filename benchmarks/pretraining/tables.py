"""What pre-training reached, as markdown."""


def pretraining_table(*records):
    """Both languages, a line for every number of tokens, and what stands in the blanks in the end."""
    lines = [
        "| text | million tokens | epochs | tokens a processor second | validation loss, nats "
        "| masked words right | likeness of word vectors | read from the embedding, %, and from each layer |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for record in records:
        language = record["what"].rpartition(" ")[2].replace("_", " ")
        for point in record["points"]:
            frozen = " ".join(f"{accuracy:.1f}" for accuracy in point["frozen"])
            lines.append(
                f"| {language} | {point['million_tokens']} | {point['epochs']:.1f} "
                f"| {point['tokens_a_processor_second']:,} | {point['validation_loss']:.2f} "
                f"| {100 * point['validation_accuracy']:.1f} % | {point['likeness']:.2f} | {frozen} |"
            )
    parameters = ", ".join(f"{record['parameters'] / 1e6:.1f}" for record in records)
    tokens = [sum(part["train_tokens"] for part in record["text"].values()) for record in records]
    read = ", ".join(f"{number / 1e6:.1f}" for number in tokens)
    left_out = ", ".join(
        f"{part['left_out']:,} of {name}"
        for record in records
        for name, part in record["text"].items()
        if part["left_out"]
    )
    machine = records[0]["machine"]
    return "\n".join(
        [
            *lines,
            "",
            f"{parameters} million parameters and {read} million tokens of text; one run each; 20 % of the "
            f"tokens hidden, on text that is not trained on; one of {machine['cores']} cores of "
            f"{machine['processor']}, beside other work. Read is praise or blame (SST-2 and "
            "waimai), by a linear model from the mean of what is frozen. Left out because a development or "
            f"test split holds them: sentences, {left_out or 'none'}.",
        ]
    )


def blanks_table(*records):
    """The five likeliest words in the blanks."""
    lines = ["| sentence | likeliest words |", "|---|---|"]
    for record in records:
        for blank in record["points"][-1]["blanks"]:
            words = ", ".join(f"{word} ({probability:.2f})" for word, probability in blank["words"])
            lines.append(f"| {blank['sentence']} | {words} |")
    return "\n".join(lines)
