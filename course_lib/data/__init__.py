"""Toy language, public corpora and batches."""

from course_lib.data.bucketed_batches import BucketedBatches
from course_lib.data.cache import cache_folder, corpus_file
from course_lib.data.downloads import CorruptFileError, DownloadError
from course_lib.data.language_model_batches import LanguageModelBatches
from course_lib.data.process_share import ProcessShare
from course_lib.data.registry import CORPORA, Corpus, CorpusFile
from course_lib.data.sampled_translation_batches import SampledTranslationBatches
from course_lib.data.text_corpora import (
    load_names,
    load_tiny_shakespeare,
    load_war_and_peace,
    load_wikitext2,
)
from course_lib.data.toy import ToyLanguage, ToyPair
from course_lib.data.translation_batches import TranslationBatches
from course_lib.data.translation_corpora import load_multi30k, load_tatoeba

__all__ = [
    "BucketedBatches",
    "CORPORA",
    "Corpus",
    "CorpusFile",
    "CorruptFileError",
    "DownloadError",
    "LanguageModelBatches",
    "ProcessShare",
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
]
