import re


def right_1(pieces, pair):
    """A while loop with a place."""
    left, right = pair
    merged = left + right[2:]
    result = []
    i = 0
    while i < len(pieces):
        if i + 1 < len(pieces) and pieces[i] == left and pieces[i + 1] == right:
            result.append(merged)
            i += 2
        else:
            result.append(pieces[i])
            i += 1
    return result


def right_2(pieces, pair):
    """An open left part waits for what comes next."""
    left, right = pair
    result, waiting = [], False
    for piece in pieces:
        if waiting and piece == right:
            result[-1] = left + right.removeprefix("##")
            waiting = False
        else:
            result.append(piece)
            waiting = piece == left
    return result


def right_3(pieces, pair):
    """First the places are found, then the row is built."""
    starts = set()
    for i in range(len(pieces) - 1):
        if i - 1 not in starts and (pieces[i], pieces[i + 1]) == tuple(pair):
            starts.add(i)
    row = []
    for i, piece in enumerate(pieces):
        if i in starts:
            row.append(piece + pieces[i + 1][2:])
        elif i - 1 not in starts:
            row.append(piece)
    return row


def right_4(pieces, pair):
    """A reversed copy is used up from its end."""
    rest = list(pieces)[::-1]
    done = []
    while rest:
        piece = rest.pop()
        if rest and [piece, rest[-1]] == list(pair):
            piece += rest.pop()[2:]
        done.append(piece)
    return done


def _merge(pieces, is_pair, join):
    result, i = [], 0
    while i < len(pieces):
        if i + 1 < len(pieces) and is_pair(pieces[i], pieces[i + 1]):
            result.append(join(pieces[i], pieces[i + 1]))
            i += 2
        else:
            result.append(pieces[i])
            i += 1
    return result


def wrong_1(pieces, pair):
    """The right part keeps its ##. Wrong on: every merge."""
    return _merge(pieces, lambda a, b: (a, b) == tuple(pair), lambda a, b: a + b)


def wrong_2(pieces, pair):
    """The left part loses its ##, too. Wrong on: a pair whose left part begins with ##."""
    return _merge(
        pieces,
        lambda a, b: (a, b) == tuple(pair),
        lambda a, b: a.removeprefix("##") + b.removeprefix("##"),
    )


def wrong_3(pieces, pair):
    """Merges the first place only. Wrong on: a pair that stands at two places."""
    left, right = pair
    for i in range(len(pieces) - 1):
        if pieces[i] == left and pieces[i + 1] == right:
            return pieces[:i] + [left + right[2:]] + pieces[i + 2 :]
    return list(pieces)


def wrong_4(pieces, pair):
    """From right to left. Wrong on: ##a ##a ##a with the pair (##a, ##a)."""
    left, right = pair
    result = []
    i = len(pieces) - 1
    while i >= 0:
        if i > 0 and pieces[i - 1] == left and pieces[i] == right:
            result.insert(0, left + right[2:])
            i -= 2
        else:
            result.insert(0, pieces[i])
            i -= 1
    return result


def wrong_5(pieces, pair):
    """A piece may be used twice. Wrong on: ##a ##a ##a with the pair (##a, ##a)."""
    left, right = pair
    hits = [i for i in range(len(pieces) - 1) if pieces[i] == left and pieces[i + 1] == right]
    used = {i + 1 for i in hits}
    result = []
    for i, piece in enumerate(pieces):
        if i in hits:
            result.append(left + right[2:])
        elif i not in used:
            result.append(piece)
    return result


def wrong_6(pieces, pair):
    """Replaces in the joined string. Wrong on: the pair (a, ##b) and the pieces ##a ##b, or a ##bc."""
    left, right = pair
    return " ".join(pieces).replace(f"{left} {right}", left + right[2:]).split()


def wrong_7(pieces, pair):
    """Compares without ##. Wrong on: the pair (a, ##a) and the pieces b ##a ##a."""
    left, right = (part.removeprefix("##") for part in pair)
    return _merge(
        pieces,
        lambda a, b: a.removeprefix("##") == left and b.removeprefix("##") == right,
        lambda a, b: a + b[2:],
    )


def wrong_8(pieces, pair):
    """lstrip takes all the #. Wrong on: a right part ### (the character # inside a word)."""
    return _merge(pieces, lambda a, b: a == pair[0] and b == pair[1], lambda a, b: a + b.lstrip("#"))


def wrong_9(pieces, pair):
    """The last piece is lost where it is not merged. Wrong on: a word whose last piece stays."""
    result = []
    i = 0
    while i < len(pieces) - 1:
        if (pieces[i], pieces[i + 1]) == (pair[0], pair[1]):
            result.append(pair[0] + pair[1][2:])
            i += 1
        else:
            result.append(pieces[i])
        i += 1
    return result


def wrong_10(pieces, pair):
    """Either order is merged. Wrong on: the pieces x ##b ##a with the pair (##a, ##b)."""
    return _merge(pieces, lambda a, b: {a, b} == set(pair), lambda a, b: a + b[2:])


def wrong_11(pieces, pair):
    """The left part may be the end of a longer piece. Wrong on: the pair (h, ##e) and the pieces th ##e."""
    left, right = pair
    return _merge(pieces, lambda a, b: a.endswith(left) and b == right, lambda a, b: a + b[2:])


def wrong_12(pieces, pair):
    """The right part may begin a longer piece. Wrong on: the pair (t, ##h) and the pieces t ##he."""
    left, right = pair
    return _merge(pieces, lambda a, b: a == left and b.startswith(right), lambda a, b: a + b[2:])


def wrong_13(pieces, pair):
    """replace takes every ## of the right part. Wrong on: a right part #### (the piece ## inside a word)."""
    left, right = pair
    new = left + right.replace("##", "")
    return _merge(pieces, lambda a, b: [a, b] == [left, right], lambda a, b: new)


def wrong_14(pieces, pair):
    """After a merge the next piece is skipped. Wrong on: a piece that follows a merge."""
    left, right = pair
    result, i = [], 0
    while i < len(pieces):
        if pieces[i : i + 2] == [left, right]:
            result.append(left + right[2:])
            i += 3
        else:
            result.append(pieces[i])
            i += 1
    return result


def wrong_15(pieces, pair):
    """The last two pieces are never looked at as a pair. Wrong on: a pair at the end of the word."""
    left, right = pair
    result, i = [], 0
    while i < len(pieces):
        if i + 2 < len(pieces) and pieces[i] == left and pieces[i + 1] == right:
            result.append(left + right[2:])
            i += 2
        else:
            result.append(pieces[i])
            i += 1
    return result


def wrong_16(pieces, pair):
    """The new piece always begins with ##. Wrong on: a merge at the beginning of the word."""
    return _merge(
        pieces,
        lambda a, b: (a, b) == (pair[0], pair[1]),
        lambda a, b: "##" + a.removeprefix("##") + b.removeprefix("##"),
    )


def wrong_17(pieces, pair):
    """Merges wherever the letters of the two are the same. Wrong on: th ##e with the pair (t, ##he)."""
    left, right = pair
    new = left + right[2:]
    return _merge(pieces, lambda a, b: a + b[2:] == new, lambda a, b: new)


def wrong_18(pieces, pair):
    """Only one of the two has to be there. Wrong on: t ##o with the pair (t, ##h)."""
    left, right = pair
    return _merge(pieces, lambda a, b: a == left or b == right, lambda a, b: a + b[2:])


def wrong_19(pieces, pair):
    """The word as one text, merged and cut anew by a regex. Wrong on: th ##e with the pair (h, ##e)."""
    left, right = pair
    text = "".join(pieces)
    text = re.sub(re.escape(left + right) + "(?=##|$)", (left + right[2:]).replace("\\", r"\\"), text)
    return re.findall(r"(?:^|##)(?:(?!##).)+", text)


def wrong_20(pieces, pair):
    """A new piece is not appended right after its equal. Wrong on: b ##a ##a ##a ##a with (##a, ##a)."""
    merged = right_1(pieces, pair)
    new = pair[0] + pair[1][2:]
    return [p for i, p in enumerate(merged) if i == 0 or p != new or merged[i - 1] != new]


def wrong_21(pieces, pair):
    """The parts need not be neighbours, only in order. Wrong on: t ##o ##h with the pair (t, ##h)."""
    left, right = pair
    result = list(pieces)
    while left in result and right in result[result.index(left) + 1 :]:
        start = result.index(left)
        result.pop(result.index(right, start + 1))
        result[start] = left + right[2:]
    return result


def wrong_22(pieces, pair):
    """The pair is merged at the beginning of the word only. Wrong on: a pair inside the word."""
    left, right = pair
    if pieces[:2] == [left, right]:
        return [left + right[2:], *pieces[2:]]
    return pieces[:]
