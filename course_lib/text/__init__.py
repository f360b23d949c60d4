"""Text: normalisation, vocabularies, tokenizers and the training of WordPiece vocabularies."""

from course_lib.text.detokenisation import join_pieces, join_words
from course_lib.text.normalisation import normalise, split_words
from course_lib.text.packing import Packed, pack, truncated_lengths
from course_lib.text.vocabulary import BERT_SPECIAL_TOKENS, SPECIAL_TOKENS, Vocabulary
from course_lib.text.word_tokenizer import WordTokenizer
from course_lib.text.wordpiece import WordPieceTokenizer, match_pieces
from course_lib.text.wordpiece_training import train_wordpiece

__all__ = [
    "BERT_SPECIAL_TOKENS",
    "Packed",
    "SPECIAL_TOKENS",
    "Vocabulary",
    "WordPieceTokenizer",
    "WordTokenizer",
    "join_pieces",
    "join_words",
    "match_pieces",
    "normalise",
    "pack",
    "split_words",
    "train_wordpiece",
    "truncated_lengths",
]
