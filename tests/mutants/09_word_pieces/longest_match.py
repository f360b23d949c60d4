"""Wrong answers to `longest_match`, each named after the mistake it makes."""


def unknown_for_a_part(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                pieces.append(piece)
                start = stop
                break
        else:
            pieces.append("[UNK]")
            break
    return pieces


def uncovered_left_out(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                pieces.append(piece)
                start = stop
                break
        else:
            start += 1
    return pieces


def _match(word, vocabulary, max_length, first="", others="##", shortest=False):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        stops = list(range(len(word), start, -1))
        for stop in reversed(stops) if shortest else stops:
            piece = (others if start else first) + word[start:stop]
            if piece in vocabulary:
                break
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = stop
    return pieces


def shortest_match(word, vocabulary, max_length):
    return _match(word, vocabulary, max_length, shortest=True)


def looked_up_without_prefix(word, vocabulary, max_length):
    first, *others = _match(word, vocabulary, max_length, others="")
    return [first, *("##" + piece for piece in others)]


def prefix_at_the_beginning(word, vocabulary, max_length):
    return _match(word, vocabulary, max_length, first="##")


def prefix_not_returned(word, vocabulary, max_length):
    return [piece.replace("##", "") for piece in _match(word, vocabulary, max_length)]


def goes_back(word, vocabulary, max_length):
    def rest(start):
        if start == len(word):
            return []
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                behind = rest(stop)
                if behind is not None:
                    return [piece] + behind
        return None

    return (rest(0) if len(word) <= max_length else None) or ["[UNK]"]


def from_the_end(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, stop = [], len(word)
    while stop:
        for start in range(stop):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                pieces.insert(0, piece)
                stop = start
                break
        else:
            return ["[UNK]"]
    return pieces


def length_ignored(word, vocabulary, max_length):
    return _match(word, vocabulary, len(word))


def longest_word_refused(word, vocabulary, max_length):
    return ["[UNK]"] if len(word) >= max_length else _match(word, vocabulary, max_length)


def whole_words_only(word, vocabulary, max_length):
    return [word] if word in vocabulary and len(word) <= max_length else ["[UNK]"]
