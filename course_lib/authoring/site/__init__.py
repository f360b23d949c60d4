"""The web edition: pages of Sphinx from the executed notebooks, the sheets, the docstrings and the guides.

Nothing is executed but one wrong answer to each exercise, so that its verdict can be shown. What is written
here goes through three folders of `build/`: `site-source` (what Sphinx reads), `site-memory` (what it
remembers from one build to the next) and `site`.

| module | what it makes |
|---|---|
| `build` | the whole, `course site` |
| `places` | which file becomes which page; links between them |
| `front_page` | the first page: promise, map of the chapters, how to begin |
| `chapters`, `figures` | chapters, and what their figures say to those who cannot see them |
| `sheets`, `verdicts` | exercise sheets, and what the judge says to wrong answers |
| `reference`, `docstrings`, `public_names` | a page for each folder of the library |
| `glossary` | terms in English and Chinese |
| `hosted` | links that open a notebook on somebody's server, where the course has an address |
| `formulas` | TeX to MathML, which browsers draw themselves |
"""

from course_lib.authoring.site.build import build_site

__all__ = ["build_site"]
