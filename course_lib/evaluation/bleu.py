"""Corpus BLEU and chrF, computed by sacrebleu, and BLEU from sums over sentences, which resampling needs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from sacrebleu.metrics import BLEU, CHRF

MAX_ORDER = 4


def check_sentences(**sentences: Iterable[str]) -> list[list[str]]:
    """Refuse anything but strings, equally many in each argument and at least one.

    Returns:
        the arguments as lists: a generator can be read only once.

    Raises:
        ValueError: naming the argument at fault and what was received.

    Example:
        >>> check_sentences(hypotheses=["a cat"], references=[])
        Traceback (most recent call last):
        ValueError: `references` must hold at least one sentence. Received: none.
    """
    lists = {name: values if isinstance(values, str) else list(values) for name, values in sentences.items()}
    for name, values in lists.items():
        if isinstance(values, str) or not all(isinstance(value, str) for value in values):
            raise ValueError(f"`{name}` must be a list of strings, one a sentence. Received: {values!r:.80}")
        if not len(values):
            raise ValueError(f"`{name}` must hold at least one sentence. Received: none.")
    if len({len(values) for values in lists.values()}) > 1:
        lengths = ", ".join(f"{len(values)} {name}" for name, values in lists.items())
        raise ValueError(f"There must be as many sentences in each argument. Received: {lengths}.")
    return list(lists.values())


def corpus_bleu(
    hypotheses: Iterable[str], references: Iterable[str], *, lowercase: bool = True, tokenize: str = "13a"
) -> float:
    """BLEU of a whole corpus: n-gram matches are summed over sentences before precisions are taken.

    BLEU = 100 · min(1, e^(1 - r/c)) · (p₁ p₂ p₃ p₄)^¼, pₙ the precision of n-grams, c and r the lengths of
    all hypotheses and all references.

    Args:
        hypotheses: translations, as plain text.
        references: one reference for each.
        lowercase: compare in lower case.
        tokenize: sacrebleu's tokenizer; "13a" for European languages, "zh" for Chinese.

    Returns:
        a number from 0 to 100.

    Raises:
        ValueError: if there is no sentence, or not one reference for each hypothesis.

    Example:
        >>> print(f"{corpus_bleu(['The cat sat on the mat'], ['the cat sat on a mat']):.2f}")
        53.73

        Reference: Papineni et al., "BLEU: a method for automatic evaluation of machine translation", ACL

    2002. Post, "A call for clarity in reporting BLEU scores", WMT 2018.

    Taught in: notebooks/02_sequence_to_sequence.

    Taught in: notebooks/02_sequence_to_sequence
    """
    hypotheses, references = check_sentences(hypotheses=hypotheses, references=references)
    metric = BLEU(lowercase=lowercase, tokenize=tokenize, force=True)
    return metric.corpus_score(hypotheses, [references]).score


def bleu_signature(*, lowercase: bool = True, tokenize: str = "13a") -> str:
    """The line to print beside a BLEU score, so that others can compute the same.

    Example:
        >>> bleu_signature()
        'nrefs:1|case:lc|eff:no|tok:13a|smooth:exp|version:...'

    Taught in: notebooks/02_sequence_to_sequence
    """
    metric = BLEU(lowercase=lowercase, tokenize=tokenize, force=True)
    metric.corpus_score(["a"], [["a"]])  # the number of references is part of the signature
    return metric.get_signature().format()


def corpus_chrf(hypotheses: Iterable[str], references: Iterable[str], *, lowercase: bool = True) -> float:
    """chrF2 of a whole corpus: the F₂ score of character n-grams up to length 6.

    Args:
        hypotheses: translations, as plain text.
        references: one reference for each.
        lowercase: compare in lower case.

    Returns:
        a number from 0 to 100.

    Raises:
        ValueError: if there is no sentence, or not one reference for each hypothesis.

    Example:
        >>> print(f"{corpus_chrf(['The cat'], ['the cat']):.1f}")
        100.0

        Reference: Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015.
    """
    hypotheses, references = check_sentences(hypotheses=hypotheses, references=references)
    return CHRF(lowercase=lowercase).corpus_score(hypotheses, [references]).score


def bleu_statistics(
    hypotheses: Iterable[str], references: Iterable[str], *, lowercase: bool = True, tokenize: str = "13a"
) -> np.ndarray:
    """What each sentence contributes to corpus BLEU.

    Args:
        hypotheses, references, lowercase, tokenize: as for `corpus_bleu`.

    Returns:
        integers (N, 10), one row a sentence: hypothesis length, reference length, matching n-grams of order 1
        to 4, n-grams of the hypothesis of order 1 to 4. `bleu_from_statistics` of their sum is corpus BLEU.

    Raises:
        ValueError: if there is no sentence, or not one reference for each hypothesis.

    Example:
        >>> bleu_statistics(["the cat sat on the mat"], ["the cat sat on a mat"])
        array([[6, 6, 5, 3, 2, 1, 6, 5, 4, 3]])

    Taught in: notebooks/08_the_transformer
    """
    hypotheses, references = check_sentences(hypotheses=hypotheses, references=references)
    metric = BLEU(lowercase=lowercase, tokenize=tokenize, force=True, effective_order=True)
    scores = [
        metric.sentence_score(hypothesis, [reference])
        for hypothesis, reference in zip(hypotheses, references, strict=True)
    ]
    return np.array([[score.sys_len, score.ref_len, *score.counts, *score.totals] for score in scores])


def bleu_from_statistics(sums: np.ndarray) -> np.ndarray:
    """BLEU of many corpora at once, each given by its summed `bleu_statistics`.

    An order without a match counts as ½, ¼, … of a match, as in sacrebleu ("exp" smoothing).

    Args:
        sums: (…, 10).

    Returns:
        BLEU (…), from 0 to 100.

    Example:
        >>> statistics = bleu_statistics(["a b c d e", "a b"], ["a b c d f", "a b"])
        >>> print(f"{bleu_from_statistics(statistics.sum(axis=0)):.4f}")
        69.1442

    Taught in: notebooks/08_the_transformer
    """
    sums = np.asarray(sums, dtype=np.float64)
    hypothesis_length, reference_length = sums[..., 0], sums[..., 1]
    matches, totals = sums[..., 2 : 2 + MAX_ORDER], sums[..., 2 + MAX_ORDER :]
    unmatched = np.cumsum(matches == 0, axis=-1)
    smoothed = np.where(matches > 0, matches, 0.5**unmatched)
    scored = (matches.max(axis=-1) > 0) & (totals.min(axis=-1) > 0)
    precisions = np.where(scored[..., None], smoothed / np.maximum(totals, 1), 1)
    ratio = reference_length / np.maximum(hypothesis_length, 1)
    brevity_penalty = np.exp(np.minimum(0, 1 - ratio))
    return np.where(scored, 100 * brevity_penalty * np.exp(np.log(precisions).mean(axis=-1)), 0.0)
