import numpy as np


def right_1(word_ids, starts, lengths, budget):
    places = {}
    for t, w in enumerate(word_ids):
        if w >= 0:
            places.setdefault(w, []).append(t)
    hidden = [False] * len(word_ids)
    left = budget
    for start, length in zip(starts, lengths):
        for w in range(start, start + length):
            if w not in places:
                break
            if w > start and places[w][0] != places[w - 1][-1] + 1:
                break
            if hidden[places[w][0]] or len(places[w]) > left:
                break
            left -= len(places[w])
            for t in places[w]:
                hidden[t] = True
    return hidden


def right_2(word_ids, starts, lengths, budget):
    # Walks along the tokens: from the first token of the start to the right.
    total = len(word_ids)
    hidden = [False] * total
    for attempt in range(len(starts)):
        t = word_ids.index(starts[attempt])
        done = 0
        while done < lengths[attempt] and t < total and word_ids[t] != -1 and not hidden[t]:
            end = t
            while end < total and word_ids[end] == word_ids[t]:
                end += 1
            if sum(hidden) + (end - t) > budget:
                break
            hidden[t:end] = [True] * (end - t)
            t = end
            done += 1
    return hidden


def right_3(word_ids, starts, lengths, budget):
    ids = np.asarray(word_ids, dtype="int64")
    special = ids < 0
    text_of_token = np.cumsum(special)
    num_words = int(ids.max(initial=-1)) + 1
    sizes = np.bincount(ids[~special], minlength=num_words)
    text = np.full(num_words, -1)
    text[ids[~special]] = text_of_token[~special]
    taken = np.zeros(num_words, dtype=bool)
    for start, length in zip(starts, lengths):
        stop = min(start + length, num_words)
        free = (text[start:stop] == text[start]) & ~taken[start:stop]
        fits = np.cumsum(sizes[start:stop]) <= budget - sizes[taken].sum()
        run = np.cumprod(free & fits).sum()
        taken[start : start + run] = True
    return [w >= 0 and bool(taken[w]) for w in word_ids]


def _table(word_ids):
    """Tokens of each word, and whether it stands right behind the word in front of it."""
    tokens, joined = [], []
    for t, w in enumerate(word_ids):
        if w < 0:
            continue
        if w == len(tokens):
            tokens.append([])
            joined.append(w > 0 and word_ids[t - 1] == w - 1)
        tokens[w].append(t)
    return tokens, joined


def _mark(word_ids, words):
    return [w >= 0 and w in words for w in word_ids]


def wrong_1(word_ids, starts, lengths, budget):
    """A span goes on behind a special token. Wrong on: spans that reach the end of a text with one behind
    it."""
    tokens, _ = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_2(word_ids, starts, lengths, budget):
    """Lengths are taken for tokens. Wrong on: spans with words of several tokens."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        w, rest = start, length
        while w < len(tokens) and rest > 0 and w not in words and (w == start or joined[w]):
            if len(tokens[w]) > budget or len(tokens[w]) > rest:
                break
            budget -= len(tokens[w])
            rest -= len(tokens[w])
            words.add(w)
            w += 1
    return _mark(word_ids, words)


def wrong_3(word_ids, starts, lengths, budget):
    """A span runs on through words that are hidden, and hides what lies behind. Wrong on: spans that meet."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        if start in words:
            continue
        for w in range(start, min(start + length, len(tokens))):
            if w > start and not joined[w]:
                break
            if w in words:
                continue
            if len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_4(word_ids, starts, lengths, budget):
    """A word with too many tokens is passed over, the span does not end. Wrong on: a shorter word behind
    it."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]):
                break
            if len(tokens[w]) > budget:
                continue
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_5(word_ids, starts, lengths, budget):
    """A start that is hidden is put off to the next word that is not. Wrong on: starts hidden already."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        while start in words and start + 1 < len(tokens) and joined[start + 1]:
            start += 1
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_6(word_ids, starts, lengths, budget):
    """A start that is hidden uses up no length. Wrong on: hidden starts, with other lengths behind."""
    tokens, joined = _table(word_ids)
    words = set()
    remaining = list(lengths)
    for start in starts:
        if start in words:
            continue
        length = remaining.pop(0)
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_7(word_ids, starts, lengths, budget):
    """Stops at the first word that does not fit. Wrong on: later attempts with shorter words."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]):
                break
            if len(tokens[w]) > budget:
                return _mark(word_ids, words)
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_8(word_ids, starts, lengths, budget):
    """A span that exceeds the budget is dropped whole. Wrong on: spans of which the first words fit."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        span = []
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]):
                break
            span.append(w)
        need = sum(len(tokens[w]) for w in span)
        if need <= budget:
            budget -= need
            words.update(span)
    return _mark(word_ids, words)


def wrong_9(word_ids, starts, lengths, budget):
    """A span that meets a special token is dropped. Wrong on: spans longer than the rest of their text."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        span = range(start, start + length)
        if span[-1] >= len(tokens) or not all(joined[w] for w in span[1:]):
            continue
        for w in span:
            if w in words or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_10(word_ids, starts, lengths, budget):
    """A span that would meet a hidden word is dropped. Wrong on: free starts in front of a hidden word."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        span = [start]
        for w in range(start + 1, min(start + length, len(tokens))):
            if not joined[w]:
                break
            span.append(w)
        if words.intersection(span):
            continue
        for w in span:
            if len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_11(word_ids, starts, lengths, budget):
    """The budget is one of words. Wrong on: words of several tokens, with a budget that is short."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(words) == budget:
                break
            words.add(w)
    return _mark(word_ids, words)


def wrong_12(word_ids, starts, lengths, budget):
    """Hides a word as long as anything is left, and exceeds the budget. Wrong on: a last word that is
    longer."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or budget <= 0:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_13(word_ids, starts, lengths, budget):
    """The start and as many words behind it as the length says. Wrong on: spans with room behind them."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length + 1, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_14(word_ids, starts, lengths, budget):
    """Starts are taken for positions of tokens. Wrong on: nearly all texts with [CLS]."""
    tokens, joined = _table(word_ids)
    words = set()
    for position, length in zip(starts, lengths):
        start = word_ids[position]
        if start < 0:
            continue
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_15(word_ids, starts, lengths, budget):
    """The last word is hidden in part to use the budget up. Wrong on: a word longer than what is left."""
    tokens, joined = _table(word_ids)
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if hidden[tokens[w][0]] or (w > start and not joined[w]):
                break
            for t in tokens[w][:budget]:
                hidden[t] = True
            budget -= min(budget, len(tokens[w]))
    return hidden


def wrong_16(word_ids, starts, lengths, budget):
    """Every attempt has the whole budget. Wrong on: several spans that together exceed it."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        left = budget
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > left:
                break
            left -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_17(word_ids, starts, lengths, budget):
    """Only the first token of each word is hidden. Wrong on: words of several tokens."""
    tokens, joined = _table(word_ids)
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if hidden[tokens[w][0]] or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            hidden[tokens[w][0]] = True
    return hidden


def wrong_18(word_ids, starts, lengths, budget):
    """The budget must not be reached. Wrong on: a word that uses it up exactly."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) >= budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_19(word_ids, starts, lengths, budget):
    """Special tokens between the words of a span are hidden with them. Wrong on: spans over a text's end."""
    hidden = np.zeros(len(word_ids), dtype=bool)
    ids = np.array(word_ids)
    count = 0
    for start, length in zip(starts, lengths):
        for w in range(start, start + length):
            places = np.flatnonzero(ids == w)
            if len(places) == 0 or hidden[places[0]] or count + len(places) > budget:
                break
            count += len(places)
            first = np.flatnonzero(ids == start)[0]
            hidden[first : places[-1] + 1] = True
    return hidden.tolist()


def wrong_20(word_ids, starts, lengths, budget):
    """Word 0 is taken for "no word". Wrong on: spans that begin at word 0."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        w = start
        while w and w < start + length and w < len(tokens):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
            w += 1
    return _mark(word_ids, words)


def wrong_21(word_ids, starts, lengths, budget):
    """Leaves a seen word between two spans. Wrong on: a span that would end right in front of a hidden
    word."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        before = frozenset(words)
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            if w + 1 in before:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_22(word_ids, starts, lengths, budget):
    """A span cut short by the end of its text is moved to the left to keep its length. Wrong on: starts near
    the end of a text."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        if start in words:
            continue
        end = start + 1
        while end < len(tokens) and end < start + length and joined[end]:
            end += 1
        first = start
        while end - first < length and first > 0 and joined[first]:
            first -= 1
        for w in range(first, end):
            if w in words or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_23(word_ids, starts, lengths, budget):
    """Checks for the budget with the start's size only. Wrong on: spans of words of unequal sizes."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        size = len(tokens[start])
        for w in range(start, min(start + length, len(tokens))):
            if w in words or (w > start and not joined[w]) or size > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_24(word_ids, starts, lengths, budget):
    """Words hidden before are not asked for, and are paid for again. Wrong on: spans that meet, on a short
    budget or with free words behind."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            if (w > start and not joined[w]) or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)


def wrong_25(word_ids, starts, lengths, budget):
    """A span never takes the last word of a text. Wrong on: spans that reach the end of a text."""
    tokens, joined = _table(word_ids)
    words = set()
    for start, length in zip(starts, lengths):
        for w in range(start, min(start + length, len(tokens))):
            last = w + 1 == len(tokens) or not joined[w + 1]
            if w in words or last or len(tokens[w]) > budget:
                break
            budget -= len(tokens[w])
            words.add(w)
    return _mark(word_ids, words)
