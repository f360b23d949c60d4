"""Wrong answers to `hide_whole_words`, each named after its mistake."""

SPECIAL = ["[CLS]", "[SEP]", "[PAD]"]


def _words(tokens):
    words, goes_on = [], False
    for place, token in enumerate(tokens):
        if token in SPECIAL:
            goes_on = False
        elif token.startswith("##") and goes_on:
            words[-1].append(place)
        else:
            words.append([place])
            goes_on = True
    return words


def _choose(words, order, room, length):
    hidden = [False] * length
    for number in order:
        if len(words[number]) <= room:
            room -= len(words[number])
            for place in words[number]:
                hidden[place] = True
    return hidden


def _count(words):
    return sum(len(word) for word in words)


def share_of_words(tokens, order, share):
    words = _words(tokens)
    chosen = [place for number in order[: int(share * len(words))] for place in words[number]]
    return [place in chosen for place in range(len(tokens))]


def special_tokens_counted(tokens, order, share):
    return _choose(_words(tokens), order, share * len(tokens), len(tokens))


def pieces_by_themselves(tokens, order, share):
    pieces = [[place] for place, token in enumerate(tokens) if token not in SPECIAL]
    return _choose(pieces, order, share * len(pieces), len(tokens))


def first_pieces_alone(tokens, order, share):
    words = _words(tokens)
    return _choose([word[:1] for word in words], order, share * _count(words), len(tokens))


def joined_over_a_special_token(tokens, order, share):
    words = []
    for place, token in enumerate(tokens):
        if token in ("[CLS]", "[SEP]", "[PAD]"):
            continue
        if words and token.startswith("##"):
            words[-1].append(place)
        else:
            words.append([place])
    return _choose(words, order, share * _count(words), len(tokens))


def special_tokens_numbered(tokens, order, share):
    words = []
    for place, token in enumerate(tokens):
        if words and token.startswith("##"):
            words[-1].append(place)
        else:
            words.append([place])
    count = sum(token not in SPECIAL for token in tokens)
    return _choose(words, order, share * count, len(tokens))


def more_than_the_share(tokens, order, share):
    words, hidden = _words(tokens), [False] * len(tokens)
    budget = int(share * _count(words))
    for number in order:
        if sum(hidden) >= budget:
            break
        for place in words[number]:
            hidden[place] = True
    return hidden


def word_cut(tokens, order, share):
    words = _words(tokens)
    chosen = [place for number in order for place in words[number]][: int(share * _count(words))]
    return [place in chosen for place in range(len(tokens))]


def stops_at_the_first_too_long(tokens, order, share):
    words, chosen = _words(tokens), []
    for number in order:
        if len(chosen) + len(words[number]) > share * _count(words):
            break
        chosen += words[number]
    return [place in chosen for place in range(len(tokens))]


def order_ignored(tokens, order, share):
    words = _words(tokens)
    return _choose(words, range(len(words)), share * _count(words), len(tokens))


def kept_marked(tokens, order, share):
    words = _words(tokens)
    return [not hidden for hidden in _choose(words, order, share * _count(words), len(tokens))]
