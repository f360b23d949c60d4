"""Trains, decodes and scores GNMT's rung."""

from benchmarks.ladder.averaged_rung import compile_averaged, train_averaged
from course_lib import decoding
from course_lib.decoding import beam_search
from course_lib.evaluation import corpus_bleu
from course_lib.models import Gnmt


def make_gnmt(recipe, vocabulary_size, updates):
    """The compiled model.

    Args:
        recipe: a `GnmtRecipe`.
        vocabulary_size: size of the vocabulary of both languages.
        updates: how many there will be.
    """
    model = Gnmt(
        vocabulary_size,
        vocabulary_size,
        embedding_dim=recipe.embedding_dim,
        hidden_dim=recipe.hidden_dim,
        num_layers=recipe.num_layers,
        residual=recipe.residual,
        dropout=recipe.dropout,
    )
    return compile_averaged(model, recipe, updates)


def choose_penalties(model, tokenizer, pairs, ladder):
    """BLEU of the beam for each pair of penalties on the validation split, and of the best on the test split.

    Args:
        model: the trained model.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        ladder: the `Recipe` of the ladder.

    Returns:
        dict of "penalties", a list of dicts, and of the test BLEU of the best by validation.
    """

    def bleu(split, length_penalty, coverage_penalty):
        sources, references = zip(*pairs[split], strict=True)
        translations = decoding.translate(
            model,
            sources,
            tokenizer,
            tokenizer,
            search=beam_search,
            max_length=ladder.max_length,
            beam_width=ladder.beam_width,
            length_penalty=length_penalty,
            coverage_penalty=coverage_penalty,
        )
        return round(corpus_bleu(translations, references, tokenize=ladder.bleu_tokenizer), 2)

    tried = [
        {
            "length_penalty": length_penalty,
            "coverage_penalty": coverage_penalty,
            "validation_bleu": bleu("validation", length_penalty, coverage_penalty),
        }
        for length_penalty in ladder.gnmt.length_penalties
        for coverage_penalty in ladder.gnmt.coverage_penalties
    ]
    best = max(tried, key=lambda row: row["validation_bleu"])
    chosen = {name: best[name] for name in ("length_penalty", "coverage_penalty")}
    return {"penalties": tried, "chosen": {**chosen, "test_bleu": bleu("test", **chosen)}}


def train_gnmt(ladder, tokenizer, pairs, folder):
    """Trains GNMT, taking up a run that was stopped, and measures the average of its weights.

    Args:
        ladder: the `Recipe` of the ladder.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        folder: where the run keeps its checkpoint.

    Returns:
        dict, the entry of GNMT in the result file.
    """
    recipe = ladder.gnmt
    model, measured = train_averaged("gnmt", make_gnmt, recipe, ladder, tokenizer, pairs, folder)
    return {
        "label": f"GNMT, {recipe.num_layers}+{recipe.num_layers} LSTMs, width {recipe.hidden_dim}",
        **measured,
        **choose_penalties(model, tokenizer, pairs, ladder),
    }
