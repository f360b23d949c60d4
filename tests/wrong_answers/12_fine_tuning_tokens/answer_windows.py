"""Wrong answers to `answer_windows` beside its mutants."""


def _rows(num_tokens, answer_start, answer_end, window, stride):
    rows, low = [], 0
    while True:
        high = min(low + window, num_tokens)
        whole = low <= answer_start and answer_end < high
        rows.append([low, high, *([answer_start - low, answer_end - low] if whole else [-1, -1])])
        if high == num_tokens:
            return rows
        low += window - stride


def lengths_for_ends(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(num_tokens, answer_start, answer_end, window, stride)
    return [[low, high - low, *places] for low, high, *places in rows]


def ends_included(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(num_tokens, answer_start, answer_end, window, stride)
    return [[low, high - 1, *places] for low, high, *places in rows]


def first_window_alone(num_tokens, answer_start, answer_end, window, stride):
    return _rows(num_tokens, answer_start, answer_end, window, stride)[:1]


def answer_in_its_first_window_only(num_tokens, answer_start, answer_end, window, stride):
    rows, found = [], False
    for low, high, start, end in _rows(num_tokens, answer_start, answer_end, window, stride):
        rows.append([low, high, -1, -1] if found else [low, high, start, end])
        found = found or start >= 0
    return rows


def places_from_one(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(num_tokens, answer_start, answer_end, window, stride)
    return [[low, high, *(place + 1 for place in places)] for low, high, *places in rows]


def backwards(num_tokens, answer_start, answer_end, window, stride):
    return _rows(num_tokens, answer_start, answer_end, window, stride)[::-1]


def cut_answer_kept__where_it_begins(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(num_tokens, answer_start, answer_end, window, stride)
    return [
        [low, high, *([answer_start - low, answer_end - low] if low <= answer_start < high else [-1, -1])]
        for low, high, *_ in rows
    ]


def none_written_as_zero__at_the_end(num_tokens, answer_start, answer_end, window, stride):
    rows = _rows(num_tokens, answer_start, answer_end, window, stride)
    return [[low, high, max(start, 0), max(end, 0)] for low, high, start, end in rows]
