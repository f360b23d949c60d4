#!/usr/bin/env bash
# Everything `make test` promises: bash tests/run.sh [folder of the environment's programs].
# Two rows of work, one for each of two cores: whichever is free takes the next step of the list, the longest
# first, and shows what the step printed when it ends. Every step runs even when an earlier one failed; the exit
# status is non-zero if any did. Steps that need the peers (PyTorch, transformers, keras-hub) run where there are some.
set -uo pipefail
cd "$(dirname "$0")/.."
bin="${1:-.venv/bin}"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
ROWS=2
export PYTHONHASHSEED=0 TF_CPP_MIN_LOG_LEVEL=3 MPLBACKEND=agg
export TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTEROP_THREADS=1 OMP_NUM_THREADS=1

neutral=(tests/layers tests/models tests/objectives tests/training tests/decoding)
others=()
for folder in tests/*/; do
    case " ${neutral[*]} tests/grading tests/peers tests/benchmarks tests/site tests/slides tests/web " in
    *" ${folder%/} "*) ;;
    *) others+=("${folder%/}") ;;
    esac
done

test_files() { "$bin/python" -m pytest --durations=15 "$@"; }
on_jax() {
    # Compiling takes longer than running here: XLA need not optimise, nor emit fused loops its newer way.
    # Models that count are NumPy alone.
    # Each program that was compiled stays mapped into memory, and a process may have 65,530 mappings: so models
    # have a process of their own.
    local status=0
    export KERAS_BACKEND=jax XLA_FLAGS="--xla_backend_optimization_level=0 \
--xla_llvm_disable_expensive_passes=true --xla_cpu_use_fusion_emitters=false"
    test_files tests/models --ignore=tests/models/test_ngram.py || status=1
    test_files tests/layers tests/objectives tests/training tests/decoding || status=1
    return $status
}
on_torch() {
    KERAS_BACKEND=torch test_files tests/layers tests/decoding tests/models/test_seq2seq.py \
        tests/models/test_every_model.py
}

# Name, then command: a step each; the longest first.
steps=(
    "ruff check" "$bin/ruff check ."
    "ruff format" "$bin/ruff format --check ."
    "notebooks, quick budget" "$bin/course notebooks --budget quick --check"
    "grading" "test_files tests/grading"
    "web edition" "test_files tests/site"
    "slides" "test_files tests/slides"
    "answers in the browser" "test_files tests/web"
    "everything else" "test_files ${others[*]}"
    "backend-neutral, JAX" "on_jax"
    "backend-neutral, TensorFlow" "test_files ${neutral[*]}"
    "benchmarks" "test_files tests/benchmarks"
    "docstring examples" "$bin/python -m pytest --doctest-modules course_lib"
)
if "$bin/python" -c 'import keras_hub, torch, transformers' 2>/dev/null; then
    steps+=("peers" "test_files tests/peers" "layers and decoding, PyTorch" "on_torch")
fi

one_step() { # number of the step
    local name="${steps[$1]}" began=$SECONDS status=0
    ${steps[$(($1 + 1))]} >"$scratch/$1.log" 2>&1 </dev/null || status=$?
    {
        flock 9
        printf '\n== %s\n' "$name"
        cat "$scratch/$1.log"
        printf '%-34s %-6s %4d s\n' "$name" "$([ "$status" -eq 0 ] && echo ok || echo FAILED)" \
            "$((SECONDS - began))" >>"$scratch/summary"
    } 9>"$scratch/lock"
}

for ((number = 0; number < ${#steps[@]}; number += 2)); do
    while [ "$(jobs -rp | wc -l)" -ge "$ROWS" ]; do wait -n; done
    one_step "$number" &
done
wait

printf '\n== summary\n'
cat "$scratch/summary"
printf '%-34s        %4d s\n' "all of it" "$SECONDS"
! grep -q FAILED "$scratch/summary"
