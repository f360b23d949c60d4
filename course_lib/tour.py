"""`course start`: in a minute or two attention learns which word translates which; an exercise is judged."""

import os
import shutil
import sys
import textwrap
import time
from pathlib import Path

NUM_TRAIN_SENTENCES = 8_000
NUM_TEST_SENTENCES = 200
NUM_EPOCHS = 4
BATCH_SIZE = 64
EMBEDDING_DIM = 32
HIDDEN_DIM = 64
LEARNING_RATE = 4e-3
SCORE = "multiplicative"
SEED = 0
FOLDER = Path("runs") / "tour"


class ToyTask:
    """The toy language as ids: what both models train on and are tested on.

    Args:
        num_train, num_test: numbers of sentence pairs; the two splits share no sentence.
        seed: draws the sentences.

    Example:
        >>> task = ToyTask(num_train=300, num_test=7, seed=0)
        >>> len(task.test), task.reference(0) == " ".join(task.test[0].target)
        (7, True)
    """

    def __init__(self, num_train: int, num_test: int, seed: int):
        from course_lib.data import ToyLanguage, pair_batches, whole_batch
        from course_lib.text import Vocabulary, WordTokenizer

        toy = ToyLanguage()
        train = toy.sample(num_train, seed=seed, split="train")
        test = toy.sample(num_test, seed=seed, split="test")
        self.source_tokenizer = WordTokenizer(Vocabulary.from_sentences([pair.source for pair in train]))
        self.target_tokenizer = WordTokenizer(Vocabulary.from_sentences([pair.target for pair in train]))
        tokenizers = self.source_tokenizer, self.target_tokenizer
        self.train_batches = pair_batches(train, *tokenizers, batch_size=BATCH_SIZE, shuffle_seed=seed)
        self.test_inputs, _, self.test = whole_batch(test, *tokenizers)

    def reference(self, index: int) -> str:
        """The right translation of a test sentence."""
        return " ".join(self.test[index].target)


def train(task: ToyTask, score: str | None, num_epochs: int, seed: int, on_step=None):
    """Trains one translator on the toy language.

    Args:
        task: what to train on.
        score: how attention scores, or None for a decoder without attention.
        num_epochs: passes over the training sentences.
        seed: of the weights.
        on_step: called after every step with its loss, averaged since the epoch began.

    Returns:
        the trained `Seq2Seq` and the seconds it took, the first step's compilation included.
    """
    import keras

    from course_lib.models import Seq2Seq
    from course_lib.training import TokenCrossEntropy, set_seed

    set_seed(seed)
    model = Seq2Seq(
        len(task.source_tokenizer.vocabulary),
        len(task.target_tokenizer.vocabulary),
        embedding_dim=EMBEDDING_DIM,
        hidden_dim=HIDDEN_DIM,
        score=score,
    )
    num_steps = num_epochs * len(task.train_batches)
    schedule = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, num_steps)
    optimizer = keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    model.compile(optimizer, TokenCrossEntropy(), jit_compile=False)
    report = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: on_step and on_step(logs["loss"])
    )
    began = time.perf_counter()
    model.fit(task.train_batches, epochs=num_epochs, shuffle=False, verbose=0, callbacks=[report])
    return model, time.perf_counter() - began


def judge_masked_softmax() -> list:
    """Has three answers to the exercise `masked_softmax` judged: blank, wrong in a common way, right.

    Nothing of it enters the learner's own progress.

    Returns:
        three verdicts.

    Example:
        >>> [verdict.diagnosis for verdict in judge_masked_softmax()]
        ['not_attempted', 'mask_after_softmax', None]
    """
    from keras import ops

    from course_lib.grading import draw_cases, find_exercise, judge
    from course_lib.grading.worker.probe import run_call

    def blank(scores, mask):
        raise NotImplementedError

    def hasty(scores, mask):
        weights = ops.softmax(scores, axis=-1)
        return weights * ops.cast(mask, weights.dtype)

    def right(scores, mask):
        weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
        return weights * ops.cast(mask, weights.dtype)

    exercise = find_exercise("masked_softmax")
    return [
        judge(exercise, SEED, [run_call(answer, case) for case in draw_cases(exercise.name, SEED)])
        for answer in (blank, hasty, right)
    ]


def activation_command() -> str | None:
    """What to type before `course` alone is found, as after `make start`.

    Returns:
        a command for the shell; None where `course` is found already.

    Example:
        >>> command = activation_command()
        >>> command is None or command.endswith("activate")
        True
    """
    scripts = Path(sys.executable).parent
    found = shutil.which("course")
    if found and Path(found).parent == scripts:
        return None
    folder = scripts.relative_to(Path.cwd()) if scripts.is_relative_to(Path.cwd()) else scripts
    return f"{folder}\\activate" if os.name == "nt" else f". {folder}/activate"


def add_arguments(parser) -> None:
    """`course start` takes no arguments."""


def main(arguments=None) -> int:
    """Runs the tour.

    Returns:
        0 when attention translated better than none and all three answers were judged rightly, else 1.
    """
    began = time.perf_counter()
    print("Starting Keras …", flush=True)
    import keras
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Table

    from course_lib.chapters import attention_error_rate, diagonal_links
    from course_lib.decoding import translate
    from course_lib.evaluation import alignment_error_rate, corpus_bleu
    from course_lib.plots import attention_heatmap

    console = Console(highlight=False, soft_wrap=True)
    task = ToyTask(NUM_TRAIN_SENTENCES, NUM_TEST_SENTENCES, SEED)
    console.print(
        "\n[bold]1. A toy language is translated[/bold], with and without attention\n\n"
        f"   {NUM_TRAIN_SENTENCES:,} sentence pairs, {NUM_EPOCHS} epochs each, seed {SEED}, "
        f"Keras on {keras.backend.backend()}.\n"
        "   The models see sentences only; which word translates which is kept back.\n"
    )
    columns = (
        TextColumn("   {task.description:<18}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %  loss {task.fields[loss]:.3f}"),
        TimeElapsedColumn(),
    )
    models = {}
    with Progress(*columns, console=console) as progress:
        for name, score in (("with attention", SCORE), ("without attention", None)):
            bar = progress.add_task(name, total=NUM_EPOCHS * len(task.train_batches), loss=float("nan"))
            models[name] = train(
                task,
                score,
                NUM_EPOCHS,
                SEED,
                lambda loss, bar=bar: progress.update(bar, advance=1, loss=float(loss)),
            )

    inputs = task.test_inputs
    references = [task.reference(index) for index in range(len(task.test))]
    _, weights = models["with attention"][0](inputs, return_attention_weights=True)
    weights = keras.ops.convert_to_numpy(weights)
    table = Table(box=None, pad_edge=False, padding=(0, 3))
    for heading in ("", "parameters", "seconds", "BLEU", "AER"):
        table.add_column(heading, justify="left" if not heading else "right")
    bleu, hypotheses = {}, {}
    for name, (model, seconds) in models.items():
        hypotheses[name] = translate(
            model,
            [" ".join(pair.source) for pair in task.test],
            task.source_tokenizer,
            task.target_tokenizer,
            batch_size=len(task.test),
            max_length=inputs["target_token_ids"].shape[1] + 5,
        )
        bleu[name] = corpus_bleu(hypotheses[name], references)
        error = attention_error_rate(weights, task.test) if name == "with attention" else None
        table.add_row(
            f"   {name}",
            f"{model.count_params():,}",
            f"{seconds:.0f}",
            f"{bleu[name]:.1f}",
            "-" if error is None else f"{error:.2f}",
        )
    diagonal = alignment_error_rate(diagonal_links(task.test), [pair.alignment for pair in task.test])
    table.add_row("   the diagonal, a guess", "", "", "", f"{diagonal:.2f}")
    console.print(f"\n   On {len(task.test)} test sentences that are not in the training split:\n")
    console.print(table)
    console.print(
        "\n   AER: alignment error rate, how far the largest attention weights are from the\n"
        "   true links between words (0 is perfect). The models never see those links."
    )

    shown = next((i for i, pair in enumerate(task.test) if 7 <= len(pair.source) <= 11), 0)
    pair = task.test[shown]
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = FOLDER / "attention.png"
    words = weights[shown, : len(pair.target), : len(pair.source)]
    attention_heatmap(words, pair.source, pair.target, gold=pair.alignment).savefig(picture, dpi=120)
    console.print("\n   One of them:\n")
    lines = {"source": " ".join(pair.source), "right": references[shown]}
    for name, text in {**lines, **{name: hypotheses[name][shown] for name in models}}.items():
        console.print(textwrap.fill(f"   {name:<20}{text}", 88, subsequent_indent=" " * 23))
    console.print(f"\n   Its attention, with the right links outlined: {picture.as_posix()}")

    console.print("\n[bold]2. An exercise is judged[/bold], masked_softmax, on fresh random inputs\n")
    verdicts = judge_masked_softmax()
    for words, verdict in zip(("left blank", "a common mistake", "done right"), verdicts, strict=True):
        outcome = "accepted" if verdict.passed else f"rejected: {verdict.diagnosis}"
        message = textwrap.fill(verdict.message, 65)
        console.print(f"   {words:<20}{outcome}\n{textwrap.indent(message, ' ' * 23)}", markup=False)

    console.print(f"\nThe tour took {time.perf_counter() - began:.0f} s. Next:\n")
    if activation := activation_command():
        console.print(f"   {activation}   makes `course` known to this terminal", markup=False)
    console.print("   course web    opens the chapters in your browser, exercises judged beside the text")
    console.print("   course lab    opens chapter 1 in JupyterLab")
    console.print("   course list   shows the exercises")
    judged_rightly = [verdict.passed for verdict in verdicts] == [False, False, True]
    return 0 if judged_rightly and bleu["with attention"] > bleu["without attention"] else 1
