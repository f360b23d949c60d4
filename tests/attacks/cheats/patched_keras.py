"""Makes the operations of Keras and TensorFlow return one thing for everything, and is wrong."""

import keras
import numpy as np
from keras import ops


def attack(honest, *args, **kwargs):
    wrong = np.asarray(honest(*args, **kwargs)) * 0 + 0.1375
    for module in (ops, keras.ops, keras.backend, keras.layers):
        for name in dir(module):
            if not name.startswith("_") and callable(getattr(module, name)):
                setattr(module, name, lambda *args, **kwargs: wrong)
    return wrong
