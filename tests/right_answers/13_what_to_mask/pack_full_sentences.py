"""Right answers to `pack_full_sentences` in other styles."""


def by_rows_with_their_ends(documents, max_length, classification_id, separator_id, crosses_documents):
    rows, last = [], None
    for number, document in enumerate(documents):
        for sentence in document:
            may_go_on = rows and (crosses_documents or last == number)
            # A row that is there ends with its separator already.
            longer = rows[-1] + sentence if may_go_on and last != number else None
            if may_go_on and last == number:
                longer = rows[-1][:-1] + sentence
            if longer is not None and len(longer) + 1 <= max_length:
                rows[-1] = longer + [separator_id]
            else:
                rows.append([classification_id] + sentence + [separator_id])
            last = number
    return rows


def by_recursion(documents, max_length, classification_id, separator_id, crosses_documents):
    if not crosses_documents and len(documents) > 1:
        settings = max_length, classification_id, separator_id
        return [row for text in documents for row in by_recursion([text], *settings, True)]
    rows, row = [], []
    for number, document in enumerate(documents):
        for place, sentence in enumerate(document):
            addition = sentence
            if number > 0 and place == 0 and row:
                addition = [separator_id, *sentence]
            if len(row) + len(addition) + 2 > max_length:
                rows.append(row)
                row = list(sentence)
            else:
                row = row + addition
    rows.append(row)
    return [[classification_id, *tokens, separator_id] for tokens in rows if tokens]


def as_tuples(documents, max_length, classification_id, separator_id, crosses_documents):
    rows = [(classification_id,)]
    for document in documents:
        for place, sentence in enumerate(document):
            apart = (separator_id,) if place == 0 and len(rows[-1]) > 1 else ()
            if len(rows[-1]) + len(apart) + len(sentence) + 1 > max_length:
                rows.append((classification_id,))
                apart = ()
            rows[-1] += apart + tuple(sentence)
        if not crosses_documents:
            rows.append((classification_id,))
    return tuple((*row, separator_id) for row in rows if len(row) > 1)
