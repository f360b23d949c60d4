"""Wrong answers to `hide_whole_words` beside its mutants."""

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


def share_of_words__as_a_budget_of_tokens(tokens, order, share):
    words = _words(tokens)
    return _choose(words, order, share * len(words), len(tokens))


def special_tokens_counted__without_padding(tokens, order, share):
    return _choose(_words(tokens), order, share * (len(tokens) - tokens.count("[PAD]")), len(tokens))


def joined_over_a_special_token__or_an_error(tokens, order, share):
    words = []
    for place, token in enumerate(tokens):
        if token.startswith("##"):
            words[-1].append(place)
        elif token not in SPECIAL:
            words.append([place])
    return _choose(words, order, share * sum(map(len, words)), len(tokens))


def order_ignored__from_behind(tokens, order, share):
    words = _words(tokens)
    return _choose(words, range(len(words))[::-1], share * sum(map(len, words)), len(tokens))


def at_least_one(tokens, order, share):
    words = _words(tokens)
    hidden = _choose(words, order, share * sum(map(len, words)), len(tokens))
    if not any(hidden):
        for place in words[order[0]]:
            hidden[place] = True
    return hidden


def places_instead_of_flags(tokens, order, share):
    words = _words(tokens)
    hidden = _choose(words, order, share * sum(map(len, words)), len(tokens))
    return [place for place, flag in enumerate(hidden) if flag]


def last_piece_of_each(tokens, order, share):
    words = _words(tokens)
    return _choose([word[-1:] for word in words], order, share * sum(map(len, words)), len(tokens))
