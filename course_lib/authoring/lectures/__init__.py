"""A plan for lectures, from the slides: `course lectures` writes `docs/lectures.md`.

`sections` measures the sections of a chapter, `choices` says what to leave out and what belongs to which week
or day, and `page` writes it down.
"""
