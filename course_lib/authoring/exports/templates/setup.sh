#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of the autograder.
set -euo pipefail

SOURCE="${AUTOGRADER_ROOT:-/autograder}/source"
ENVIRONMENT="${COURSE_ENVIRONMENT:-/opt/course}"  # outside the autograder's folder: the worker may read it
PYTHON="$ENVIRONMENT/bin/python"
export DEBIAN_FRONTEND=noninteractive

apt-get update
apt-get install -y --no-install-recommends bubblewrap || echo "No bubblewrap: a separate user will do."

for version in 3.12 3.11 3.13; do
    apt-get install -y --no-install-recommends "python$version" "python$version-venv" || continue
    "/usr/bin/python$version" -m venv --clear "$ENVIRONMENT" && break  # where any user may run it
done
if ! "$PYTHON" -m pip --version; then
    echo "The course needs Python 3.11, 3.12 or 3.13, and this image offers none: choose Ubuntu 22.04 or newer." >&2
    exit 1
fi

"$PYTHON" -m pip install --no-cache-dir -c "$SOURCE/requirements.lock" -r "$SOURCE/requirements.txt"
"$PYTHON" -m compileall -q "$SOURCE/course_lib"
cd "$SOURCE"
"$PYTHON" -c "import keras; print('Keras', keras.version(), 'on', keras.backend.backend())"
"$PYTHON" -m course_lib.cli grade-one --help
"$PYTHON" -m course_lib.cli doctor || true  # its line on the sandbox names the isolation marks are made under

chmod -R go-rwx "$SOURCE"
