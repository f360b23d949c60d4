"""`course web`: the web edition from the learner's own machine, with each exercise answered beside the text.

Page and sheet hold one state, the answer cells of `exercises/*.ipynb`; answers are judged as `course check`
judges them, in a process of their own. Answers to short questions are kept in the progress file. Nothing but
this machine is listened to.

| module | what it does |
|---|---|
| `command` | the command: builds what is missing, serves, opens the browser |
| `parts` | where site and editor are, and whether the site is as new as its sources |
| `server` | the server from start to Ctrl-C |
| `security` | who is answered: host, origin, token, cookie |
| `guarded` | what every address does before it answers |
| `pages` | the built site, with the editor put into pages that ask for answers |
| `api` | what a page asks and sends: sheet, answer, check, stop, hint, solution, question |
| `sheet_state` | answers in the learner's notebooks, read and written whole |
| `judging` | one sandbox that judges answers in turn, until they are stopped |
| `standing` | the progress file: what a page is told of it, and answers to questions |
"""

from course_lib.web.security import Guard

__all__ = ["Guard"]
