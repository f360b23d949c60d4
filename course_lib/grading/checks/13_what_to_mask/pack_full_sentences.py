"""Verdict of `pack_full_sentences`: whole sentences until a row is full, over ends of documents or not."""

import itertools


def draw(generator):
    """Documents of several lengths, and rows into which two or many sentences fit."""
    cases = []
    for lengths, room, crosses, ids in (
        (((2, 1), (3, 2)), 7, True, (2, 3)),
        (((2, 1), (3, 2)), 7, False, (2, 3)),
        (((3, 5, 2, 4), (1, 1), (7, 2, 3)), 11, True, (2, 3)),
        (((3, 5, 2, 4), (1, 1), (7, 2, 3)), 11, False, (2, 3)),
        (((5, 5), (5,), (2, 3)), 5, True, (101, 102)),
        (((2, 3), (1, 4), (1,), (1,), (6, 3, 3, 1)), 13, True, (2, 3)),
        (((4, 2), (4, 4), (3,)), 10, True, (61, 59)),  # one separator more would be one too many
        (((1,),), 3, True, (2, 3)),
        (((2, 2, 2, 2, 2),), 29, False, (2, 3)),
        (((7, 1, 1), (6, 1), (2, 2)), 8, True, (2, 3)),
    ):
        numbers = iter(generator.integers(5, 53, sum(map(sum, lengths))).tolist())
        documents = [[[next(numbers) for _ in range(length)] for length in text] for text in lengths]
        cases.append(
            {
                "documents": documents,
                "max_length": room + 2,
                "classification_id": ids[0],
                "separator_id": ids[1],
                "crosses_documents": crosses,
            }
        )
    alike = [[numbers[:2], numbers[2:3]] for numbers in [generator.integers(5, 53, 3).tolist()] * 2]
    settings = {"max_length": 13, "classification_id": 2, "separator_id": 3}
    cases += [{"documents": alike, **settings, "crosses_documents": crosses} for crosses in (True, False)]
    return cases


def _rows_hold(holds):
    return lambda case: any(holds(row, case) for row in reference(**case))


CONDITIONS = {
    "two equal documents side by side": lambda case: any(
        one == two for one, two in itertools.pairwise(case["documents"])
    ),
    "rows that cross documents": lambda case: (
        case["crosses_documents"] and any(row[1:-1].count(case["separator_id"]) for row in reference(**case))
    ),
    "rows that must not cross, and would": lambda case: (
        not case["crosses_documents"]
        and reference(**case) != reference(**{**case, "crosses_documents": True})
    ),
    "a row that is full": _rows_hold(lambda row, case: len(row) == case["max_length"]),
    "a row with room left": _rows_hold(lambda row, case: len(row) < case["max_length"]),
    "a sentence as long as a row can hold": lambda case: any(
        len(sentence) == case["max_length"] - 2 for text in case["documents"] for sentence in text
    ),
    "a separator for which there is no room": lambda case: (
        case["crosses_documents"] and reference(**case) != _packing(counts_separator=False)(**case)
    ),
    "one document": lambda case: len(case["documents"]) == 1,
    "one sentence": lambda case: sum(map(len, case["documents"])) == 1,
    "a row that begins with a new document": lambda case: (
        case["crosses_documents"]
        and any(
            row[1 : 1 + len(text[0])] == text[0]
            for row in reference(**case)[1:]
            for text in case["documents"]
        )
    ),
    "special tokens with other ids": lambda case: case["classification_id"] > 53,
    "three documents in one row": lambda case: (
        case["crosses_documents"]
        and any(row[1:-1].count(case["separator_id"]) > 1 for row in reference(**case))
    ),
}


def _packing(
    crosses=lambda crosses: crosses,
    between_documents=True,
    between_sentences=False,
    counts_separator=True,
    begins_with_separator=False,
    ends_with_separator=True,
    keeps_last=True,
    keeps_late=True,
    strict=False,
    begins=True,
):
    """The answer, with parts exchanged."""

    def answer(documents, max_length, classification_id, separator_id, crosses_documents):
        rows, row = [], []
        room = max_length - 2 - strict

        def close():
            nonlocal row
            if row:
                rows.append([classification_id] * begins + row + [separator_id] * ends_with_separator)
            row = []

        is_first = True
        for document in documents:
            is_new = not is_first
            is_first = False
            for sentence in document:
                apart = (is_new and between_documents) or between_sentences
                needed = len(sentence) + (apart and bool(row)) * counts_separator
                if len(row) + needed > room and row:
                    close()
                    if not keeps_late:
                        is_new = False
                        continue
                if apart and (row or begins_with_separator):
                    row = [*row, separator_id]
                row = [*row, *sentence]
                is_new = False
            if not crosses(crosses_documents):
                close()
        if keeps_last:
            close()
        return rows

    return answer


reference = _packing()


def _cut_stream(documents, max_length, classification_id, separator_id, crosses_documents, apart=True):
    """The text is one stream of tokens, cut wherever a row is full."""
    texts = [[token for sentence in text for token in sentence] for text in documents]
    if crosses_documents:
        stream = []
        for text in texts:
            stream += [separator_id] * (apart and bool(stream)) + text
        texts = [stream]
    inner = max_length - 2
    return [
        [classification_id, *text[start : start + inner], separator_id]
        for text in texts
        for start in range(0, len(text), inner)
    ]


def _cut_stream_without(**case):
    return _cut_stream(**case, apart=False)


def _first_fit(documents, max_length, classification_id, separator_id, crosses_documents):
    """Short sentences fill the gaps of earlier rows."""
    rows = []
    for number, document in enumerate(documents):
        own = len(rows) if not crosses_documents else 0
        for sentence in document:
            for row in rows[own:]:
                apart = [separator_id] * (row["document"] != number)
                if len(row["tokens"]) + len(apart) + len(sentence) <= max_length - 2:
                    row["tokens"] += apart + sentence
                    row["document"] = number
                    break
            else:
                rows.append({"tokens": list(sentence), "document": number})
    return [[classification_id, *row["tokens"], separator_id] for row in rows]


def _a_sentence_a_row(documents, max_length, classification_id, separator_id, crosses_documents):
    return [[classification_id, *sentence, separator_id] for text in documents for sentence in text]


def _padded(documents, max_length, classification_id, separator_id, crosses_documents):
    rows = reference(documents, max_length, classification_id, separator_id, crosses_documents)
    return [row + [0] * (max_length - len(row)) for row in rows]


MISTAKES = {
    "sentences_cut": (_cut_stream, _cut_stream_without),
    "always_crosses": _packing(crosses=lambda crosses: True),
    "never_crosses": _packing(crosses=lambda crosses: False),
    "documents_not_parted": (_packing(between_documents=False),),
    "sentences_parted": _packing(between_sentences=True),
    "separator_without_room": _packing(counts_separator=False),
    "row_begins_with_separator": _packing(begins_with_separator=True),
    "last_row_lost": _packing(keeps_last=False),
    "late_sentence_lost": _packing(keeps_late=False),
    "never_full": _packing(strict=True),
    "gaps_filled": _first_fit,
    "one_sentence_each": _a_sentence_a_row,
    "padded": _padded,
    "special_tokens_missing": (
        _packing(ends_with_separator=False),
        _packing(begins=False),
        _packing(begins=False, ends_with_separator=False),
    ),
}
