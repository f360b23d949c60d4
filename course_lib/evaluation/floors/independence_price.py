"""What it costs to say several hidden words as if they did not depend on each other."""

from typing import NamedTuple

import numpy as np


class IndependencePrice(NamedTuple):
    """Entropies in nats of hidden words, given all that can be seen.

    Attributes:
        marginal_entropies: tuple of floats, of each word by itself.
        joint_entropy: float, of all of them together.
        price: float, the sum of the former without the latter, 0 or more.
    """

    marginal_entropies: tuple[float, ...]
    joint_entropy: float
    price: float


def independence_price(toy, sentence, places, most=20_000):
    r"""How much of what hidden words say about each other is lost when each is said by itself.

    A model of masked words gives each hidden word w_1 … w_k a distribution of its own. At best these are the
    exact posteriors, and their product still is not the joint distribution. The price is

        KL(p(w_1 … w_k | seen) || Π_i p(w_i | seen)) = Σ_i H(w_i | seen) - H(w_1 … w_k | seen)
        H(w_1 … w_k | seen) = Σ_i E[ H(w_i | seen, w_1 … w_{i-1}) ]

    nats a sentence, where H is computed by the second line: for every way to fill the first places, weighted
    by its probability, the exact posterior of the next one.

    Args:
        toy: a `ToyLanguage`.
        sentence: list of words; what stands at the hidden places does not matter.
        places: list of ints, the hidden places; different ones, from 0.
        most: int, for how many ways to fill the places there is patience.

    Returns:
        an `IndependencePrice`.

    Raises:
        ValueError: if a place is none or comes twice, no sentence fits what is seen, or there are more ways
            than `most`.

    Example:
        >>> from course_lib.data import ToyLanguage
        >>> from course_lib.evaluation import independence_price
        >>> found = independence_price(ToyLanguage(), "the cat slept near my dog last night".split(), [6, 7])
        >>> [round(entropy, 3) for entropy in found.marginal_entropies], round(found.joint_entropy, 3)
        ([0.693, 0.693], 0.693)
        >>> round(found.price, 3)  # `every morning` or `last night`, but by themselves `last morning`, too
        0.693

    Reference: Yang et al. (2019), "XLNet", section 2.1 ("independence assumption"),
    https://arxiv.org/abs/1906.08237
    Taught in: notebooks/16_masks_as_tasks
    """
    sentence, places = list(sentence), list(places)
    if len(set(places)) < len(places) or not all(0 <= place < len(sentence) for place in places):
        raise ValueError(
            f"`places` must be different ones, from 0 to {len(sentence) - 1}. Received: {places}."
        )
    filler = toy.source_words[0]
    weights = toy.known([filler if place in places else word for place, word in enumerate(sentence)])
    weights[0, places] = 1.0
    marginals = toy.posterior(weights)[0, places]
    joint_entropy = 0.0
    probabilities = np.ones(1)  # of each way to fill the places so far, whose words are in the weights
    for place in places:
        posterior = toy.posterior(weights)[:, place]
        joint_entropy += float(probabilities @ _entropies(posterior))
        ways, words = np.nonzero(posterior)
        if len(ways) > most:
            raise ValueError(f"There must be at most {most} ways to fill the places. Received: {len(ways)}.")
        probabilities = probabilities[ways] * posterior[ways, words]
        weights = weights[ways]
        weights[:, place] = np.eye(weights.shape[2])[words]
    entropies = tuple(float(entropy) for entropy in _entropies(marginals))
    return IndependencePrice(entropies, joint_entropy, sum(entropies) - joint_entropy)


def _entropies(distributions):
    """Entropies in nats of the distributions on the last axis."""
    logarithms = np.log(np.where(distributions > 0, distributions, 1.0))
    return 0.0 - (distributions * logarithms).sum(axis=-1)
