"""What is read, what is held out, and what is left out because a test holds it."""

from collections import Counter
from dataclasses import dataclass

from course_lib.data import (
    load_chinese_sentences,
    load_classic_books,
    load_cluener,
    load_movie_reviews,
    load_movie_snippets,
    load_ocnli,
    load_sst2,
    load_tatoeba,
    load_waimai,
)
from course_lib.data.corpora.splits import normalized_words, split_by_text
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary, WordPieceTokenizer, train_wordpiece

HELD_OUT = ("validation", "test")


@dataclass(frozen=True)
class Source:
    """Documents of one origin, each a list of texts in order.

    Attributes:
        train, validation: lists of documents.
        times: how often an epoch reads those for training.
        left_out: number of texts that a test or validation split of a task holds, and that are not read.
    """

    train: list
    validation: list
    times: int = 1
    left_out: int = 0


def english_sources():
    """Novels, film reviews and single sentences of reviews: the domain of SST-2 is read several times.

    Returns:
        dict from a name to a `Source`.
    """
    chapters = [chapter for book in load_classic_books().values() for chapter in book]
    forbidden = {
        normalized_words(sentence.text)
        for load in (load_sst2, load_movie_snippets)
        for split in HELD_OUT
        for sentence in load(split)
    }
    reviews = list(load_movie_reviews().values())
    snippets = [[sentence.text] for sentence in load_movie_snippets("train")]
    return {
        "classic_books": divided(chapters, 1),
        "movie_reviews": divided(reviews, 6, forbidden),
        "mr_polarity": divided(snippets, 12, forbidden),
    }


def chinese_sources():
    """Single sentences: encyclopedia, news (the sentences of CLUENER, without labels), meals, examples."""
    sentences = {
        "common_voice_zh_wiki": (load_chinese_sentences(), 1),
        "cluener": (["".join(sentence.words) for sentence in load_cluener("train")], 3),
        "ocnli": (
            dict.fromkeys(text for pair in load_ocnli("train") for text in (pair.first, pair.second)),
            1,
        ),
        "waimai_10k": ([sentence.text for sentence in load_waimai("train")], 1),
        "tatoeba_cmn_eng": (dict.fromkeys(chinese for _, chinese in load_tatoeba("cmn")["train"]), 1),
    }
    forbidden = {
        normalized_words("".join(sentence.words)) for split in HELD_OUT for sentence in load_cluener(split)
    }
    return {
        name: divided([[text] for text in texts], times, forbidden)
        for name, (texts, times) in sentences.items()
    }


SOURCES = {"english": english_sources, "chinese": chinese_sources}


def divided(documents, times, forbidden=frozenset()):
    """Sets documents apart for validation, by a hash of their first text, and leaves forbidden texts out."""
    kept, validation, left_out = [], [], 0
    for document in documents:
        allowed = [text for text in document if normalized_words(text) not in forbidden]
        left_out += len(document) - len(allowed)
        if allowed:
            (validation if split_by_text(document[0]) == "validation" else kept).append(allowed)
    return Source(kept, validation, times, left_out)


class CharacterTokenizer:
    """Each character is a token: so a label of a character is the label of a token.

    Args:
        vocabulary: a `Vocabulary` with single characters.
    """

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.ids = {token: index for index, token in enumerate(vocabulary.tokens)}

    def encode(self, text):
        """One id for each character, white space included, which is unknown."""
        return [self.ids.get(character, self.vocabulary.unknown_id) for character in text.lower()]

    def encode_batch(self, texts):
        """The ids of several texts."""
        return list(map(self.encode, texts))


def learn_tokenizer(language, sources, vocabulary_size):
    """The tokenizer of a language, learnt from what is read for training: characters are all taken."""
    texts = [text for source in sources.values() for document in source.train for text in document]
    if language == "chinese":
        counts = Counter(character for text in texts for character in text.lower())
        known = sorted(character for character, count in counts.items() if count > 1 and character.strip())
        return CharacterTokenizer(Vocabulary([*BERT_SPECIAL_TOKENS, *known]))
    vocabulary = train_wordpiece(texts, vocabulary_size, special_tokens=BERT_SPECIAL_TOKENS)
    return WordPieceTokenizer(vocabulary, engine="python")
