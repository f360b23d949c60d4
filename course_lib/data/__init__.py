"""Toy language (`toy`), public corpora (`corpora`), and what makes batches of sentences (`batches`)."""

from course_lib.data.batches.bucketed_batches import BucketedBatches
from course_lib.data.batches.language_model_batches import LanguageModelBatches
from course_lib.data.batches.pair_batches import pair_batches, whole_batch
from course_lib.data.batches.sampled_translation_batches import SampledTranslationBatches
from course_lib.data.batches.sharded_batches import ShardedBatches
from course_lib.data.batches.translation_batches import TranslationBatches
from course_lib.data.corpora.cache import cache_folder, corpus_file
from course_lib.data.corpora.downloads import CorruptFileError, DownloadError
from course_lib.data.corpora.registry import CORPORA, Corpus, CorpusFile
from course_lib.data.corpora.text_corpora import (
    load_names,
    load_tiny_shakespeare,
    load_war_and_peace,
    load_wikitext2,
)
from course_lib.data.corpora.translation_corpora import load_multi30k, load_tatoeba
from course_lib.data.toy.language import ToyLanguage, ToyPair

__all__ = [
    "BucketedBatches",
    "CORPORA",
    "Corpus",
    "CorpusFile",
    "CorruptFileError",
    "DownloadError",
    "LanguageModelBatches",
    "ShardedBatches",
    "SampledTranslationBatches",
    "ToyLanguage",
    "ToyPair",
    "TranslationBatches",
    "cache_folder",
    "corpus_file",
    "load_multi30k",
    "load_names",
    "load_tatoeba",
    "load_tiny_shakespeare",
    "load_war_and_peace",
    "load_wikitext2",
    "pair_batches",
    "whole_batch",
]
