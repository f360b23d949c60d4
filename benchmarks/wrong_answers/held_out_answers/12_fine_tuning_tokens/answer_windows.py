from math import ceil


def right_1(num_tokens, answer_start, answer_end, window, stride):
    """Window by window until the end is reached."""
    windows, first = [], 0
    while True:
        end = min(first + window, num_tokens)
        if first <= answer_start and answer_end < end:
            windows.append([first, end, answer_start - first, answer_end - first])
        else:
            windows.append([first, end, -1, -1])
        if end == num_tokens:
            return windows
        first += window - stride


def right_2(num_tokens, answer_start, answer_end, window, stride):
    """The number of windows by a formula."""
    step = window - stride
    number = 1 + max(0, ceil((num_tokens - window) / step))
    result = []
    for first in (k * step for k in range(number)):
        tokens = range(first, min(num_tokens, first + window))
        whole = answer_start in tokens and answer_end in tokens
        place = [tokens.index(answer_start), tokens.index(answer_end)] if whole else [-1, -1]
        result.append([tokens.start, tokens.stop] + place)
    return result


def right_3(num_tokens, answer_start, answer_end, window, stride):
    """A window is needed where tokens lie behind the overlap with the one before."""
    firsts = range(0, max(1, num_tokens - stride), window - stride)
    ends = [min(first + window, num_tokens) for first in firsts]
    shifted = [(answer_start - first, answer_end - first) for first in firsts]
    return [
        [first, end, i, j] if i >= 0 and first + j < end else [first, end, -1, -1]
        for first, end, (i, j) in zip(firsts, ends, shifted)
    ]


def right_4(num_tokens, answer_start, answer_end, window, stride):
    """The rest of the passage is cut again, moved back at the end."""
    here = min(window, num_tokens)
    whole = answer_start >= 0 and answer_end < here
    row = [0, here, answer_start, answer_end] if whole else [0, here, -1, -1]
    rows, step = [row], window - stride
    moved, left, i, j = step, num_tokens - step, answer_start - step, answer_end - step
    while moved - step + window < num_tokens:
        here = min(window, left)
        inside = i >= 0 and j < here
        rows.append([moved, moved + here, i if inside else -1, j if inside else -1])
        moved, left, i, j = moved + step, left - step, i - step, j - step
    return rows


def _cut(num_tokens, window, step):
    cuts, first = [], 0
    while True:
        cuts.append((first, min(first + window, num_tokens)))
        if first + window >= num_tokens:
            return cuts
        first += step


def _place(first, end, start, last):
    return [start - first, last - first] if first <= start and last < end else [-1, -1]


def wrong_1(num_tokens, answer_start, answer_end, window, stride):
    """stride is taken for the step, as in BERT's own code. Wrong on: stride other than half the window."""
    cuts = _cut(num_tokens, window, max(1, stride))
    return [[i, j] + _place(i, j, answer_start, answer_end) for i, j in cuts]


def wrong_2(num_tokens, answer_start, answer_end, window, stride):
    """The end of a window is its last token. Wrong on: all inputs."""
    cuts = _cut(num_tokens, window, window - stride)
    return [[i, j - 1] + _place(i, j, answer_start, answer_end) for i, j in cuts]


def wrong_3(num_tokens, answer_start, answer_end, window, stride):
    """A window at every step inside the passage. Wrong on: an overlap that reaches the end once more."""
    rows = []
    for first in range(0, num_tokens, window - stride):
        end = min(first + window, num_tokens)
        rows.append([first, end] + _place(first, end, answer_start, answer_end))
    return rows


def wrong_4(num_tokens, answer_start, answer_end, window, stride):
    """The last window is moved back to be full. Wrong on: a shorter last window behind others."""
    rows = []
    for _, end in _cut(num_tokens, window, window - stride):
        first = max(0, end - window)
        rows.append([first, end] + _place(first, end, answer_start, answer_end))
    return rows


def wrong_5(num_tokens, answer_start, answer_end, window, stride):
    """An answer that is in a window in part is cut to it. Wrong on: answers over a seam."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        low, high = max(answer_start, first), min(answer_end, end - 1)
        rows.append([first, end] + ([low - first, high - first] if low <= high else [-1, -1]))
    return rows


def wrong_6(num_tokens, answer_start, answer_end, window, stride):
    """The answer's places are counted from the passage's first token. Wrong on: later windows with it."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        whole = first <= answer_start and answer_end < end
        rows.append([first, end, answer_start if whole else -1, answer_end if whole else -1])
    return rows


def wrong_7(num_tokens, answer_start, answer_end, window, stride):
    """An answer may end at the end that is not included. Wrong on: an answer one token too long."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        whole = first <= answer_start and answer_end <= end
        rows.append([first, end] + ([answer_start - first, answer_end - first] if whole else [-1, -1]))
    return rows


def wrong_8(num_tokens, answer_start, answer_end, window, stride):
    """Place 0 is taken for no answer. Wrong on: an answer at the first token of the passage."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        if answer_start and first <= answer_start and answer_end < end:
            rows.append([first, end, answer_start - first, answer_end - first])
        else:
            rows.append([first, end, -1, -1])
    return rows


def wrong_9(num_tokens, answer_start, answer_end, window, stride):
    """The answer's end in the window is not included. Wrong on: windows with the answer."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        i, j = _place(first, end, answer_start, answer_end)
        rows.append([first, end, i, j + 1 if j >= 0 else -1])
    return rows


def wrong_10(num_tokens, answer_start, answer_end, window, stride):
    """Only the first window with the answer gets it. Wrong on: an answer inside an overlap."""
    rows, seen = [], False
    for first, end in _cut(num_tokens, window, window - stride):
        place = [-1, -1] if seen else _place(first, end, answer_start, answer_end)
        seen = seen or place[0] >= 0
        rows.append([first, end] + place)
    return rows


def wrong_11(num_tokens, answer_start, answer_end, window, stride):
    """0 and 0, the place of [CLS], for no answer. Wrong on: windows without the answer."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        rows.append([first, end] + [max(0, x) for x in _place(first, end, answer_start, answer_end)])
    return rows


def wrong_12(num_tokens, answer_start, answer_end, window, stride):
    """A last window that is not full is dropped. Wrong on: any behind others that is shorter."""
    rows = [
        [first, end] + _place(first, end, answer_start, answer_end)
        for first, end in _cut(num_tokens, window, window - stride)
    ]
    return rows[:1] + [row for row in rows[1:] if row[1] - row[0] == window]


def wrong_13(num_tokens, answer_start, answer_end, window, stride):
    """One window too many where the last is exactly full. Wrong on: a full last window, stride > 0."""
    rows, first = [], 0
    while True:
        end = min(first + window, num_tokens)
        rows.append([first, end] + _place(first, end, answer_start, answer_end))
        if first + window > num_tokens or first + window - stride >= num_tokens:
            return rows
        first += window - stride


def wrong_14(num_tokens, answer_start, answer_end, window, stride):
    """Neighbours share one token too many. Wrong on: two windows or more and a step above 1."""
    cuts = _cut(num_tokens, window, max(1, window - stride - 1))
    return [[i, j] + _place(i, j, answer_start, answer_end) for i, j in cuts]


def wrong_15(num_tokens, answer_start, answer_end, window, stride):
    """Only the window with most context round the answer gets it. Wrong on: an answer in two windows."""
    cuts = _cut(num_tokens, window, window - stride)
    whole = [c for c in cuts if c[0] <= answer_start and answer_end < c[1]]
    best = max(whole, key=lambda c: min(answer_start - c[0], c[1] - 1 - answer_end), default=None)
    return [[*c, *(_place(*c, answer_start, answer_end) if c == best else (-1, -1))] for c in cuts]


def wrong_16(num_tokens, answer_start, answer_end, window, stride):
    """The end of the last window is not cut. Wrong on: a shorter last window."""
    cuts = _cut(num_tokens, window, window - stride)
    return [[i, i + window] + _place(i, i + window, answer_start, answer_end) for i, _ in cuts]


def wrong_17(num_tokens, answer_start, answer_end, window, stride):
    """An answer at a window's first token does not count. Wrong on: answers that begin with a window."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        whole = first < answer_start and answer_end < end
        rows.append([first, end] + ([answer_start - first, answer_end - first] if whole else [-1, -1]))
    return rows


def wrong_18(num_tokens, answer_start, answer_end, window, stride):
    """Nothing keeps a short passage from having no window. Wrong on: num_tokens not above stride."""
    rows = []
    for first in range(0, num_tokens - stride, window - stride):
        end = min(first + window, num_tokens)
        rows.append([first, end] + _place(first, end, answer_start, answer_end))
    return rows


def wrong_19(num_tokens, answer_start, answer_end, window, stride):
    """Only the answer's beginning has to be in the window. Wrong on: answers over a seam."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        if first <= answer_start < end:
            rows.append([first, end, answer_start - first, answer_end - first])
        else:
            rows.append([first, end, -1, -1])
    return rows


def wrong_20(num_tokens, answer_start, answer_end, window, stride):
    """The two places are judged each for itself. Wrong on: answers over a seam (one of the two is -1)."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        inside = [place - first if first <= place < end else -1 for place in (answer_start, answer_end)]
        rows.append([first, end] + inside)
    return rows


def wrong_21(num_tokens, answer_start, answer_end, window, stride):
    """Stops one token before the end. Wrong on: passages one token longer than their windows reach."""
    rows, first = [], 0
    while not rows or rows[-1][1] < num_tokens - 1:
        end = min(first + window, num_tokens)
        rows.append([first, end] + _place(first, end, answer_start, answer_end))
        first += window - stride
    return rows


def wrong_22(num_tokens, answer_start, answer_end, window, stride):
    """Windows without the answer are left out. Wrong on: any such window."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        if first <= answer_start and answer_end < end:
            rows.append([first, end, answer_start - first, answer_end - first])
    return rows


def wrong_23(num_tokens, answer_start, answer_end, window, stride):
    """The answer's end is taken as not included. Wrong on: an answer one token too long for a window."""
    rows = []
    for first, end in _cut(num_tokens, window, window - stride):
        whole = first <= answer_start and answer_end - 1 < end
        place = [answer_start - first, answer_end - 1 - first] if whole else [-1, -1]
        rows.append([first, end] + place)
    return rows
