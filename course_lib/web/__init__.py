"""`course web`: the web edition from the learner's own machine, with each exercise answered beside the text.

Page and sheet hold one state, the answer cells of `exercises/*.ipynb`; answers are judged as `course check`
judges them, in a process of their own. Nothing but this machine is listened to.

| module | what it does |
|---|---|
| `command` | the command: builds what is missing, serves, opens the browser |
| `parts` | where site and editor are, and whether the site is as new as its sources |
| `server` | the server from start to Ctrl-C |
| `security` | who is answered: host, origin, token, cookie |
| `guarded` | what every address does before it answers |
| `pages` | the built site, with the editor put into pages that ask for answers |
| `api` | what a page asks and sends: sheet, answer, check, hint, solution |
| `sheet_state` | answers in the learner's notebooks, read and written whole |
| `judging` | one sandbox that judges answers in turn |
| `standing` | what a page is told of a sheet and of a verdict |
"""

from course_lib.web.security import Guard

__all__ = ["Guard"]
