"""Wrong answers to `answer_windows`, each named after the mistake it makes."""


def _cut(num_tokens, window, step, stops=True):
    """Pairs (first token, end) as they should be, for a step."""
    found, start = [], 0
    while True:
        stop = min(start + window, num_tokens)
        found.append((start, stop))
        if (stops and stop == num_tokens) or start + step >= num_tokens:
            return found
        start += step


def _whole(low, high, first, last):
    return [first - low, last - low] if low <= first and last < high else [-1, -1]


def _rows(pairs, first, last, place=_whole):
    return [[low, high, *place(low, high, first, last)] for low, high in pairs]


def stride_taken_for_step(num_tokens, answer_start, answer_end, window, stride):
    pairs = [(low, min(low + window, num_tokens)) for low in range(0, num_tokens, stride)]
    while len(pairs) > 1 and pairs[-2][1] == num_tokens:
        pairs.pop()
    return _rows(pairs, answer_start, answer_end)


def no_overlap_at_all(num_tokens, answer_start, answer_end, window, stride):
    return _rows(_cut(num_tokens, window, window), answer_start, answer_end)


def one_window_too_many(num_tokens, answer_start, answer_end, window, stride):
    return _rows(_cut(num_tokens, window, window - stride, stops=False), answer_start, answer_end)


def step_off_by_one(num_tokens, answer_start, answer_end, window, stride):
    return _rows(_cut(num_tokens, window, window - stride + 1), answer_start, answer_end)


def last_window_lost(num_tokens, answer_start, answer_end, window, stride):
    pairs = [pair for pair in _cut(num_tokens, window, window - stride) if pair[1] - pair[0] == window]
    return _rows(pairs, answer_start, answer_end)


def last_window_moved_back(num_tokens, answer_start, answer_end, window, stride):
    pairs = _cut(num_tokens, window, window - stride)
    pairs[-1] = (max(num_tokens - window, 0), num_tokens)
    return _rows(pairs, answer_start, answer_end)


def window_beyond_the_end(num_tokens, answer_start, answer_end, window, stride):
    pairs = [(low, low + window) for low, _ in _cut(num_tokens, window, window - stride)]
    return _rows(pairs, answer_start, answer_end)


def cut_answer_kept(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        if last < low or first >= high:
            return [-1, -1]
        return [max(first, low) - low, min(last, high - 1) - low]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def none_written_as_zero(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        return [first - low, last - low] if low <= first and last < high else [0, 0]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def place_zero_taken_for_none(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        start, end = _whole(low, high, first, last)
        return [start, end] if start > 0 else [-1, -1]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def last_token_taken_for_outside(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        return [first - low, last - low] if low <= first and last + 1 < high else [-1, -1]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def places_of_the_passage(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        return [first, last] if low <= first and last < high else [-1, -1]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def end_not_included(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        return [first - low, last - low + 1] if low <= first and last < high else [-1, -1]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def answer_in_every_window(num_tokens, answer_start, answer_end, window, stride):
    def place(low, high, first, last):
        return [first - low, last - low]

    return _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end, place)


def windows_without_answer_lost(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(_cut(num_tokens, window, window - stride), answer_start, answer_end)
    return [row for row in rows if row[2] >= 0]
