"""Models of the course, on Keras alone: language models, translators, readers, and models that see."""

from course_lib.models.bert.bert import Bert
from course_lib.models.bert.bert_sizes import BERT_SIZES, bert_parameter_counts, bert_settings
from course_lib.models.bi_lstm import BiLstm
from course_lib.models.elmo import Elmo
from course_lib.models.family.albert import Albert
from course_lib.models.family.distil_bert import DistilBert
from course_lib.models.family.electra import Electra
from course_lib.models.family.factorised_bert import FactorisedBert
from course_lib.models.family.family_sizes import (
    FAMILY_SIZES,
    family_parameter_counts,
    family_settings,
)
from course_lib.models.family.mass import Mass
from course_lib.models.family.roberta import Roberta
from course_lib.models.family.span_bert import SpanBert
from course_lib.models.family.uni_lm import UniLm
from course_lib.models.gnmt import Gnmt
from course_lib.models.gpt import Gpt
from course_lib.models.heads.crf_tagger import CrfTagger
from course_lib.models.heads.next_token_model import NextTokenModel
from course_lib.models.heads.permuted_word_model import PermutedWordModel
from course_lib.models.heads.pretraining_model import PretrainingModel
from course_lib.models.heads.sentence_classifier import SentenceClassifier
from course_lib.models.heads.span_predictor import SpanPredictor
from course_lib.models.heads.token_classifier import TokenClassifier
from course_lib.models.heads.two_way_language_model import TwoWayLanguageModel
from course_lib.models.ngram import NGramModel
from course_lib.models.recurrent_language_model import RecurrentLanguageModel
from course_lib.models.seq2seq import Seq2Seq
from course_lib.models.skip_gram import SkipGram
from course_lib.models.transformer import Transformer
from course_lib.models.transformer_size import transformer_parameter_counts
from course_lib.models.vision.convolutional_classifier import ConvolutionalClassifier
from course_lib.models.vision.recurrent_attention import RecurrentAttention
from course_lib.models.vision.vision_transformer import VisionTransformer, patch_attention
from course_lib.models.window_language_model import WindowLanguageModel
from course_lib.models.xlnet.xlnet import XlNet

__all__ = [
    "Albert",
    "BERT_SIZES",
    "Bert",
    "BiLstm",
    "ConvolutionalClassifier",
    "CrfTagger",
    "DistilBert",
    "Electra",
    "Elmo",
    "FAMILY_SIZES",
    "FactorisedBert",
    "Gnmt",
    "Gpt",
    "Mass",
    "NGramModel",
    "NextTokenModel",
    "PermutedWordModel",
    "PretrainingModel",
    "RecurrentAttention",
    "RecurrentLanguageModel",
    "Roberta",
    "SentenceClassifier",
    "Seq2Seq",
    "SkipGram",
    "SpanBert",
    "SpanPredictor",
    "TokenClassifier",
    "Transformer",
    "TwoWayLanguageModel",
    "UniLm",
    "VisionTransformer",
    "WindowLanguageModel",
    "XlNet",
    "bert_parameter_counts",
    "bert_settings",
    "family_parameter_counts",
    "family_settings",
    "patch_attention",
    "transformer_parameter_counts",
]
