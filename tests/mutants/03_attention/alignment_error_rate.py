"""Wrong answers to `alignment_error_rate`, each named after the mistake it makes."""


def _total(left, right):
    return sum(len(a & b) for a, b in zip(left, right, strict=True))


def _size(links):
    return sum(map(len, links))


def sentence_average(predicted, sure, possible):
    rates = []
    for a, s, p in zip(predicted, sure, possible, strict=True):
        rates.append(1 - (len(a & s) + len(a & p)) / (len(a) + len(s)))
    return sum(rates) / len(rates)


def possible_ignored(predicted, sure, possible):
    return 1 - 2 * _total(predicted, sure) / (_size(predicted) + _size(sure))


def sure_ignored(predicted, sure, possible):
    return 1 - 2 * _total(predicted, possible) / (_size(predicted) + _size(possible))


def possible_in_denominator(predicted, sure, possible):
    hits = _total(predicted, sure) + _total(predicted, possible)
    return 1 - hits / (_size(predicted) + _size(possible))


def accuracy_returned(predicted, sure, possible):
    return (_total(predicted, sure) + _total(predicted, possible)) / (_size(predicted) + _size(sure))


def precision_only(predicted, sure, possible):
    return 1 - _total(predicted, possible) / _size(predicted)


def recall_only(predicted, sure, possible):
    return 1 - _total(predicted, sure) / _size(sure)


def intersections_halved(predicted, sure, possible):
    hits = (_total(predicted, sure) + _total(predicted, possible)) / 2
    return 1 - hits / (_size(predicted) + _size(sure))


def links_reversed(predicted, sure, possible):
    predicted = [{(j, i) for i, j in links} for links in predicted]
    hits = _total(predicted, sure) + _total(predicted, possible)
    return 1 - hits / (_size(predicted) + _size(sure))


def sentences_pooled(predicted, sure, possible):
    found, certain, allowed = set.union(*predicted), set.union(*sure), set.union(*possible)
    return 1 - (len(found & certain) + len(found & allowed)) / (len(found) + len(certain))
