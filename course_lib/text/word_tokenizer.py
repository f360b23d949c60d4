"""Words between spaces."""

from course_lib.text.tokenizer import Tokenizer, visible_tokens


class WordTokenizer(Tokenizer):
    """Splits at whitespace and changes nothing: for text that is tokenized already, such as the toy language.

    Args:
        vocabulary: a `Vocabulary` of words.

    Example:
        >>> from course_lib.text import SPECIAL_TOKENS, Vocabulary
        >>> tokenizer = WordTokenizer(Vocabulary([*SPECIAL_TOKENS, "a", "cat"]))
        >>> tokenizer.encode("a cat sat")
        [5, 6, 1]
        >>> tokenizer.decode([5, 6, 3])
        'a cat'

    Taught in: notebooks/02_sequence_to_sequence
    """

    def _encode(self, text):
        return [self.vocabulary.id_of(word) for word in text.split()]

    def decode(self, token_ids):
        """Joins the words by single spaces.

        Args:
            token_ids: flat iterable of integers.

        Returns:
            a string; whitespace other than single spaces is lost.
        """
        return " ".join(visible_tokens(self.vocabulary, token_ids))
