import re


def right_1(word, vocabulary, max_length):
    """Two loops: the end moves back until the vocabulary holds the piece."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces = []
    start = 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocabulary:
                break
            end -= 1
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = end
    return pieces


def right_2(word, vocabulary, max_length):
    """What is left of the word is cut from the front."""
    if len(word) > max_length:
        return ["[UNK]"]
    result, rest, prefix = [], word, ""
    while rest:
        sizes = (n for n in range(len(rest), 0, -1) if prefix + rest[:n] in vocabulary)
        size = next(sizes, None)
        if size is None:
            return ["[UNK]"]
        result.append(prefix + rest[:size])
        rest, prefix = rest[size:], "##"
    return result


def _trie(texts):
    root = {}
    for text in texts:
        node = root
        for character in text:
            node = node.setdefault(character, {})
        node[None] = True
    return root


def right_3(word, vocabulary, max_length):
    """A tree of characters for beginnings and one for what comes after."""
    if len(word) > max_length:
        return ["[UNK]"]
    node_of_later = _trie(piece[2:] for piece in vocabulary if piece.startswith("##"))
    node_of_first = _trie(vocabulary)
    pieces, start = [], 0
    while start < len(word):
        node, best = (node_of_later if start else node_of_first), start
        for place in range(start, len(word)):
            node = node.get(word[place])
            if node is None:
                break
            if None in node:
                best = place + 1
        if best == start:
            return ["[UNK]"]
        pieces.append(("##" if start else "") + word[start:best])
        start = best
    return pieces


def right_4(word, vocabulary, max_length):
    """Every piece of the vocabulary is tried with startswith, and the longest is kept."""
    if len(word) > max_length:
        return ["[UNK]"]
    later = [piece[2:] for piece in vocabulary if piece[:2] == "##"]
    found, place = [], 0
    while place < len(word):
        candidates = later if place else vocabulary
        longest = max((c for c in candidates if word.startswith(c, place)), key=len, default="")
        if longest == "":
            return ["[UNK]"]
        found.append("##" + longest if place else longest)
        place += len(longest)
    return found


def _greedy(word, vocabulary):
    """The pieces, or None where nothing fits."""
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(piece)
                start = end
                break
        else:
            return None
    return pieces


def wrong_1(word, vocabulary, max_length):
    """Later pieces are looked up without ##. Wrong on: every word of two or more pieces."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            if word[start:end] in vocabulary:
                pieces.append(word[start:end])
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces


def wrong_2(word, vocabulary, max_length):
    """Keeps what was found and ends with [UNK]. Wrong on: a word whose rest does not fit."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, rest = [], word
    while rest:
        mark = "##" if pieces else ""
        for n in range(len(rest), 0, -1):
            if mark + rest[:n] in vocabulary:
                pieces.append(mark + rest[:n])
                rest = rest[n:]
                break
        else:
            return pieces + ["[UNK]"]
    return pieces


def wrong_3(word, vocabulary, max_length):
    """An unknown character alone becomes [UNK]. Wrong on: a word with one unknown character in it."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                break
        else:
            piece, end = "[UNK]", start + 1
        pieces.append(piece)
        start = end
    return pieces


def wrong_4(word, vocabulary, max_length):
    """Goes back and tries shorter pieces. Wrong on: "abc" with {"ab", "a", "##bc"}."""
    if len(word) > max_length:
        return ["[UNK]"]
    done = {len(word): []}
    for start in range(len(word) - 1, -1, -1):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary and end in done:
                done[start] = [piece] + done[end]
                break
    return done.get(0, ["[UNK]"])


def wrong_5(word, vocabulary, max_length):
    """The longest ending first, from the right. Wrong on: "abc" with {"a", "ab", "##bc", "##c"}."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, end = [], len(word)
    while end > 0:
        for start in range(end):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.insert(0, piece)
                end = start
                break
        else:
            return ["[UNK]"]
    return pieces


def wrong_6(word, vocabulary, max_length):
    """The shortest match first. Wrong on: a word of which a shorter beginning is in the vocabulary."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(start + 1, len(word) + 1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces


def wrong_7(word, vocabulary, max_length):
    """A word of exactly max_length is too long. Wrong on: len(word) == max_length."""
    return ["[UNK]"] if len(word) >= max_length else _greedy(word, vocabulary) or ["[UNK]"]


def wrong_8(word, vocabulary, max_length):
    """max_length is ignored. Wrong on: a longer word that could be split."""
    return _greedy(word, vocabulary) or ["[UNK]"]


def wrong_9(word, vocabulary, max_length):
    """max_length bounds the pieces, not the word. Wrong on: a word longer than max_length."""
    pieces, start = [], 0
    while start < len(word):
        for end in range(min(len(word), start + max_length), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces


def wrong_10(word, vocabulary, max_length):
    """The whole word is looked up before its length. Wrong on: a word in the vocabulary that is too long."""
    if word in vocabulary:
        return [word]
    if len(word) > max_length:
        return ["[UNK]"]
    return _greedy(word, vocabulary) or ["[UNK]"]


def wrong_11(word, vocabulary, max_length):
    """A long word is cut at max_length and split. Wrong on: a word longer than max_length."""
    return _greedy(word[:max_length], vocabulary) or ["[UNK]"]


def wrong_12(word, vocabulary, max_length):
    """The pieces are looked up with ##, and returned without. Wrong on: words of several pieces."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces = _greedy(word, vocabulary)
    if pieces is None:
        return ["[UNK]"]
    return pieces[:1] + [piece[2:] for piece in pieces[1:]]


def wrong_13(word, vocabulary, max_length):
    """Single characters are never tried. Wrong on: a word that needs a piece of one character."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        end = len(word)
        found = None
        while end - start > 1 and found is None:
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in vocabulary:
                found = piece
            else:
                end -= 1
        if found is None:
            return ["[UNK]"]
        pieces.append(found)
        start = end
    return pieces


def wrong_14(word, vocabulary, max_length):
    """The first piece may be no longer than the later ones are. Wrong on: {"hello", "h", "##e", ...}."""
    if len(word) > max_length:
        return ["[UNK]"]
    longest = max([len(piece) - 2 for piece in vocabulary if piece.startswith("##")], default=len(word))
    pieces, start = [], 0
    while start < len(word):
        for end in range(min(len(word), start + longest), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces


def wrong_15(word, vocabulary, max_length):
    """Where no ## piece fits, a beginning of words is taken. Wrong on: "ab" with {"a", "b"}."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            part = word[start:end]
            if start > 0 and "##" + part in vocabulary:
                pieces.append("##" + part)
                break
            if part in vocabulary:
                pieces.append(part if start == 0 else "##" + part)
                break
        else:
            return ["[UNK]"]
        start = end
    return pieces


def wrong_16(word, vocabulary, max_length):
    """The fewest pieces instead of the longest first. Wrong on: "abcd" with a greedy split of more pieces."""
    if len(word) > max_length:
        return ["[UNK]"]
    best = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            piece = ("##" if start else "") + word[start:end]
            if best[start] is not None and piece in vocabulary:
                if best[end] is None or len(best[start]) + 1 < len(best[end]):
                    best[end] = best[start] + [piece]
    return best[-1] or ["[UNK]"]


def wrong_17(word, vocabulary, max_length):
    """The case is lowered first. Wrong on: words with capital letters."""
    if len(word) > max_length:
        return ["[UNK]"]
    return _greedy(word.lower(), vocabulary) or ["[UNK]"]


def wrong_18(word, vocabulary, max_length):
    """The length is compared with the number of pieces. Wrong on: long words of few pieces."""
    pieces = _greedy(word, vocabulary)
    return ["[UNK]"] if pieces is None or len(pieces) > max_length else pieces


def wrong_19(word, vocabulary, max_length):
    """The longest piece anywhere in the word is taken first. Wrong on: "abcd", {"ab", "a", "##bcd"}."""
    if len(word) > max_length:
        return ["[UNK]"]
    owner = [None] * len(word)
    for piece in sorted(vocabulary, key=lambda p: (-len(p.removeprefix("##")), p)):
        later = piece.startswith("##")
        body = piece.removeprefix("##")
        for start in range(1, len(word)) if later else range(1):
            span = range(start, start + len(body))
            if body and word.startswith(body, start) and all(owner[i] is None for i in span):
                for i in span:
                    owner[i] = (start, piece)
    if None in owner:
        return ["[UNK]"]
    return [piece for _, piece in sorted(set(owner))]


def wrong_20(word, vocabulary, max_length):
    """Stops quietly where nothing fits. Wrong on: a word whose rest does not fit."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, rest = [], word
    while rest:
        for n in range(len(rest), 0, -1):
            piece = ("##" if pieces else "") + rest[:n]
            if piece in vocabulary:
                pieces.append(piece)
                rest = rest[n:]
                break
        else:
            break
    return pieces or ["[UNK]"]


def wrong_21(word, vocabulary, max_length):
    """A regular expression, which goes back by itself. Wrong on: "abc" with {"ab", "a", "##bc"}."""
    if len(word) > max_length:
        return ["[UNK]"]
    order = sorted(vocabulary, key=len, reverse=True)
    first = "|".join(re.escape(piece) for piece in order) or "(?!)"
    tails = [piece[2:] for piece in order if piece[:2] == "##" and len(piece) > 2]
    later = "|".join(map(re.escape, tails)) or "(?!)"
    whole = re.fullmatch(f"({first})((?:{later})*)", word)
    if not whole:
        return ["[UNK]"]
    return [whole[1]] + ["##" + part for part in re.findall(later, whole[2])]


def wrong_22(word, vocabulary, max_length):
    """The end of the slice never reaches the word's end. Wrong on: a last piece of 2 or more."""
    if len(word) > max_length:
        return ["[UNK]"]
    pieces, start = [], 0
    while start < len(word):
        for end in range(max(len(word) - 1, start + 1), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                pieces.append(piece)
                start = end
                break
        else:
            return ["[UNK]"]
    return pieces
