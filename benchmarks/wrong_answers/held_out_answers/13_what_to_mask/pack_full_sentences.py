def right_1(documents, max_length, classification_id, separator_id, crosses_documents):
    rows = []
    row = []
    for document in documents:
        for number, sentence in enumerate(document):
            glue = [separator_id] if row and number == 0 else []
            if row and 1 + len(row) + len(glue) + len(sentence) + 1 > max_length:
                rows.append([classification_id] + row + [separator_id])
                row, glue = [], []
            row = row + glue + list(sentence)
        if not crosses_documents and row:
            rows.append([classification_id] + row + [separator_id])
            row = []
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows


def right_2(documents, max_length, classification_id, separator_id, crosses_documents):
    if not crosses_documents:
        rows = []
        for document in documents:
            rows += right_2([document], max_length, classification_id, separator_id, True)
        return rows
    flat = [(d, s) for d, document in enumerate(documents) for s in document]
    rows = []
    start = 0
    while start < len(flat):
        room = max_length - 2 - len(flat[start][1])
        end = start + 1
        while end < len(flat):
            need = len(flat[end][1]) + int(flat[end][0] != flat[end - 1][0])
            if need > room:
                break
            room -= need
            end += 1
        row = [classification_id, *flat[start][1]]
        for i in range(start + 1, end):
            if flat[i][0] != flat[i - 1][0]:
                row.append(separator_id)
            row.extend(flat[i][1])
        rows.append(row + [separator_id])
        start = end
    return rows


def _join(blocks, classification_id, separator_id):
    """Each block is the text of one document in the row."""
    row = [classification_id]
    for block in blocks:
        row.extend(token for sentence in block for token in sentence)
        row.append(separator_id)
    return row


def right_3(documents, max_length, classification_id, separator_id, crosses_documents):
    rows, blocks = [], []
    for document in documents:
        fresh = True
        for sentence in document:
            if blocks and fresh:
                candidate = blocks + [[sentence]]
            elif blocks:
                candidate = blocks[:-1] + [blocks[-1] + [sentence]]
            else:
                candidate = [[sentence]]
            if blocks and len(_join(candidate, classification_id, separator_id)) > max_length:
                rows.append(blocks)
                candidate = [[sentence]]
            blocks = candidate
            fresh = False
        if not crosses_documents:
            rows.append(blocks)
            blocks = []
    rows.append(blocks)
    return [_join(b, classification_id, separator_id) for b in rows if b]


def wrong_1(documents, max_length, classification_id, separator_id, crosses_documents):
    """The [SEP] between documents is not counted. Wrong on: a next document that fits but for it."""
    rows, row = [], []
    for document in documents:
        for number, sentence in enumerate(document):
            if row and len(row) + len(sentence) + 2 > max_length:
                rows.append([classification_id] + row + [separator_id])
                row = []
            if row and number == 0:
                row = row + [separator_id]
            row = row + sentence
        if not crosses_documents:
            rows.append([classification_id] + row + [separator_id])
            row = []
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows


def _pack(
    documents,
    max_length,
    classification_id,
    separator_id,
    crosses,
    between=1,
    margin=0,
    clear=True,
    keep_last=True,
):
    """A packer with screws to turn: tokens between documents, places not usable, the last row."""
    rows, row, fresh = [], [], False
    for document in documents:
        fresh = True
        for sentence in document:
            glue = [separator_id] * between if fresh and row else []
            if row and len(row) + len(glue) + len(sentence) + 2 + margin > max_length:
                rows.append([classification_id] + row + [separator_id])
                row, glue = [], []
                if clear:
                    fresh = False
            elif row or clear:
                fresh = False
            row = row + glue + sentence
        if not crosses and row:
            rows.append([classification_id] + row + [separator_id])
            row = []
    if row and keep_last:
        rows.append([classification_id] + row + [separator_id])
    return rows


def wrong_2(documents, max_length, classification_id, separator_id, crosses_documents):
    """The last [SEP] is not counted. Wrong on: a sentence that fits but for one token."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, margin=-1)


def wrong_3(documents, max_length, classification_id, separator_id, crosses_documents):
    """Rows must be shorter than max_length. Wrong on: a sentence that would fill a row exactly."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, margin=1)


def wrong_4(documents, max_length, classification_id, separator_id, crosses_documents):
    """No [SEP] between documents. Wrong on: rows that cross documents."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, between=0)


def wrong_5(documents, max_length, classification_id, separator_id, crosses_documents):
    """Two [SEP] between documents, one for each side. Wrong on: rows that cross documents."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, between=2)


def wrong_6(documents, max_length, classification_id, separator_id, crosses_documents):
    """The last row, not full, is dropped. Wrong on: all that crosses documents."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, keep_last=False)


def wrong_7(documents, max_length, classification_id, separator_id, crosses_documents):
    """Never crosses a document. Wrong on: crosses_documents True with short documents."""
    return _pack(documents, max_length, classification_id, separator_id, False)


def wrong_8(documents, max_length, classification_id, separator_id, crosses_documents):
    """Always crosses documents. Wrong on: crosses_documents False with short documents."""
    return _pack(documents, max_length, classification_id, separator_id, True)


def wrong_9(documents, max_length, classification_id, separator_id, crosses_documents):
    """A document that begins a row leaves its [SEP] to its second sentence. Wrong on: row breaks between
    documents, if the second sentence fits in the row."""
    return _pack(documents, max_length, classification_id, separator_id, crosses_documents, clear=False)


def wrong_10(documents, max_length, classification_id, separator_id, crosses_documents):
    """A row that begins with a new document has a [SEP] in front. Wrong on: breaks between documents."""
    rows = []
    row = [classification_id]
    for d, document in enumerate(documents):
        for i, sentence in enumerate(document):
            glue = [separator_id] if crosses_documents and d > 0 and i == 0 else []
            if len(row) > 1 and len(row) + len(glue) + len(sentence) + 1 > max_length:
                rows.append(row + [separator_id])
                row = [classification_id]
            row = row + glue + sentence
        if not crosses_documents:
            rows.append(row + [separator_id])
            row = [classification_id]
    if len(row) > 1:
        rows.append(row + [separator_id])
    return rows


def wrong_11(documents, max_length, classification_id, separator_id, crosses_documents):
    """Sets the [SEP] as soon as a document ends, whether the next one fits or not. Wrong on: a row break
    between documents, where the row then ends in two of them."""
    rows = []
    row = [classification_id]
    for document in documents:
        if crosses_documents and len(row) > 1:
            if len(row) + 1 < max_length:
                row.append(separator_id)
            else:
                rows.append(row + [separator_id])
                row = [classification_id]
        for sentence in document:
            if len(row) > 1 and len(row) + len(sentence) + 1 > max_length:
                rows.append(row + [separator_id])
                row = [classification_id]
            row.extend(sentence)
        if not crosses_documents:
            rows.append(row + [separator_id])
            row = [classification_id]
    if len(row) > 1:
        rows.append(row + [separator_id])
    return rows


def wrong_12(documents, max_length, classification_id, separator_id, crosses_documents):
    """Sentences are cut to fill every row. Wrong on: a sentence that does not fit in the rest of a row."""
    room = max_length - 2
    rows = []

    def cut(stream):
        for i in range(0, len(stream), room):
            rows.append([classification_id, *stream[i : i + room], separator_id])

    if crosses_documents:
        stream = []
        for document in documents:
            if stream:
                stream.append(separator_id)
            stream.extend(t for s in document for t in s)
        cut(stream)
    else:
        for document in documents:
            cut([t for s in document for t in s])
    return rows


def wrong_13(documents, max_length, classification_id, separator_id, crosses_documents):
    """Fills gaps with later sentences that are shorter. Wrong on: a short sentence behind one with no
    room."""
    groups = [documents] if crosses_documents else [[d] for d in documents]
    rows = []
    for group in groups:
        waiting = [(d, s) for d, document in enumerate(group) for s in document]
        while waiting:
            row, last, rest = [classification_id], None, []
            for d, s in waiting:
                glue = [] if last is None or d == last else [separator_id]
                if len(row) + len(glue) + len(s) + 1 <= max_length:
                    row += glue + s
                    last = d
                else:
                    rest.append((d, s))
            rows.append(row + [separator_id])
            waiting = rest
    return rows


def wrong_14(documents, max_length, classification_id, separator_id, crosses_documents):
    """A [SEP] behind every sentence. Wrong on: rows of more than one sentence."""
    rows, row = [], [classification_id]
    for document in documents:
        for sentence in document:
            if len(row) > 1 and len(row) + len(sentence) + 1 > max_length:
                rows.append(row)
                row = [classification_id]
            row = row + sentence + [separator_id]
        if not crosses_documents:
            rows.append(row)
            row = [classification_id]
    if len(row) > 1:
        rows.append(row)
    return rows


def wrong_15(documents, max_length, classification_id, separator_id, crosses_documents):
    """A next document is begun only if all of it fits in the row. Wrong on: documents that fit in part."""
    rows, row = [], []
    for document in documents:
        total = sum(len(s) for s in document)
        if row and len(row) + 1 + total + 2 > max_length:
            rows.append([classification_id] + row + [separator_id])
            row = []
        for i, sentence in enumerate(document):
            if row and i == 0:
                row = row + [separator_id]
            elif row and len(row) + len(sentence) + 2 > max_length:
                rows.append([classification_id] + row + [separator_id])
                row = []
            row = row + sentence
        if not crosses_documents:
            rows.append([classification_id] + row + [separator_id])
            row = []
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows


def wrong_16(documents, max_length, classification_id, separator_id, crosses_documents):
    """Forgets what [SEP] the row has already. Wrong on: a row that crosses twice and is nearly full."""
    rows, row, used = [], [], 0
    for document in documents:
        for i, sentence in enumerate(document):
            extra = 1 if row and i == 0 else 0
            if row and used + extra + len(sentence) > max_length - 2:
                rows.append([classification_id] + row + [separator_id])
                row, used, extra = [], 0, 0
            if extra:
                row = row + [separator_id]
            row = row + sentence
            used += len(sentence)
        if not crosses_documents:
            rows.append([classification_id] + row + [separator_id])
            row, used = [], 0
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows


def wrong_17(documents, max_length, classification_id, separator_id, crosses_documents):
    """Keeps a place for a [SEP] between documents at every sentence. Wrong on: a sentence that fills a
    row."""
    rows, row = [], []
    for document in documents:
        for i, sentence in enumerate(document):
            if row and len(row) + len(sentence) + 3 > max_length:
                rows.append([classification_id, *row, separator_id])
                row = []
            if row and i == 0:
                row.append(separator_id)
            row.extend(sentence)
        if not crosses_documents:
            rows.append([classification_id, *row, separator_id])
            row = []
    return rows + ([[classification_id, *row, separator_id]] if row else [])


def wrong_18(documents, max_length, classification_id, separator_id, crosses_documents):
    """[CLS] between documents as well, as if they were rows of their own. Wrong on: rows that cross
    documents."""
    rows, row = [], []
    for document in documents:
        for i, sentence in enumerate(document):
            glue = [separator_id, classification_id] if row and i == 0 else []
            if row and len(row) + len(glue) + len(sentence) + 2 > max_length:
                rows.append([classification_id] + row + [separator_id])
                row, glue = [], []
            row = row + glue + sentence
        if not crosses_documents:
            rows.append([classification_id] + row + [separator_id])
            row = []
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows


def wrong_19(documents, max_length, classification_id, separator_id, crosses_documents):
    """Rows are padded with 0 to max_length. Wrong on: any row that is not full."""
    rows = _pack(documents, max_length, classification_id, separator_id, crosses_documents)
    return [row + [0] * (max_length - len(row)) for row in rows]


def wrong_20(documents, max_length, classification_id, separator_id, crosses_documents):
    """One sentence a row. Wrong on: two sentences that fit in one row."""
    return [[classification_id, *s, separator_id] for document in documents for s in document]


def wrong_21(documents, max_length, classification_id, separator_id, crosses_documents):
    """The [SEP] between documents is asked for by comparing documents, not their places. Wrong on: two equal
    documents in a row."""
    flat = [(d, s) for d in documents for s in d]
    rows, row, last = [], [], None
    for document, sentence in flat:
        changes = last is not None and document != last
        if row and changes and not crosses_documents:
            rows.append([classification_id] + row + [separator_id])
            row = []
        glue = [separator_id] if row and changes else []
        if row and len(row) + len(glue) + len(sentence) + 2 > max_length:
            rows.append([classification_id] + row + [separator_id])
            row, glue = [], []
        row = row + glue + sentence
        last = document
    if row:
        rows.append([classification_id] + row + [separator_id])
    return rows
