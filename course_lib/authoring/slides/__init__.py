"""A deck of slides for each chapter, from the cells that carry a slide tag.

`cells` turns a cell into blocks with a height, `pages` puts blocks on slides that they fit, `notes` gathers
what the speaker says, asks and looks out for, and `build` writes the decks. Styles and the page are in
`docs/slides`.
"""

from course_lib.authoring.slides.build import add_arguments, build_all_slides, build_slides, main

__all__ = ["add_arguments", "build_all_slides", "build_slides", "main"]
