"""Wrong answers to `longest_match` beside its mutants."""


def _match(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                break
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = stop
    return pieces


def one_string(word, vocabulary, max_length):
    return " ".join(_match(word, vocabulary, max_length))


def unknown_without_a_list(word, vocabulary, max_length):
    pieces = _match(word, vocabulary, max_length)
    return "[UNK]" if pieces == ["[UNK]"] else pieces


def unknown_written_otherwise(word, vocabulary, max_length):
    return [piece.replace("[UNK]", "<unk>") for piece in _match(word, vocabulary, max_length)]


def characters(word, vocabulary, max_length):
    return [word[0], *(f"##{character}" for character in word[1:])] if len(word) <= max_length else ["[UNK]"]


def nothing_for_an_unknown_word(word, vocabulary, max_length):
    return [piece for piece in _match(word, vocabulary, max_length) if piece != "[UNK]"]


def first_piece_alone(word, vocabulary, max_length):
    return _match(word, vocabulary, max_length)[:1]


def pieces_reversed(word, vocabulary, max_length):
    return _match(word, vocabulary, max_length)[::-1]


def whole_word_not_tried(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for stop in range(len(word) - 1, start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                break
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = stop
    return pieces


def prefix_on_the_second_piece_alone(word, vocabulary, max_length):
    pieces = _match(word, vocabulary, max_length)
    return [*pieces[:2], *(piece.removeprefix("##") for piece in pieces[2:])]


def unknown_for_a_part__for_each_character(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:stop]
            if piece in vocabulary:
                break
        else:
            piece, stop = "[UNK]", start + 1
        pieces.append(piece)
        start = stop
    return pieces


def uncovered_left_out__with_the_rest(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        ends = [
            stop
            for stop in range(start + 1, len(word) + 1)
            if ("##" if start else "") + word[start:stop] in vocabulary
        ]
        if not ends:
            break
        pieces.append(("##" if start else "") + word[start : ends[-1]])
        start = ends[-1]
    return pieces


def looked_up_without_prefix__returned_without(word, vocabulary, max_length):
    pieces, start = [], 0
    while start < len(word) <= max_length:
        stop = next((s for s in range(len(word), start, -1) if word[start:s] in vocabulary), None)
        if stop is None:
            return ["[UNK]"]
        pieces.append(word[start:stop])
        start = stop
    return pieces or ["[UNK]"]


def goes_back__for_the_fewest_pieces(word, vocabulary, max_length):
    if len(word) > max_length:
        return ["[UNK]"]
    best = {0: []}
    for stop in range(1, len(word) + 1):
        for start in range(stop):
            piece = ("##" if start else "") + word[start:stop]
            is_better = start in best and (stop not in best or len(best[start]) + 1 < len(best[stop]))
            if is_better and piece in vocabulary:
                best[stop] = [*best[start], piece]
    return best.get(len(word), ["[UNK]"])


def length_ignored__by_cutting(word, vocabulary, max_length):
    return _match(word[:max_length], vocabulary, max_length)
