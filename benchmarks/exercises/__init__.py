"""Whether exercises are judged alike on other backends and devices.

Every solution must be accepted and every mutant of `tests/mutants` rejected and told its mistake, whatever
the backend and the precision of matrix products. From the root of the repository:

    python -m benchmarks.exercises cpu        TensorFlow, JAX and PyTorch on the processor
    python -m benchmarks.exercises gpu        JAX and PyTorch on a GPU, in float32 and in TF32

One process for each. What is stored is kept: a command that was stopped goes on with what is missing. Where a
right answer is rejected, the tolerance that would have accepted it is stored with it.
"""
