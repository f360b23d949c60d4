import math
import re

import numpy as np

_SPECIAL = ("[CLS]", "[SEP]", "[PAD]")


def right_1(tokens, order, share):
    words = []
    open_word = False
    n = 0
    for t, token in enumerate(tokens):
        if token in _SPECIAL:
            open_word = False
            continue
        n += 1
        if token.startswith("##") and open_word:
            words[-1].append(t)
        else:
            words.append([t])
        open_word = True
    hidden = [False] * len(tokens)
    count = 0
    for w in order:
        if count + len(words[w]) <= share * n:
            count += len(words[w])
            for t in words[w]:
                hidden[t] = True
    return hidden


def right_2(tokens, order, share):
    special = np.array([t in _SPECIAL for t in tokens], dtype=bool)
    goes_on = np.array([t[:2] == "##" for t in tokens], dtype=bool)
    behind_special = np.concatenate([[True], special[:-1]])
    begins = ~special & (~goes_on | behind_special)
    ids = np.where(special, -1, np.cumsum(begins) - 1)
    sizes = np.bincount(ids[~special], minlength=len(order))
    budget = math.floor(share * int((~special).sum()))
    chosen = set()
    for w in order:
        if sizes[w] <= budget:
            budget -= int(sizes[w])
            chosen.add(w)
    return [int(i) in chosen for i in ids]


def right_3(tokens, order, share):
    # One letter a token, so that words are matches of a pattern.
    letters = "".join("s" if t in _SPECIAL else "c" if t.startswith("##") else "b" for t in tokens)
    spans = []
    for text in re.finditer(r"[bc]+", letters):
        for word in re.finditer(r"[bc]c*", text.group()):
            spans.append((text.start() + word.start(), text.start() + word.end()))
    limit = share * (len(letters) - letters.count("s"))
    hidden = [False for _ in tokens]
    for w in order:
        trial = list(hidden)
        trial[slice(*spans[w])] = [True] * (spans[w][1] - spans[w][0])
        if sum(trial) <= limit:
            hidden = trial
    return hidden


def _words(tokens):
    words, before = [], None
    for t, token in enumerate(tokens):
        if token not in _SPECIAL:
            if token.startswith("##") and before not in _SPECIAL and before is not None:
                words[-1].append(t)
            else:
                words.append([t])
        before = token
    return words


def _mark(tokens, places):
    places = set(places)
    return [t in places for t in range(len(tokens))]


def wrong_1(tokens, order, share):
    """Stops at the first word that does not fit. Wrong on: a shorter word that comes later and fits."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    places = []
    for w in order:
        if len(places) + len(words[w]) > budget:
            break
        places += words[w]
    return _mark(tokens, places)


def wrong_2(tokens, order, share):
    """The share is of all tokens, special ones and padding too. Wrong on: a word that fits only then."""
    words = _words(tokens)
    places = []
    for w in order:
        if len(places) + len(words[w]) <= share * len(tokens):
            places += words[w]
    return _mark(tokens, places)


def wrong_3(tokens, order, share):
    """The share is one of words. Wrong on: texts with words of several pieces."""
    words = _words(tokens)
    chosen = order[: int(share * len(words))]
    return _mark(tokens, [t for w in chosen for t in words[w]])


def wrong_4(tokens, order, share):
    """A piece behind [SEP] goes on with the last word in front of it. Wrong on: "##" behind a later special
    token."""
    words = []
    for t, token in enumerate(tokens):
        if token in _SPECIAL:
            continue
        if token.startswith("##") and words:
            words[-1].append(t)
        else:
            words.append([t])
    budget = share * sum(map(len, words))
    places = []
    for w in order:
        if w < len(words) and len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_5(tokens, order, share):
    """A piece cut off behind a special token is of no word. Wrong on: "##" behind a special token."""
    words, current = [], None
    n = 0
    for t, token in enumerate(tokens):
        if token in _SPECIAL:
            current = None
            continue
        n += 1
        if not token.startswith("##"):
            current = [t]
            words.append(current)
        elif current is not None:
            current.append(t)
    places = []
    for w in order:
        if w < len(words) and len(places) + len(words[w]) <= share * n:
            places += words[w]
    return _mark(tokens, places)


def wrong_6(tokens, order, share):
    """Hides a word as long as anything is left of the budget. Wrong on: a word that is longer than the
    rest."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    hidden = [False] * len(tokens)
    for w in order:
        if sum(hidden) + 1 > budget:
            break
        for t in words[w]:
            hidden[t] = True
    return hidden


def wrong_7(tokens, order, share):
    """The budget is rounded to the nearest number. Wrong on: share * n whose fraction is above a half."""
    words = _words(tokens)
    budget = round(share * sum(map(len, words)))
    places = []
    for w in order:
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_8(tokens, order, share):
    """At least one token, as BERT has it. Wrong on: share * n below 1 with a word of one piece."""
    words = _words(tokens)
    budget = max(1, int(share * sum(map(len, words))))
    places = []
    for w in order:
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_9(tokens, order, share):
    """Hides the first piece of a word alone. Wrong on: a hidden word of several pieces."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    count, places = 0, []
    for w in order:
        if count + len(words[w]) <= budget:
            count += len(words[w])
            places.append(words[w][0])
    return _mark(tokens, places)


def wrong_10(tokens, order, share):
    """Each word counts 1, against the budget of tokens. Wrong on: words of several pieces."""
    words = _words(tokens)
    budget = int(share * sum(map(len, words)))
    return _mark(tokens, [t for w in order[:budget] for t in words[w]])


def wrong_11(tokens, order, share):
    """Words from left to right, the order is ignored. Wrong on: any order but 0, 1, 2, ..."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    places = []
    for word in words:
        if len(places) + len(word) <= budget:
            places += word
    return _mark(tokens, places)


def wrong_12(tokens, order, share):
    """Takes order[w] for the rank of word w. Wrong on: orders that are not their own inverse."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    places = []
    for w in np.argsort(order).tolist():
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_13(tokens, order, share):
    """Special tokens are numbered as words too. Wrong on: nearly all texts with [CLS]."""
    words = []
    for t, token in enumerate(tokens):
        begins = not token.startswith("##") or tokens[t - 1] in _SPECIAL
        if begins:
            words.append([t])
        else:
            words[-1].append(t)
    n = sum(token not in _SPECIAL for token in tokens)
    places = []
    for w in order:
        if tokens[words[w][0]] in _SPECIAL:
            continue
        if len(places) + len(words[w]) <= share * n:
            places += words[w]
    return _mark(tokens, places)


def wrong_14(tokens, order, share):
    """Words are numbered from 1, and 0 is the last one. Wrong on: most orders of more than one word."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    hidden = np.zeros(len(tokens), dtype=bool)
    for w in order:
        if hidden.sum() + len(words[w - 1]) <= budget:
            hidden[words[w - 1]] = True
    return hidden.tolist()


def wrong_15(tokens, order, share):
    """The budget is rounded up. Wrong on: a word that would fill it to the ceiling."""
    words = _words(tokens)
    budget = math.ceil(share * sum(map(len, words)))
    places = []
    for w in order:
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_16(tokens, order, share):
    """Anything with a bracket in front is special. Wrong on: pieces like "[" or "[UNK]"."""
    words, open_word = [], False
    for t, token in enumerate(tokens):
        if token.startswith("["):
            open_word = False
        else:
            if open_word and token.startswith("##"):
                words[-1].append(t)
            else:
                words.append([t])
            open_word = True
    budget = share * sum(map(len, words))
    places = []
    for w in order:
        if w < len(words) and len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_17(tokens, order, share):
    """n counts whole words' first pieces only. Wrong on: texts with "##" pieces."""
    words = _words(tokens)
    budget = share * sum(t not in _SPECIAL and not t.startswith("##") for t in tokens)
    hidden = [False] * len(tokens)
    for w in order:
        if sum(hidden) + len(words[w]) <= budget:
            hidden = [h or t in words[w] for t, h in enumerate(hidden)]
    return hidden


def wrong_18(tokens, order, share):
    """Short words first, so that more of them fit. Wrong on: orders that begin with long words."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    places = []
    for w in sorted(order, key=lambda w: len(words[w])):
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_19(tokens, order, share):
    """Finds a word again by its pieces, so that its twins are hidden too. Wrong on: words that come twice."""
    words = _words(tokens)
    budget = share * sum(map(len, words))
    count, chosen = 0, set()
    for w in order:
        if count + len(words[w]) <= budget:
            count += len(words[w])
            chosen.add(tuple(tokens[t] for t in words[w]))
    places = [t for word in words if tuple(tokens[t] for t in word) in chosen for t in word]
    return _mark(tokens, places)


def wrong_20(tokens, order, share):
    """[PAD] is not counted as special, so n is too large and padding is of words. Wrong on: padded texts."""
    words, before = [], "[CLS]"
    for t, token in enumerate(tokens):
        if token not in ("[CLS]", "[SEP]"):
            if token.startswith("##") and before not in _SPECIAL:
                words[-1].append(t)
            else:
                words.append([t])
        before = token
    budget = share * sum(map(len, words))
    places = []
    for w in order:
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_21(tokens, order, share):
    """Pieces are hidden one by one, as far as the budget goes: a word may be hidden in part. Wrong on: a word
    that does not fit whole."""
    words = _words(tokens)
    budget = int(share * sum(map(len, words)))
    line = [t for w in order for t in words[w]]
    return _mark(tokens, line[:budget])


def wrong_22(tokens, order, share):
    """One "#" is enough to go on with a word. Wrong on: the token "#"."""
    words, before = [], "[CLS]"
    for t, token in enumerate(tokens):
        if token not in _SPECIAL:
            if token.startswith("#") and before not in _SPECIAL:
                words[-1].append(t)
            else:
                words.append([t])
        before = token
    budget = share * sum(map(len, words))
    places = []
    for w in order:
        if w < len(words) and len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)


def wrong_23(tokens, order, share):
    """Hides words until the visible share is reached: share is what stays seen. Wrong on: any other share
    than a half."""
    words = _words(tokens)
    budget = (1 - share) * sum(map(len, words))
    places = []
    for w in order:
        if len(places) + len(words[w]) <= budget:
            places += words[w]
    return _mark(tokens, places)
