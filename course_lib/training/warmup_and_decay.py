"""The learning-rate schedule of fine-tuning."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="course_lib")
class WarmupAndDecay(keras.optimizers.schedules.LearningRateSchedule):
    """A straight rise to the peak, then a straight fall to zero, for a number of updates that is known.

    rate(s) = peak · max( 0, min( s / w, (N - s) / (N - w) ) ),   s = 1, 2, 3, …

    Keras counts updates from 0, so the update it calls 0 is s = 1: the first update is not lost to a rate of
    zero. The last one, s = N, is.

    Args:
        peak: the highest rate, reached at s = w.
        warmup_steps: w, number of updates of the rise.
        num_steps: N, number of updates in all, above w.

    Call arguments:
        step: number of updates made so far, a scalar.

    Returns:
        the rate of the next update, a float32 scalar.

    Raises:
        ValueError: when `peak` or `warmup_steps` is not positive, or `num_steps` not above `warmup_steps`.

    Example:
        >>> schedule = WarmupAndDecay(peak=0.01, warmup_steps=2, num_steps=6)
        >>> [round(float(schedule(step)), 4) for step in range(7)]
        [0.005, 0.01, 0.0075, 0.005, 0.0025, 0.0, 0.0]

    Reference: Devlin et al. 2019, "BERT", appendix A.2.
    Taught in: notebooks/11_fine_tuning_sentences
    """

    def __init__(self, peak, warmup_steps, num_steps):
        super().__init__()
        if peak <= 0:
            raise ValueError(f"`peak` must be positive. Received: peak={peak}.")
        if warmup_steps <= 0:
            raise ValueError(f"`warmup_steps` must be positive. Received: warmup_steps={warmup_steps}.")
        if num_steps <= warmup_steps:
            raise ValueError(
                "`num_steps` must be above `warmup_steps`. "
                f"Received: num_steps={num_steps}, warmup_steps={warmup_steps}."
            )
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.num_steps = num_steps

    def __call__(self, step):
        updates = ops.cast(step, "float32") + 1.0
        rise = updates / self.warmup_steps
        fall = (self.num_steps - updates) / (self.num_steps - self.warmup_steps)
        return self.peak * ops.maximum(ops.minimum(rise, fall), 0.0)

    def get_config(self):
        return {"peak": self.peak, "warmup_steps": self.warmup_steps, "num_steps": self.num_steps}
