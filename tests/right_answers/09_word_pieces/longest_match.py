"""Right answers to `longest_match` in other styles."""


def shortening_a_copy(word, vocabulary, max_length):
    if not len(word) <= max_length:
        return ["[UNK]"]
    result, rest, prefix = [], word, ""
    while rest:
        candidate = rest
        while candidate and prefix + candidate not in vocabulary:
            candidate = candidate[:-1]
        if not candidate:
            return ("[UNK]",)
        result.append(prefix + candidate)
        rest, prefix = rest[len(candidate) :], "##"
    return result


def recursively(word, vocabulary, max_length):
    def split(rest, prefix):
        if not rest:
            return []
        for length in range(len(rest), 0, -1):
            if prefix + rest[:length] in vocabulary:
                others = split(rest[length:], "##")
                return None if others is None else [prefix + rest[:length], *others]
        return None

    pieces = None if len(word) > max_length else split(word, "")
    return ["[UNK]"] if pieces is None else pieces


def longest_of_all_that_fit(word, vocabulary, max_length):
    firsts = {piece for piece in vocabulary if not piece.startswith("##")}
    inner = {piece[2:] for piece in vocabulary if piece.startswith("##")}
    pieces, start = [], 0
    while start < len(word) <= max_length:
        fitting = [piece for piece in (inner if start else firsts) if word.startswith(piece, start)]
        if not fitting:
            return ["[UNK]"]
        best = max(fitting, key=len)
        pieces.append(f"##{best}" if start else best)
        start += len(best)
    return pieces or ["[UNK]"]


def with_max_and_default(word, vocabulary, max_length):
    start, pieces = 0, []
    while start < len(word):
        mark = "##" * bool(start)
        stop = max(
            (s for s in range(start + 1, len(word) + 1) if mark + word[start:s] in vocabulary), default=None
        )
        if stop is None or len(word) > max_length:
            return ["[UNK]"]
        pieces += [mark + word[start:stop]]
        start = stop
    return pieces
