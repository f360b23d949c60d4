import re
import string
from collections import Counter


def _words(text):
    text = text.lower().translate(str.maketrans("", "", string.punctuation))
    return [word for word in text.split() if word not in ("a", "an", "the")]


def _bag_f1(p, a):
    if not p or not a:
        return float(not p and not a)
    return 2 * sum((Counter(p) & Counter(a)).values()) / (len(p) + len(a))


def _best(prediction, answers, words=_words, f1=_bag_f1):
    p = words(prediction)
    return max(f1(p, words(answer)) for answer in answers)


def right_1(prediction, answers):
    """Bags as counters."""
    return _best(prediction, answers)


def right_2(prediction, answers):
    """Words are struck off a list one by one."""

    def normal(text):
        text = "".join(c for c in text.lower() if c not in set(string.punctuation))
        kept = []
        for word in text.split():
            if word in {"a", "an", "the"}:
                continue
            kept.append(word)
        return kept

    guess, best = normal(prediction), 0.0
    for answer in answers:
        right = normal(answer)
        if not guess and not right:
            return 1.0
        rest, shared = list(right), 0
        for word in guess:
            if word in rest:
                rest.remove(word)
                shared += 1
        best = max(best, 2.0 * shared / (len(guess) + len(right)))
    return best


def right_3(prediction, answers):
    """Two sorted lists are merged; articles by a pattern over white space."""

    def normal(text):
        text = re.sub("[" + re.escape(string.punctuation) + "]", "", text.lower())
        return sorted(re.sub(r"(?<!\S)(?:an?|the)(?!\S)", " ", text).split())

    def score(x, y):
        i = j = shared = 0
        while i < len(x) and j < len(y):
            if x[i] == y[j]:
                i, j, shared = i + 1, j + 1, shared + 1
            elif x[i] < y[j]:
                i += 1
            else:
                j += 1
        return 2 * shared / (len(x) + len(y)) if x or y else 1.0

    guess = normal(prediction)
    return float(max(map(lambda answer: score(guess, normal(answer)), answers)))


def wrong_1(prediction, answers):
    """Punctuation becomes a space. Wrong on: U.S., don't, twenty-one."""

    def words(text):
        text = "".join(" " if c in string.punctuation else c for c in text.lower())
        return [w for w in text.split() if w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_2(prediction, answers):
    """Articles are deleted before punctuation. Wrong on: a.m., which loses its a."""

    def words(text):
        text = re.sub(r"\b(a|an|the)\b", " ", text.lower())
        return "".join(c for c in text if c not in string.punctuation).split()

    return _best(prediction, answers, words)


def wrong_3(prediction, answers):
    """Articles are deleted before lower case. Wrong on: The, A."""

    def words(text):
        text = text.translate(str.maketrans("", "", string.punctuation))
        return [w.lower() for w in text.split() if w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_4(prediction, answers):
    """Sets of words for bags. Wrong on: words that stand twice."""

    def f1(p, a):
        p, a = set(p), set(a)
        if not p or not a:
            return float(not p and not a)
        return 2 * len(p & a) / (len(p) + len(a))

    return _best(prediction, answers, f1=f1)


def wrong_5(prediction, answers):
    """Articles stay. Wrong on: an article in one of the two."""

    def words(text):
        return text.lower().translate(str.maketrans("", "", string.punctuation)).split()

    return _best(prediction, answers, words)


def wrong_6(prediction, answers):
    """The mean over the right answers. Wrong on: answers with different scores."""
    p = _words(prediction)
    return sum(_bag_f1(p, _words(answer)) for answer in answers) / len(answers)


def wrong_7(prediction, answers):
    """The first right answer only. Wrong on: a better one behind."""
    return _bag_f1(_words(prediction), _words(answers[0]))


def wrong_8(prediction, answers):
    """0 where nothing is shared, also of two empty bags. Wrong on: no words left of both."""

    def f1(p, a):
        shared = sum((Counter(p) & Counter(a)).values())
        if shared == 0:
            return 0.0
        return 2 * shared / (len(p) + len(a))

    return _best(prediction, answers, f1=f1)


def wrong_9(prediction, answers):
    """1 where no words are left of either. Wrong on: one of the two empty."""

    def f1(p, a):
        return _bag_f1(p, a) if p and a else 1.0

    return _best(prediction, answers, f1=f1)


def wrong_10(prediction, answers):
    """Articles are deleted inside of words. Wrong on: theory, another, atlas."""

    def words(text):
        text = text.lower().translate(str.maketrans("", "", string.punctuation))
        for article in ("the", "an", "a"):
            text = text.replace(article, "")
        return text.split()

    return _best(prediction, answers, words)


def wrong_11(prediction, answers):
    """Exact match. Wrong on: answers found in part."""
    return float(any(Counter(_words(prediction)) == Counter(_words(answer)) for answer in answers))


def wrong_12(prediction, answers):
    """Split at single spaces. Wrong on: two spaces, tabs, line breaks, space at the ends."""

    def words(text):
        text = text.lower().translate(str.maketrans("", "", string.punctuation))
        return [w for w in text.split(" ") if w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_13(prediction, answers):
    """Letters are compared, not words. Wrong on: different words with letters in common."""
    return _best(prediction, answers, words=lambda text: list("".join(_words(text))))


def wrong_14(prediction, answers):
    """Each word of the prediction that the answer has is shared. Wrong on: a word said twice, there once."""

    def f1(p, a):
        if not p or not a:
            return float(p == a)
        return 2 * sum(w in a for w in p) / (len(p) + len(a))

    return _best(prediction, answers, f1=f1)


def wrong_15(prediction, answers):
    """Recall in place of F1. Wrong on: predictions that say too much."""

    def f1(p, a):
        return sum((Counter(p) & Counter(a)).values()) / len(a) if a else float(not p)

    return _best(prediction, answers, f1=f1)


def wrong_16(prediction, answers):
    """Shared over all words of both (Jaccard). Wrong on: scores between 0 and 1."""

    def f1(p, a):
        p, a = Counter(p), Counter(a)
        return sum((p & a).values()) / sum((p | a).values()) if p or a else 1.0

    return _best(prediction, answers, f1=f1)


def wrong_17(prediction, answers):
    """Emptiness is asked before the steps. Wrong on: 'the' and '...', of which no words are left."""
    if not prediction.strip():
        return float(any(not answer.strip() for answer in answers))
    p, best = _words(prediction), 0.0
    for answer in answers:
        a = _words(answer)
        shared = sum((Counter(p) & Counter(a)).values())
        best = max(best, 2 * shared / max(1, len(p) + len(a)))
    return best


def wrong_18(prediction, answers):
    """All right answers in one bag. Wrong on: two answers or more."""
    return _bag_f1(_words(prediction), _words(" ".join(answers)))


def wrong_19(prediction, answers):
    """an is not seen as an article. Wrong on: an in one of the two."""

    def words(text):
        text = text.lower().translate(str.maketrans("", "", string.punctuation))
        return [w for w in text.split() if w not in ("a", "the")]

    return _best(prediction, answers, words)


def wrong_20(prediction, answers):
    """Punctuation is stripped at the ends of words only. Wrong on: U.S. and US."""

    def words(text):
        stripped = (w.strip(string.punctuation) for w in text.lower().split())
        return [w for w in stripped if w and w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_21(prediction, answers):
    """Words are runs of a to z and digits. Wrong on: café, naïve, also don't."""

    def words(text):
        return [w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_22(prediction, answers):
    """The pattern keeps the underscore, a letter to it. Wrong on: snake_case beside snakecase."""

    def words(text):
        text = re.sub(r"[^\w\s]", "", text.lower())
        return [w for w in text.split() if w not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_23(prediction, answers):
    """Words are shared in order only (longest common subsequence). Wrong on: words in another order."""

    def f1(p, a):
        if not p or not a:
            return float(p == a)
        row = [0] * (len(a) + 1)
        for x in p:
            new = [0]
            for k, y in enumerate(a):
                new.append(row[k] + 1 if x == y else max(row[k + 1], new[k]))
            row = new
        return 2 * row[-1] / (len(p) + len(a))

    return _best(prediction, answers, f1=f1)


def wrong_24(prediction, answers):
    """Lower case is forgotten. Wrong on: capitals in one of the two."""

    def words(text):
        text = text.translate(str.maketrans("", "", string.punctuation))
        return [w for w in text.split() if w.lower() not in ("a", "an", "the")]

    return _best(prediction, answers, words)


def wrong_25(prediction, answers):
    """Only the first article of a text is deleted. Wrong on: texts with two articles."""

    def words(text):
        text = text.lower().translate(str.maketrans("", "", string.punctuation))
        return re.sub(r"(?<!\S)(a|an|the)(?!\S)", " ", text, count=1).split()

    return _best(prediction, answers, words)
