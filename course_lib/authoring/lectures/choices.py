"""What to leave out of a lecture, and what belongs to which week or day."""

from collections.abc import Callable, Sequence

from course_lib.authoring.lectures.sections import Section

FOUNDATIONS = 3  # the beginning and the first two sections always stay
KEPT = ("Summary", "Exercises")


def left_out(sections: Sequence[Section], minutes: int) -> list[Section]:
    """What to skip so that the rest goes into so many minutes, at the least loss.

    A skipped minute counts twice at the beginning of the chapter and once at its end, in between by its
    place, and twice that in a section with exercises. A section is skipped with all its parts, or its last
    parts are.

    Args:
        sections: of a chapter; the beginning, its first two sections, summary and exercises stay, and what
            the chapter marks as core.
        minutes: of the lecture.

    Returns:
        sections, in the chapter's order; all that may be skipped where that is not enough.

    Example:
        >>> sizes = [("", 1), ("9.1", 10), ("9.2", 9), ("9.3", 20), ("9.4", 20), ("9.5", 1)]
        >>> sections = [Section(number, number, questions=count) for number, count in sizes]
        >>> [section.number for section in left_out(sections, 50)]
        ['9.4']
    """
    excess = sum(section.minutes for section in sections) - minutes
    if excess <= 0:
        return []
    found: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}  # minutes skipped → loss, which
    for group in _groups(sections)[FOUNDATIONS:]:
        for skipped, (loss, chosen) in list(found.items()):
            for start in range(len(group)):  # the last parts, or all of it
                inside = group[start:]
                if any(sections[index].is_core or sections[index].title in KEPT for index in inside):
                    continue
                total = skipped + sum(sections[index].minutes for index in inside)
                option = loss + sum(_loss(sections, index) for index in inside), (*chosen, *inside)
                if total not in found or option < found[total]:
                    found[total] = option
    enough = [option for skipped, option in found.items() if skipped >= excess]
    _, chosen = min(enough) if enough else found[max(found)]
    return [sections[index] for index in chosen]


def _groups(sections):
    """Indices of each section with its parts."""
    groups: list[list[int]] = []
    for index, section in enumerate(sections):
        if section.is_part:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _loss(sections, index):
    section = sections[index]
    return section.minutes * (2 - index / len(sections)) * (2 if section.exercises else 1)


def divided(sizes: Sequence[int], parts: int) -> list[list[int]]:
    """Cuts a row of things into parts that follow each other, the largest as small as can be.

    Args:
        sizes: of the things.
        parts: how many.

    Returns:
        indices of the things in each part; fewer parts where there are fewer things.

    Example:
        >>> divided([3, 3, 6, 2, 2], 3)
        [[0, 1], [2], [3, 4]]
    """
    parts = min(parts, len(sizes))
    best: dict[tuple[int, int], tuple[int, list[list[int]]]] = {(0, 0): (0, [])}
    for end in range(1, len(sizes) + 1):
        for part in range(1, min(parts, end) + 1):
            options = []
            for start in range(part - 1, end):
                if (start, part - 1) in best:
                    largest, before = best[start, part - 1]
                    inside = list(range(start, end))
                    options.append((max(largest, sum(sizes[start:end])), [*before, inside]))
            if options:
                best[end, part] = min(options, key=lambda option: option[0])
    return best[len(sizes), parts][1]


def within(names: Sequence[str], minutes: int, minutes_of: Callable, difficulty_of: Callable) -> list[str]:
    """The easiest exercises that go into so many minutes, in the order of the sheet; at least one.

    Example:
        >>> within(["a", "b", "c"], 30, {"a": 20, "b": 15, "c": 10}.get, {"a": 2, "b": 1, "c": 1}.get)
        ['b', 'c']
    """
    chosen: list[str] = []
    for name in sorted(names, key=difficulty_of):
        if not chosen or sum(map(minutes_of, chosen)) + minutes_of(name) <= minutes:
            chosen.append(name)
    return [name for name in names if name in chosen]
