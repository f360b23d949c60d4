"""Wrong answers to `hide_spans` beside its mutants."""


def _positions(word_ids):
    found = {}
    for place, word in enumerate(word_ids):
        if word >= 0:
            found.setdefault(word, []).append(place)
    return found


def _run(word_ids, start, length, hidden):
    """Tokens of a span, as far as nothing but the budget is asked."""
    place, span = word_ids.index(start), []
    while start <= word_ids[place] < start + length and not hidden[place]:
        span.append(place)
        place += 1
    return span


def lengths_in_tokens__whole_words_left(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        if hidden[words[start][0]]:
            continue
        before, taken = None, 0
        for word in range(start, len(words)):
            tokens = words[word][: length - taken]
            if not tokens or hidden[tokens[0]] or len(tokens) > budget:
                break
            if before is not None and tokens[0] != before + 1:
                break
            for place in tokens:
                hidden[place] = True
            budget, taken, before = budget - len(tokens), taken + len(tokens), words[word][-1]
    return hidden


def more_than_the_budget__never_asked(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        for place in _run(word_ids, start, length, hidden):
            hidden[place] = True
    return hidden


def over_the_separator__from_end_to_end(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        first = words[start][0]
        if hidden[first]:
            continue
        stop = first
        for word in range(start, min(start + length, len(words))):
            if hidden[words[word][0]]:
                break
            stop = words[word][-1] + 1
        if stop - first <= budget:
            hidden[first:stop] = [True] * (stop - first)
            budget -= stop - first
    return hidden


def goes_on_over_hidden_words__passing_them(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        if hidden[words[start][0]]:
            continue
        before = None
        for word in range(start, start + length):
            if word not in words or (before is not None and words[word][0] != before + 1):
                break
            before = words[word][-1]
            if hidden[words[word][0]]:
                continue
            if len(words[word]) > budget:
                break
            for place in words[word]:
                hidden[place] = True
            budget -= len(words[word])
    return hidden


def from_the_start_backwards(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        following = None
        for word in range(start, start - length, -1):
            if word not in words or hidden[words[word][0]] or len(words[word]) > budget:
                break
            if following is not None and words[word][-1] != following - 1:
                break
            for place in words[word]:
                hidden[place] = True
            budget, following = budget - len(words[word]), words[word][0]
    return hidden


def the_first_attempt_alone(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for place in _run(word_ids, starts[0], lengths[0], hidden)[: budget if budget < 2 else None]:
        hidden[place] = True
    return hidden
