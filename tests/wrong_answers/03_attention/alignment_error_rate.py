"""Wrong answers to `alignment_error_rate` beside its mutants."""


def _triples(predicted, sure, possible):
    return list(zip(predicted, sure, possible, strict=True))


def _rate(hits, total):
    return 1 - hits / total


def sentences_pooled__in_lists(predicted, sure, possible):
    found, certain, allowed = (
        {link for one in links for link in one} for links in (predicted, sure, possible)
    )
    hits = sum(link in certain for link in found) + sum(link in allowed for link in found)
    return _rate(hits, len(found) + len(certain))


def sentences_without_links_skipped(predicted, sure, possible):
    kept = [triple for triple in _triples(predicted, sure, possible) if triple[0] and triple[1]]
    hits = sum(len(a & s) + len(a & p) for a, s, p in kept)
    return _rate(hits, sum(len(a) + len(s) for a, s, p in kept))


def first_sentence_alone(predicted, sure, possible):
    a, s, p = predicted[0], sure[0], possible[0]
    return _rate(len(a & s) + len(a & p), len(a) + len(s))


def average_of_rates_that_exist(predicted, sure, possible):
    triples = [(a, s, p) for a, s, p in _triples(predicted, sure, possible) if len(s) > 1]
    rates = [_rate(len(a & s) + len(a & p), len(a) + len(s)) for a, s, p in triples]
    return sum(rates) / len(rates)


def union_for_sum(predicted, sure, possible):
    triples = _triples(predicted, sure, possible)
    hits = sum(len(a & (s | p)) for a, s, p in triples)
    return _rate(hits, sum(len(a | s) for a, s, p in triples))


def f_measure(predicted, sure, possible):
    triples = _triples(predicted, sure, possible)
    precision = sum(len(a & p) for a, s, p in triples) / sum(len(a) for a, s, p in triples)
    recall = sum(len(a & s) for a, s, p in triples) / sum(len(s) for a, s, p in triples)
    return 1 - 2 * precision * recall / max(precision + recall, 1e-9)


def in_percent(predicted, sure, possible):
    triples = _triples(predicted, sure, possible)
    hits = sum(len(a & s) + len(a & p) for a, s, p in triples)
    return 100 * _rate(hits, sum(len(a) + len(s) for a, s, p in triples))


def rounded_to_two_places(predicted, sure, possible):
    triples = _triples(predicted, sure, possible)
    hits = sum(len(a & s) + len(a & p) for a, s, p in triples)
    return round(_rate(hits, sum(len(a) + len(s) for a, s, p in triples)), 2)


def possible_without_sure(predicted, sure, possible):
    triples = _triples(predicted, sure, possible)
    hits = sum(len(a & s) + len(a & (p - s)) for a, s, p in triples)
    return _rate(hits, sum(len(a) + len(s) for a, s, p in triples))


def share_of_every_sentence(predicted, sure, possible):
    """Divides in every sentence, by nothing in one without predicted and sure links."""
    shares, weights = [], []
    for a, s, p in zip(predicted, sure, possible, strict=True):
        shares.append((len(a & s) + len(a & p)) / (len(a) + len(s)))
        weights.append(len(a) + len(s))
    return 1 - sum(x * w for x, w in zip(shares, weights, strict=True)) / sum(weights)
