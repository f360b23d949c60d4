#!/usr/bin/env bash
# Everything `make test` promises: bash tests/run.sh [folder of the environment's programs].
# The notebooks run beside the tests (two cores, two processes); their report is printed when they end.
# Every step runs even when an earlier one failed; the exit status is non-zero if any did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin="${1:-.venv/bin}"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
export PYTHONHASHSEED=0 TF_CPP_MIN_LOG_LEVEL=3
results=()
failed=0

step() {
    local name="$1" began=$SECONDS status=0
    shift
    printf '\n== %s\n' "$name"
    "$@" || status=$?
    record "$name" "$status" "$((SECONDS - began))"
}

record() {
    results+=("$(printf '%-34s %-6s %4d s' "$1" "$([ "$2" -eq 0 ] && echo ok || echo FAILED)" "$3")")
    [ "$2" -eq 0 ] || failed=1
}

neutral=()
for folder in tests/layers tests/models tests/objectives tests/training tests/decoding; do
    [ -d "$folder" ] && neutral+=("$folder")
done

step "ruff check" "$bin/ruff" check .
step "ruff format" "$bin/ruff" format --check .

notebooks_began=$SECONDS
"$bin/course" notebooks --budget quick --check >"$log" 2>&1 </dev/null &
notebooks=$!

step "tests (TensorFlow)" env MPLBACKEND=agg "$bin/python" -m pytest tests --ignore=tests/peers --durations=10
step "docstring examples" "$bin/python" -m pytest --doctest-modules course_lib
step "backend-neutral part on JAX" env KERAS_BACKEND=jax "$bin/python" -m pytest "${neutral[@]}"

printf '\n== notebooks, quick budget\n'
status=0
wait "$notebooks" || status=$?
cat "$log"
record "notebooks, quick budget" "$status" "$((SECONDS - notebooks_began))"

printf '\n== summary\n'
printf '%s\n' "${results[@]}"
exit "$failed"
