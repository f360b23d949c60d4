# %% [markdown]
# # Exercises: word pieces
#
# Work from top to bottom. Replace each `raise NotImplementedError` by your code and run the `check` cell
# under it: it tries your answer on fresh random inputs and says which mistake it sees.

# %%
import string
import unicodedata

from keras import ops

from course_lib.grading import check, failing_case, hint, solution  # noqa: F401

# %% [markdown]
# ## Words
#
# Before any pieces are looked up, a text is split into words. BERT's rules, without the lowering of case:
#
# - White space separates words and belongs to none. There may be several spaces, tabs and line breaks in a
#   row, also at the beginning and at the end.
# - Every punctuation mark is a word of its own, also inside and between others: `don't` is three words, `...`
#   is three. Punctuation are the 32 ASCII symbols, `string.punctuation`, and each character whose Unicode
#   category, `unicodedata.category(character)`, begins with "P".
# - Every Chinese character, from "\u4e00" to "\u9fff", is a word of its own. All other letters, Japanese kana
#   and Korean syllables among them, stay together.


# %%
def split_words(text):
    """The words of a text, in their order.

    Args:
        text: A string.

    Returns:
        List of strings, none of them empty.
    """
    # BEGIN SOLUTION
    spaced = ""
    for character in text:
        is_mark = character in string.punctuation or unicodedata.category(character).startswith("P")
        stands_alone = is_mark or "\u4e00" <= character <= "\u9fff"
        spaced += f" {character} " if stands_alone else character
    return spaced.split()
    # END SOLUTION


# %%
check(split_words)

# %% [markdown]
# ## Two scores of a pair
#
# A vocabulary is learnt by merging. Every word is a row of pieces, at first of single characters; those
# inside a word are written with "##". Which two neighbours become one piece? Byte-pair encoding takes the
# pair that occurs most often; WordPiece, as it is usually told, the one whose parts occur least without each
# other:
#
# $$ \text{count}(ab), \qquad \frac{\text{count}(ab)}{\text{count}(a)\,\text{count}(b)} $$
#
# All counts are those of the **text**: what stands in a word that occurs 9 times counts 9 times. A pair
# is any two neighbours of a word, so `b ##a ##a ##a` has the pair (`##a`, `##a`) twice. `##a` and `a` are
# different pieces.


# %%
def pair_scores(word_counts):
    """Both scores of every pair of neighbours.

    Args:
        word_counts: Dict from a word, a tuple of pieces, to how often it occurs in the text.

    Returns:
        Dict from a pair `(left, right)` of pieces to a pair `(count, score)` of numbers; it holds the pairs
        that occur and no others.
    """
    # BEGIN SOLUTION
    singles, pairs = {}, {}
    for pieces, count in word_counts.items():
        for piece in pieces:
            singles[piece] = singles.get(piece, 0) + count
        for pair in zip(pieces, pieces[1:], strict=False):
            pairs[pair] = pairs.get(pair, 0) + count
    return {
        (left, right): (count, count / (singles[left] * singles[right]))
        for (left, right), count in pairs.items()
    }
    # END SOLUTION


# %%
check(pair_scores)

# %% [markdown]
# ## One merge
#
# Once a pair has been chosen, it becomes one piece wherever it stands: `t ##h ##e` with the pair (`t`, `##h`)
# is `th ##e`. The new piece keeps the "##" of its left part, if there is one, and loses that of its right
# part.
#
# Work from left to right, and use no piece twice: (`##a`, `##a`) makes `##aa ##a` of `##a ##a ##a`. Pieces
# are merged only where they *are* the pair, both of them, in this order: neither parts of longer pieces, nor
# the same letters with "##" where the pair has none.


# %%
def merge_pair(pieces, pair):
    """A word with one pair merged wherever it stands.

    Args:
        pieces: List of strings, the pieces of a word.
        pair: A pair `(left, right)` of strings; `right` begins with "##".

    Returns:
        List of strings, the pieces after the merge.
    """
    # BEGIN SOLUTION
    merged, place = [], 0
    while place < len(pieces):
        if tuple(pieces[place : place + 2]) == tuple(pair):
            merged.append(pair[0] + pair[1].removeprefix("##"))
            place += 2
        else:
            merged.append(pieces[place])
            place += 1
    return merged
    # END SOLUTION


# %%
check(merge_pair)

# %% [markdown]
# ## Longest match first
#
# With a vocabulary at hand, a word is split greedily: the first piece is the longest beginning of the word
# that the vocabulary holds, then comes the longest that fits what is left, and so on. Pieces after the first
# are looked up with "##" before them, and are returned like that.
#
# If at some place nothing fits, the whole **word** becomes the one piece `[UNK]`, whatever was found before
# that place. There is no going back to try a shorter piece. A word of more than `max_length` characters
# becomes `[UNK]`, too, before anything is looked up.


# %%
def longest_match(word, vocabulary, max_length):
    """The pieces of a word, longest match first.

    Args:
        word: A string of at least one character.
        vocabulary: Set of pieces.
        max_length: Python int, the most characters of a word that is split.

    Returns:
        List of pieces; `["[UNK]"]` for a word that cannot be split, or is too long.
    """
    # BEGIN SOLUTION
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        prefix = "##" if start else ""
        stops = range(len(word), start, -1)
        stop = next((stop for stop in stops if prefix + word[start:stop] in vocabulary), None)
        if stop is None:
            return ["[UNK]"]
        pieces.append(prefix + word[start:stop])
        start = stop
    return pieces
    # END SOLUTION


# %%
check(longest_match)

# %% [markdown]
# ## Back to the text
#
# Pieces are made of a cleaned text, and an entity or an answer has to be shown in the original one. The next
# cell gives you what becomes of *one* character: case and accents go. It may be nothing (an accent that is
# written as a character of its own, a zero-width space), and it may be several characters (the Korean 한
# becomes three).
#
# The text is split into words at spaces. For each word you get its pieces. Where did each of them come from?
#
# - A span is a pair `(start, end)`: the place of the first character of the text of which the piece holds
#   something, and the place **behind** the last such character. Characters that became nothing can lie within
#   a span, and neither begin nor end one. Two pieces may share a character of which both hold a part.
# - The "##" of a piece stands for no character.
# - `[UNK]` is the only piece of its word, and holds something of every character that did not become nothing:
#   what became nothing neither begins nor ends its span, either.


# %%
def cleaned(character):
    """What one character of a text becomes: a string of none, one or several characters.

    Example:
        >>> cleaned("É"), cleaned("\u0301"), len(cleaned("한"))
        ('e', '', 3)
    """
    parts = unicodedata.normalize("NFD", character)
    return "".join(part.lower() for part in parts if unicodedata.category(part) not in ("Mn", "Cf"))


# %%
def token_offsets(text, pieces_of_words):
    """Where in the original text each piece comes from.

    Args:
        text: A string; its words are separated by one or more spaces; some may stand at its ends, too.
        pieces_of_words: List with a list of pieces, one at least, for each word of the text, in their order.
            Without "##", the pieces of a word are together what `cleaned` makes of its characters, or there
            is one piece, `"[UNK]"`.

    Returns:
        List of pairs `(start, end)` of Python ints, one for each piece of all words, in their order:
        `text[start:end]` is what the piece came from.
    """
    # BEGIN SOLUTION
    sources, words = [], []  # places of the cleaned characters of one word; those of all words
    for place, character in enumerate([*text, " "]):
        if character != " ":
            sources += [place] * len(cleaned(character))
        elif sources:
            words.append(sources)
            sources = []
    spans = []
    for sources, pieces in zip(words, pieces_of_words, strict=True):
        start = 0
        for number, piece in enumerate(pieces):
            length = len(piece.removeprefix("##") if number else piece)
            stop = len(sources) if piece == "[UNK]" else start + length
            spans.append((sources[start], sources[stop - 1] + 1))
            start = stop
    return spans
    # END SOLUTION


# %%
check(token_offsets)

# %% [markdown]
# ## Bits per character
#
# A language model that reads larger pieces pays more for each of them, and has fewer to pay for. What can be
# compared is the price of the same text: all that was paid, in bits, over all characters of the text,
#
# $$ \frac{-\sum_{b,t} \log_2 p_{b,t}}{\sum_b c_b} $$
#
# where $p_{b,t}$ is the probability that the model gave to token $t$ of sentence $b$, and $c_b$ the number of
# characters of the sentence. Every real token is paid for, the end-of-sentence token as well, which has no
# character. Padding is not.


# %%
def bits_per_character(log_probabilities, padding_mask, num_characters):
    """What a text costs, in bits per character.

    Args:
        log_probabilities: Tensor (B, T), the natural logarithm of each right token's probability; at padding
            it may be any number, also one above zero.
        padding_mask: Boolean tensor (B, T), True at real tokens; the last of each sentence is its end token.
        num_characters: Integer tensor (B,), the characters of each sentence, at least one.

    Returns:
        Scalar tensor.
    """
    # BEGIN SOLUTION
    nats = -ops.sum(ops.where(padding_mask, log_probabilities, 0.0))
    bits = nats / ops.log(ops.cast(2.0, nats.dtype))
    return bits / ops.cast(ops.sum(num_characters), nats.dtype)
    # END SOLUTION


# %%
check(bits_per_character)
