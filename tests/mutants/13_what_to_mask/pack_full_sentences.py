"""Wrong answers to `pack_full_sentences`, each named after its mistake."""


def _rows(bodies, classification_id, separator_id):
    return [[classification_id, *body, separator_id] for body in bodies if body]


def _bodies(documents, room, separator_id, crosses, between=True, counted=True):
    """Rows without their special tokens at both ends."""
    bodies = [[]]
    for document in documents:
        for number, sentence in enumerate(document):
            apart = [separator_id] if number == 0 and bodies[-1] and between else []
            if len(bodies[-1]) + len(apart) * counted + len(sentence) > room:
                bodies.append([])
                apart = []
            bodies[-1] += apart + sentence
        if not crosses:
            bodies.append([])
    return bodies


def sentences_cut(documents, max_length, classification_id, separator_id, crosses_documents):
    texts = [sum(document, []) for document in documents]
    if crosses_documents:
        stream = texts[0]
        for text in texts[1:]:
            stream = stream + [separator_id] + text
        texts = [stream]
    room = max_length - 2
    bodies = [text[start : start + room] for text in texts for start in range(0, len(text), room)]
    return _rows(bodies, classification_id, separator_id)


def always_crosses(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, True)
    return _rows(bodies, classification_id, separator_id)


def never_crosses(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, False)
    return _rows(bodies, classification_id, separator_id)


def documents_not_parted(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents, between=False)
    return _rows(bodies, classification_id, separator_id)


def sentences_parted(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = [[]]
    for document in documents:
        for sentence in document:
            apart = [separator_id] if bodies[-1] else []
            if len(bodies[-1]) + len(apart) + len(sentence) > max_length - 2:
                bodies.append([])
                apart = []
            bodies[-1] += apart + sentence
        if not crosses_documents:
            bodies.append([])
    return _rows(bodies, classification_id, separator_id)


def separator_without_room(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents, counted=False)
    return _rows(bodies, classification_id, separator_id)


def row_begins_with_separator(documents, max_length, classification_id, separator_id, crosses_documents):
    rows, row = [], []
    for number, document in enumerate(documents):
        for place, sentence in enumerate(document):
            apart = [separator_id] if number and place == 0 else []
            needed = len(sentence) + (1 if apart and row else 0)
            if row and len(row) + needed > max_length - 2:
                rows.append(row)
                row = []
            row = row + apart + sentence
        if not crosses_documents:
            rows.append(row)
            row = []
    return _rows([*rows, row], classification_id, separator_id)


def last_row_lost(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents)
    if crosses_documents:
        bodies = bodies[:-1]
    return _rows(bodies, classification_id, separator_id)


def late_sentence_lost(documents, max_length, classification_id, separator_id, crosses_documents):
    rows, row = [], []
    for document in documents:
        is_new = bool(row)
        for sentence in document:
            if row and len(row) + is_new + len(sentence) > max_length - 2:
                rows.append(row)
                row, is_new = [], False
                continue
            row = row + [separator_id] * is_new + sentence
            is_new = False
        if not crosses_documents:
            rows.append(row)
            row = []
    return _rows([*rows, row], classification_id, separator_id)


def never_full(documents, max_length, classification_id, separator_id, crosses_documents):
    rows, row = [], []
    for document in documents:
        is_new = bool(row)
        for sentence in document:
            if row and len(row) + is_new + len(sentence) >= max_length - 2:
                rows.append(row)
                row, is_new = [], False
            row = row + [separator_id] * is_new + sentence
            is_new = False
        if not crosses_documents:
            rows.append(row)
            row = []
    return _rows([*rows, row], classification_id, separator_id)


def gaps_filled(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies, last = [], []
    for number, document in enumerate(documents):
        first = 0 if crosses_documents else len(bodies)
        for sentence in document:
            for place in range(first, len(bodies)):
                apart = [] if last[place] == number else [separator_id]
                if len(bodies[place]) + len(apart) + len(sentence) <= max_length - 2:
                    bodies[place] += apart + sentence
                    last[place] = number
                    break
            else:
                bodies.append(list(sentence))
                last.append(number)
    return _rows(bodies, classification_id, separator_id)


def one_sentence_each(documents, max_length, classification_id, separator_id, crosses_documents):
    return _rows(sum(documents, []), classification_id, separator_id)


def padded(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents)
    rows = _rows(bodies, classification_id, separator_id)
    return [row + [0] * (max_length - len(row)) for row in rows]


def special_tokens_missing(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents)
    return [[classification_id, *body] for body in bodies if body]
