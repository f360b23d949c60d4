"""The same sheet, three graders: `course grade`, otter-grader 7.0 and nbgrader 0.9.6; speed and attacks.

The peers live in environments of their own. From the root of the repository:

    python -m venv otter-env    && otter-env/bin/pip install -e . "otter-grader==7.0.*"
    python -m venv nbgrader-env && nbgrader-env/bin/pip install -e . "nbgrader==0.9.6"
    python -m benchmarks.graders speed   --otter otter-env/bin/python --nbgrader nbgrader-env/bin/python
    python -m benchmarks.graders attacks --otter otter-env/bin/python --nbgrader nbgrader-env/bin/python

Results go to `benchmarks/results/graders.json` and `grader_attacks.json`; `--table` prints them in markdown.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tests"))  # where the corpus of attacks is
