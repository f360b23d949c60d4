"""Loaders of whole documents, paragraphs in order: novels, film reviews, articles; and single sentences."""

import re
import zipfile

from course_lib.data.corpora.cache import corpus_file
from course_lib.data.corpora.registry import CORPORA
from course_lib.data.corpora.text_corpora import load_wikitext2

_WIKITEXT2_TITLE = re.compile(r"= [^=].*[^=] =")


def book_names():
    """The names of the novels, as `load_classic_books` takes them.

    Example:
        >>> len(book_names()), book_names()[0]
        (52, 'a_tale_of_two_cities')

    Taught in: notebooks/10_bert_pretraining
    """
    return [file.removesuffix(".md") for file in CORPORA["classic_books"].files]


def load_classic_books(names=None):
    """English novels of the nineteenth century, whole: 11.4 million words in 52 books.

    Args:
        names: which of `book_names()`; all if not given.

    Returns:
        dict from a name to the book's chapters, each a list of paragraphs. Headings, rules and the marks of
        italics are left out.

    Raises:
        ValueError: unknown name.

    Example:
        >>> load_classic_books(["emma"])["emma"][0][0][:15]  # doctest: +SKIP
        'Emma Woodhouse,'

    Taught in: notebooks/10_bert_pretraining
    """
    names = book_names() if names is None else list(names)
    if unknown := sorted(set(names) - set(book_names())):
        raise ValueError(f"`names` must be some of `book_names()`. Received: {', '.join(unknown)}.")
    return {
        name: chapters_of(corpus_file("classic_books", f"{name}.md").read_bytes().decode("utf-8"))
        for name in names
    }


def chapters_of(text):
    """The chapters of a book in Markdown, each a list of paragraphs.

    Example:
        >>> chapters_of("# T\\n\\n-------\\n\\n## I\\n\\nOne _two_\\nthree.\\n\\nFour.\\n\\n## II\\n\\nFive.")
        [['One two three.', 'Four.'], ['Five.']]
    """
    chapters, paragraphs = [], []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        block = " ".join(block.split())
        if block.startswith("#"):
            chapters.append(paragraphs)
            paragraphs = []
        elif re.search(r"\w", block):
            paragraphs.append(re.sub(r"[_*]", "", block))
    return [chapter for chapter in [*chapters, paragraphs] if chapter]


def load_movie_reviews():
    """Whole film reviews, 2,000 of them, in lower case and tokenized by spaces; half of them praise.

    Sentences of MR and SST-2 are of the same domain and in part from the same reviews: who pre-trains here
    and tests there must leave out what the two share, see `normalized_words`.

    Returns:
        dict from a name ("neg/cv000_29416") to the review's sentences in order.

    Example:
        >>> len(load_movie_reviews())  # doctest: +SKIP
        2000

    Reference: Pang and Lee (2004), https://aclanthology.org/P04-1035
    """
    reviews = {}
    with zipfile.ZipFile(corpus_file("movie_reviews", "movie_reviews.zip")) as archive:
        for path in sorted(name for name in archive.namelist() if name.endswith(".txt")):
            lines = archive.read(path).decode("utf-8").split("\n")
            name = path.removeprefix("movie_reviews/").removesuffix(".txt")
            reviews[name] = [" ".join(line.split()) for line in lines if line.strip()]
    return reviews


def load_wikitext2_documents(split):
    """The articles of WikiText-2, each a list of paragraphs; headings are left out.

    Args:
        split: "train", "validation" or "test".

    Returns:
        list of documents.

    Raises:
        ValueError: unknown split.

    Example:
        >>> len(load_wikitext2_documents("test"))  # doctest: +SKIP
        62

    Reference: Merity et al. (2017), https://arxiv.org/abs/1609.07843
    """
    documents = []
    for line in load_wikitext2(split):
        if _WIKITEXT2_TITLE.fullmatch(line):
            documents.append([])
        elif not line.startswith("= =") and documents:
            documents[-1].append(line)
    return [document for document in documents if document]


def load_chinese_sentences():
    """Single sentences of the Chinese Wikipedia, 49,981 of them; they make no documents.

    Returns:
        list of strings.

    Example:
        >>> load_chinese_sentences()[0]  # doctest: +SKIP
        '后来信众捐资兴建宫庙落成。'

    Reference: Ardila et al. (2020), https://aclanthology.org/2020.lrec-1.520
    Taught in: notebooks/09_word_pieces
    """
    text = corpus_file("common_voice_zh_wiki", "wiki.zh-cn.txt").read_bytes().decode("utf-8")
    return [line.strip() for line in text.split("\n") if line.strip()]
