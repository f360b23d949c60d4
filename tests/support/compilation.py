"""How tests keep compilation from taking longer than what they run.

`COMPILED` says whether a test that is not about compilation has its training steps compiled by XLA: on JAX
there is no other way to train at a bearable speed, on TensorFlow compiling takes longer than the steps of a
test. `RUN_EAGERLY` says the same of tracing, for a test that makes one step: on TensorFlow a graph takes
longer to make than to be done without. `QUICK_XLA` is for processes of their own: XLA need not optimise, nor
emit fused loops its newer way.
"""

import keras

COMPILED = keras.backend.backend() == "jax"
RUN_EAGERLY = keras.backend.backend() == "tensorflow"
QUICK_XLA = {
    "XLA_FLAGS": "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true "
    "--xla_cpu_use_fusion_emitters=false"
}
