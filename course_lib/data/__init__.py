"""Toy language (`toy`), pictures that are drawn (`pictures`), public corpora (`corpora`), and `batches`."""

from course_lib.data.batches.bucketed_batches import BucketedBatches
from course_lib.data.batches.language_model_batches import LanguageModelBatches
from course_lib.data.batches.pair_batches import pair_batches, whole_batch
from course_lib.data.batches.sampled_translation_batches import SampledTranslationBatches
from course_lib.data.batches.sharded_batches import ShardedBatches
from course_lib.data.batches.translation_batches import TranslationBatches
from course_lib.data.corpora.cache import cache_folder, corpus_file
from course_lib.data.corpora.document_corpora import (
    book_names,
    load_chinese_sentences,
    load_classic_books,
    load_movie_reviews,
    load_wikitext2_documents,
)
from course_lib.data.corpora.downloads import CorruptFileError, DownloadError
from course_lib.data.corpora.entity_corpora import TaggedSentence, load_cluener, load_wnut17
from course_lib.data.corpora.pair_corpora import (
    LabelledPair,
    load_mrpc,
    load_ocnli,
    load_sick,
    load_stsb,
)
from course_lib.data.corpora.picture_corpora import load_digits
from course_lib.data.corpora.question_corpora import Answer, Question, load_cmrc2018, load_squadshifts
from course_lib.data.corpora.registry import CORPORA, Corpus, CorpusFile
from course_lib.data.corpora.sentence_corpora import (
    LabelledSentence,
    load_movie_snippets,
    load_sst2,
    load_waimai,
)
from course_lib.data.corpora.text_corpora import (
    load_names,
    load_tiny_shakespeare,
    load_war_and_peace,
    load_wikitext2,
)
from course_lib.data.corpora.translation_corpora import load_multi30k, load_tatoeba
from course_lib.data.pictures.bird_pictures import BirdPictures
from course_lib.data.pictures.marks import MARKS
from course_lib.data.pictures.pictures import Pictures
from course_lib.data.toy.documents import Document, DocumentLanguage
from course_lib.data.toy.language import ToyLanguage, ToyPair

__all__ = [
    "Answer",
    "BirdPictures",
    "BucketedBatches",
    "CORPORA",
    "Corpus",
    "CorpusFile",
    "CorruptFileError",
    "Document",
    "DocumentLanguage",
    "DownloadError",
    "LabelledPair",
    "LabelledSentence",
    "LanguageModelBatches",
    "MARKS",
    "Pictures",
    "Question",
    "SampledTranslationBatches",
    "ShardedBatches",
    "TaggedSentence",
    "ToyLanguage",
    "ToyPair",
    "TranslationBatches",
    "book_names",
    "cache_folder",
    "corpus_file",
    "load_chinese_sentences",
    "load_classic_books",
    "load_cluener",
    "load_cmrc2018",
    "load_digits",
    "load_movie_reviews",
    "load_movie_snippets",
    "load_mrpc",
    "load_multi30k",
    "load_names",
    "load_ocnli",
    "load_sick",
    "load_squadshifts",
    "load_sst2",
    "load_stsb",
    "load_tatoeba",
    "load_tiny_shakespeare",
    "load_waimai",
    "load_war_and_peace",
    "load_wikitext2",
    "load_wikitext2_documents",
    "load_wnut17",
    "pair_batches",
    "whole_batch",
]
