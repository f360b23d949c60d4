"""Learning-rate schedules that Keras does not have."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="course_lib")
class InverseSquareRootWarmup(keras.optimizers.schedules.LearningRateSchedule):
    """A straight rise to the peak, then a fall with the inverse square root of the step.

    rate(s) = peak · min( s / warmup_steps, √(warmup_steps / s) ),   s = 1, 2, 3, …

    This is equation 3 of Vaswani et al. with peak = (hidden_dim · warmup_steps)^-1/2. Keras counts updates
    from 0, so the update it calls 0 is s = 1: the first update is not lost to a rate of zero.

    Args:
        peak: the highest rate, reached at s = warmup_steps.
        warmup_steps: number of updates of the rise.

    Call arguments:
        step: number of updates made so far, a scalar.

    Returns:
        the rate of the next update, a float32 scalar.

    Raises:
        ValueError: when `peak` or `warmup_steps` is not positive.

    Example:
        >>> schedule = InverseSquareRootWarmup(peak=0.01, warmup_steps=4)
        >>> [round(float(schedule(step)), 4) for step in (0, 1, 3, 15, 399)]
        [0.0025, 0.005, 0.01, 0.005, 0.001]

    Reference: Vaswani et al. 2017, "Attention Is All You Need", section 5.3.
    Taught in: notebooks/08_the_transformer
    """

    def __init__(self, peak, warmup_steps):
        super().__init__()
        if peak <= 0:
            raise ValueError(f"`peak` must be positive. Received: peak={peak}.")
        if warmup_steps <= 0:
            raise ValueError(f"`warmup_steps` must be positive. Received: warmup_steps={warmup_steps}.")
        self.peak = peak
        self.warmup_steps = warmup_steps

    def __call__(self, step):
        updates = ops.cast(step, "float32") + 1.0
        rise = updates / self.warmup_steps
        fall = ops.sqrt(self.warmup_steps / updates)
        return self.peak * ops.minimum(rise, fall)

    def get_config(self):
        return {"peak": self.peak, "warmup_steps": self.warmup_steps}
