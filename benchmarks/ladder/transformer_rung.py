"""Trains, decodes and scores the Transformer's rung."""

from benchmarks.ladder.averaged_rung import compile_averaged, train_averaged
from course_lib.models import Transformer


def make_transformer(recipe, vocabulary_size, updates):
    """The compiled model.

    Args:
        recipe: a `TransformerRecipe`.
        vocabulary_size: size of the vocabulary of both languages.
        updates: how many there will be.
    """
    model = Transformer(
        vocabulary_size,
        vocabulary_size,
        hidden_dim=recipe.hidden_dim,
        num_heads=recipe.num_heads,
        intermediate_dim=recipe.intermediate_dim,
        num_layers=recipe.num_layers,
        tied_embeddings="all",
        norm_place=recipe.norm_place,
        dropout=recipe.dropout,
    )
    return compile_averaged(model, recipe, updates)


def train_transformer(ladder, tokenizer, pairs, folder):
    """Trains the Transformer, taking up a run that was stopped, and measures the average of its weights.

    Args:
        ladder: the `Recipe` of the ladder.
        tokenizer: the tokenizer of both languages.
        pairs: dict split → list of pairs.
        folder: where the run keeps its checkpoint.

    Returns:
        dict, the entry of the Transformer in the result file.
    """
    recipe = ladder.transformer
    _, measured = train_averaged("transformer", make_transformer, recipe, ladder, tokenizer, pairs, folder)
    return {
        "label": f"Transformer, {recipe.num_layers}+{recipe.num_layers} layers, width {recipe.hidden_dim}",
        "published": list(recipe.published),
        **measured,
    }
