"""Verdict of `hide_spans`: spans of whole words that end at special tokens, hidden words and the budget."""

FIXED = {
    "word_ids": [-1, 0, 0, 1, 2, -1, 3, 4, 4, 5, -1],
    "starts": [2, 0, 5],
    "lengths": [3, 2, 1],
    "budget": 6,
}


def draw(generator):
    """Words of one to three pieces, two segments, attempts of all kinds."""
    cases = [FIXED, {**FIXED, "budget": 3, "starts": [0, 1, 3], "lengths": [2, 1, 1]}]
    # A start that is hidden already, and behind it another one.
    cases.append({**FIXED, "starts": [3, 4, 0], "lengths": [2, 3, 1], "budget": 7})
    # A span that meets a hidden word.
    cases.append({**FIXED, "starts": [1, 0, 3], "lengths": [1, 3, 1], "budget": 5})
    # The first word of a span is longer than what is left of the budget.
    cases.append({**FIXED, "starts": [1, 0, 2], "lengths": [1, 2, 1], "budget": 2})
    # A longer word behind the first, for which nothing is left.
    cases.append({**FIXED, "starts": [3, 0, 2], "lengths": [2, 1, 1], "budget": 2})
    for num_words, split, padding, budget, attempts, longest in (
        (7, 3, 2, 4, 3, 4),
        (13, 6, 0, 7, 5, 10),
        (17, 17, 3, 11, 7, 10),
        (23, 10, 5, 19, 11, 10),
        (11, 5, 0, 0, 3, 3),
        (19, 2, 1, 41, 13, 5),
    ):
        sizes = generator.choice([1, 1, 1, 2, 3], num_words)
        word_ids = [-1]
        for number, size in enumerate(sizes):
            if number == split:
                word_ids.append(-1)
            word_ids += [number] * int(size)
        word_ids += [-1] * (1 + padding)
        starts = generator.integers(0, num_words, attempts).tolist()
        lengths = generator.integers(1, longest + 1, attempts).tolist()
        cases.append({"word_ids": word_ids, "starts": starts, "lengths": lengths, "budget": budget})
    return cases


def _places(word_ids):
    """Positions (start, stop) of each word."""
    found = {}
    for at, word in enumerate(word_ids):
        if word >= 0:
            found[word] = (found.get(word, (at, at))[0], at + 1)
    return found


def _ends_met(case):
    """Why each span ended: "length", "special", "hidden", "budget", "end"; or "start is hidden"."""
    met = []
    _hiding(tell=met.append)(**case)
    return met


CONDITIONS = {
    "a span that ends before a special token": lambda case: "special" in _ends_met(case),
    "a span that ends before a hidden word": lambda case: "hidden" in _ends_met(case),
    "a span that ends because of the budget": lambda case: "budget" in _ends_met(case),
    "a start that is hidden": lambda case: "start is hidden" in _ends_met(case)[:-1],
    "a first word that is longer than what is left, and behind it a span": lambda case: (
        "nothing fits" in _ends_met(case) and _ends_met(case)[-1] == "length"
    ),
    "a span of its whole length": lambda case: "length" in _ends_met(case),
    "a budget of 0": lambda case: case["budget"] == 0,
    "a budget that is not used up": lambda case: sum(reference(**case)) < case["budget"],
    "words of several pieces": lambda case: len(case["word_ids"]) > 2 * len(set(case["word_ids"])) - 3,
    "two segments": lambda case: -1 in case["word_ids"][1:-1],
    "one segment and padding": lambda case: case["word_ids"][-2] == -1 and case["word_ids"].count(-1) > 2,
}


def _hiding(
    over_special="ends",
    over_hidden="ends",
    budget_rule="ends",
    starts_hidden="nothing",
    unit="words",
    more=0,
    tell=lambda why: None,
):
    """The answer, with parts exchanged."""

    def answer(word_ids, starts, lengths, budget):
        places = _places(word_ids)
        hidden, left = [False] * len(word_ids), budget

        for first, length in zip(starts, lengths, strict=True):
            if hidden[places[first][0]] and starts_hidden != "as any":
                tell("start is hidden")
                if starts_hidden == "stops":
                    break
                continue
            following, size, number, span, why = places[first][0], 0, 0, [], "length"
            for word in range(first, len(places)):
                if number >= length + more or (unit == "tokens" and size >= length):
                    break
                start, stop = places[word]
                if start != following and over_special == "ends":
                    why = "special"
                    break
                if hidden[start] and word != first and over_hidden != "counts twice":
                    why = "hidden"
                    if over_hidden == "ends":
                        break
                    number, following = number + 1, stop
                    continue
                begin = following if over_special == "hides" else start
                end = min(stop, begin + length - size) if unit == "tokens" else stop
                if budget_rule == "cuts":
                    end = min(end, begin + left - size)
                if end <= begin or (size + end - begin > left and budget_rule == "ends"):
                    why = "budget" if span else "nothing fits"
                    break
                span.append((begin, end))
                size, number, following = size + end - begin, number + 1, stop
            if budget_rule == "overshoots" and left < 1:
                break
            if budget_rule == "drops" and size > left:
                continue
            if budget_rule == "stops" and size > left:
                break
            left -= size
            for start, stop in span:
                hidden[start:stop] = [True] * (stop - start)
            tell(why)
        return hidden

    return answer


reference = _hiding()


def _counts_words(word_ids, starts, lengths, budget):
    """The budget is one of words."""
    places, hidden, left = _places(word_ids), [False] * len(word_ids), budget
    for first, length in zip(starts, lengths, strict=True):
        before = None
        for word in range(first, min(first + length, len(places))):
            start, stop = places[word]
            if hidden[start] or left < 1 or before not in (None, start):
                break
            hidden[start:stop] = [True] * (stop - start)
            left, before = left - 1, stop
    return hidden


def _kept(word_ids, starts, lengths, budget):
    return [not hidden for hidden in reference(word_ids, starts, lengths, budget)]


MISTAKES = {
    "over_the_separator": (
        _hiding(over_special="hides"),
        _hiding(over_special="hides", budget_rule="drops"),
        _hiding(over_special="hides", budget_rule="overshoots"),
    ),
    "behind_the_separator": (
        _hiding(over_special="jumps"),
        _hiding(over_special="jumps", budget_rule="drops"),
        _hiding(over_special="jumps", budget_rule="overshoots"),
    ),
    "lengths_in_tokens": (_hiding(unit="tokens"), _hiding(unit="tokens", budget_rule="cuts")),
    "budget_in_words": _counts_words,
    "more_than_the_budget": (
        _hiding(budget_rule="overshoots"),
        _hiding(budget_rule="none"),
    ),
    "word_cut": _hiding(budget_rule="cuts"),
    "long_span_dropped": _hiding(budget_rule="drops"),
    "stops_at_the_first_too_long": _hiding(budget_rule="stops"),
    "goes_on_over_hidden_words": (
        _hiding(over_hidden="passes"),
        _hiding(over_hidden="counts twice"),
        _hiding(over_hidden="passes", starts_hidden="as any"),
        _hiding(over_hidden="counts twice", starts_hidden="as any"),
    ),
    "hidden_start_counted": _hiding(starts_hidden="as any"),
    "stops_at_a_hidden_start": _hiding(starts_hidden="stops"),
    "one_word_too_many": _hiding(more=1),
    "one_word_too_few": _hiding(more=-1),
    "kept_marked": _kept,
}
