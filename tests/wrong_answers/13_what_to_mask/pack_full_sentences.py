"""Wrong answers to `pack_full_sentences` beside its mutants."""


def _bodies(documents, room, separator_id, crosses, before=True):
    bodies = [[]]
    for document in documents:
        for number, sentence in enumerate(document):
            apart = [separator_id] if number == 0 and bodies[-1] and before else []
            if len(bodies[-1]) + len(apart) + len(sentence) > room:
                bodies.append([])
                apart = []
            bodies[-1] = bodies[-1] + apart + sentence
        if not crosses:
            bodies.append([])
    return [body for body in bodies if body]


def special_tokens_missing__the_first(
    documents, max_length, classification_id, separator_id, crosses_documents
):
    bodies = _bodies(documents, max_length - 2, separator_id, crosses_documents)
    return [[*body, separator_id] for body in bodies]


def special_tokens_missing__both(documents, max_length, classification_id, separator_id, crosses_documents):
    return _bodies(documents, max_length - 2, separator_id, crosses_documents)


def sentences_cut__and_not_parted(documents, max_length, classification_id, separator_id, crosses_documents):
    texts = [sum(document, []) for document in documents]
    texts = [sum(texts, [])] if crosses_documents else texts
    room = max_length - 2
    return [
        [classification_id, *text[start : start + room], separator_id]
        for text in texts
        for start in range(0, len(text), room)
    ]


def room_for_three(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents, max_length, separator_id, crosses_documents)
    return [[classification_id, *body, separator_id] for body in bodies]


def classification_between_documents(
    documents, max_length, classification_id, separator_id, crosses_documents
):
    bodies = _bodies(documents, max_length - 2, classification_id, crosses_documents)
    return [[classification_id, *body, separator_id] for body in bodies]


def rows_in_the_other_order(documents, max_length, classification_id, separator_id, crosses_documents):
    bodies = _bodies(documents[::-1], max_length - 2, separator_id, crosses_documents)
    return [[separator_id, *body, separator_id] for body in bodies]
