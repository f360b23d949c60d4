#!/usr/bin/env bash
# Everything `make test` promises: bash tests/run.sh [folder of the environment's programs].
# Two cores, two rows of work: the notebooks, the docstring examples, the tests on JAX and those of the
# benchmarks run beside the other tests on TensorFlow; what they print is shown when they end. Every step runs
# even when an earlier one failed; the exit status is non-zero if any did.
set -uo pipefail
cd "$(dirname "$0")/.."
bin="${1:-.venv/bin}"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
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

later() {
    local log="$1" began=$SECONDS status=0
    shift
    "$@" >"$scratch/$log.log" 2>&1 || status=$?
    echo "$status $((SECONDS - began))" >"$scratch/$log.status"
}

beside() {
    later notebooks "$bin/course" notebooks --budget quick --check
    later docstrings "$bin/python" -m pytest --doctest-modules course_lib
    # Compiling takes longer than running here: XLA need not optimise, nor emit fused loops its newer way.
    later jax env KERAS_BACKEND=jax \
        XLA_FLAGS="--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true --xla_cpu_use_fusion_emitters=false" \
        "$bin/python" -m pytest --durations=10 "${neutral[@]}"
    later benchmarks env MPLBACKEND=agg "$bin/python" -m pytest --durations=10 tests/benchmarks
}

show() {
    printf '\n== %s\n' "$1"
    cat "$scratch/$2.log"
    read -r status seconds <"$scratch/$2.status"
    record "$1" "$status" "$seconds"
}

beside </dev/null &
step "tests (TensorFlow)" env MPLBACKEND=agg "$bin/python" -m pytest --durations=25 tests \
    --ignore=tests/peers --ignore=tests/benchmarks
wait
show "notebooks, quick budget" notebooks
show "docstring examples" docstrings
show "backend-neutral part on JAX" jax
show "tests of the benchmarks" benchmarks

printf '\n== summary\n'
printf '%s\n' "${results[@]}"
exit "$failed"
