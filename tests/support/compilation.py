"""Whether a test that is not about compilation has its training steps compiled by XLA.

On JAX there is no other way to train at a bearable speed; on TensorFlow compiling takes longer than the
steps of a test.
"""

import keras

COMPILED = keras.backend.backend() == "jax"
