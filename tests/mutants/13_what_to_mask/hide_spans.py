"""Wrong answers to `hide_spans`, each named after its mistake."""


def _positions(word_ids):
    found = {}
    for place, word in enumerate(word_ids):
        if word >= 0:
            found.setdefault(word, []).append(place)
    return found


def _spans(word_ids, starts, lengths, budget, more=0, stays=True, over_hidden=False):
    """The right answer, with some of it exchanged."""
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        if hidden[words[start][0]]:
            continue
        before = None
        for word in range(start, start + length + more):
            if word not in words or len(words[word]) > budget:
                break
            if stays and before is not None and words[word][0] != before + 1:
                break
            if not over_hidden and hidden[words[word][0]]:
                break
            for place in words[word]:
                hidden[place] = True
            budget -= len(words[word])
            before = words[word][-1]
    return hidden


def over_the_separator(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        first = words[start][0]
        if hidden[first]:
            continue
        stop = first
        for word in range(start, min(start + length, len(words))):
            end = words[word][-1] + 1
            if hidden[words[word][0]] or end - first > budget:
                break
            stop = end
        hidden[first:stop] = [True] * (stop - first)
        budget -= stop - first
    return hidden


def behind_the_separator(word_ids, starts, lengths, budget):
    return _spans(word_ids, starts, lengths, budget, stays=False)


def lengths_in_tokens(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        place = words[start][0]
        if hidden[place]:
            continue
        for at in range(place, place + length):
            if word_ids[at] < 0 or hidden[at] or budget == 0:
                break
            hidden[at] = True
            budget -= 1
    return hidden


def budget_in_words(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        before = None
        for word in range(start, start + length):
            if word not in words or hidden[words[word][0]] or budget == 0:
                break
            if before is not None and words[word][0] != before + 1:
                break
            for place in words[word]:
                hidden[place] = True
            budget -= 1
            before = words[word][-1]
    return hidden


def more_than_the_budget(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        if sum(hidden) >= budget:
            break
        places = [place for place, word in enumerate(word_ids) if start <= word < start + length]
        if hidden[places[0]]:
            continue
        for number, place in enumerate(places):
            if hidden[place] or (number and place != places[number - 1] + 1):
                break
            hidden[place] = True
    return hidden


def word_cut(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        place = word_ids.index(start)
        while start <= word_ids[place] < start + length and not hidden[place] and sum(hidden) < budget:
            hidden[place] = True
            place += 1
    return hidden


def long_span_dropped(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        place, span = word_ids.index(start), []
        while start <= word_ids[place] < start + length and not hidden[place]:
            span.append(place)
            place += 1
        if sum(hidden) + len(span) <= budget:
            for place in span:
                hidden[place] = True
    return hidden


def stops_at_the_first_too_long(word_ids, starts, lengths, budget):
    hidden = [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        place, span = word_ids.index(start), []
        while start <= word_ids[place] < start + length and not hidden[place]:
            span.append(place)
            place += 1
        if sum(hidden) + len(span) > budget:
            break
        for place in span:
            hidden[place] = True
    return hidden


def goes_on_over_hidden_words(word_ids, starts, lengths, budget):
    return _spans(word_ids, starts, lengths, budget, over_hidden=True)


def hidden_start_counted(word_ids, starts, lengths, budget):
    words, hidden = _positions(word_ids), [False] * len(word_ids)
    for start, length in zip(starts, lengths, strict=True):
        before = None
        for word in range(start, start + length):
            if word not in words or len(words[word]) > budget:
                break
            if before is not None and (words[word][0] != before + 1 or hidden[words[word][0]]):
                break
            for place in words[word]:
                hidden[place] = True
            budget -= len(words[word])
            before = words[word][-1]
    return hidden


def stops_at_a_hidden_start(word_ids, starts, lengths, budget):
    for number, start in enumerate(starts):
        before = _spans(word_ids, starts[:number], lengths[:number], budget)
        if before[word_ids.index(start)]:
            return before
    return _spans(word_ids, starts, lengths, budget)


def one_word_too_many(word_ids, starts, lengths, budget):
    return _spans(word_ids, starts, lengths, budget, more=1)


def one_word_too_few(word_ids, starts, lengths, budget):
    return _spans(word_ids, starts, lengths, budget, more=-1)


def kept_marked(word_ids, starts, lengths, budget):
    return [not hidden for hidden in _spans(word_ids, starts, lengths, budget)]
