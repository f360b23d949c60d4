"""How fast the course's Transformer trains and decodes, beside keras-hub, Keras, PyTorch and Hugging Face.

The peers live in an environment of their own. From the root of the repository:

    python -m venv peers-env
    peers-env/bin/pip install -e . "keras-hub==0.32.*" torch==2.13.0 "transformers>=5"
    python -m benchmarks.transformers training --peers peers-env/bin/python
    python -m benchmarks.transformers step --peers peers-env/bin/python
    python -m benchmarks.transformers decoding --peers peers-env/bin/python --times 3
    python -m benchmarks.transformers length
    KERAS_BACKEND=jax python -m benchmarks.transformers gpu

`training` needs Multi30k (COURSE_DATA, the cache, or a network); `step` takes a training step apart. Every
contender is a warm process that waits while another has its turn, so that a round is one sitting for all;
ratios are medians over rounds. Results go to `benchmarks/results/transformers_*.json`; `--table` prints them
in markdown. On a busy machine only the ratios per processor second mean something.
"""
