"""Verdict of `electra_gradients`: words teach the generator, draws teach the discriminator, and no more."""

import numpy as np


def draw(generator):
    """Logits and scores (B, M, V), places used and unused, draws that hit and miss."""
    cases = []
    for batch, places, words, scale, weight in (
        (1, 2, 3, 1.0, 2.0),
        (2, 3, 5, 1.0, 50.0),
        (5, 3, 7, 2.0, 50.0),
        (3, 5, 11, 0.3, 3.0),
        (7, 2, 5, 5.0, 0.5),
        (3, 3, 3, 1.0, 5.0),
    ):
        labels = generator.integers(1, words, (batch, places))
        is_hit = generator.random((batch, places)) < 0.4
        is_hit[0, :2] = True, False
        others = 1 + (labels - 1 + generator.integers(1, words - 1, (batch, places))) % (words - 1)
        samples = np.where(is_hit, labels, others)
        if batch > 1:
            labels[1, generator.permutation(places)[: max(places - 1, 1)]] = 0
            labels[-1, 0] = 0
        cases.append(
            {
                "generator_logits": generator.normal(0, scale, (batch, places, words)),
                "scores": generator.normal(0, scale, (batch, places, words)),
                "labels": labels,
                "samples": samples,
                "weight": weight,
            }
        )
    return cases


def _used(case):
    return case["labels"] != 0


CONDITIONS = {
    "a draw that is the original word": lambda case: (
        _used(case) & (case["samples"] == case["labels"])
    ).any(),
    "a draw that is another word": lambda case: (_used(case) & (case["samples"] != case["labels"])).any(),
    "an unused place": lambda case: (~_used(case)).any(),
    "all places used": lambda case: _used(case).all(),
    "one sequence": lambda case: len(case["labels"]) == 1,
    "as many sequences and places as words": lambda case: len(set(case["scores"].shape)) == 1,
    "a weight of 50": lambda case: case["weight"] == 50,
    "a weight below 1": lambda case: case["weight"] < 1,
}


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


class _Batch:
    """What one may make of a batch; all (B, M, V) or (B, M, 1)."""

    def __init__(self, generator_logits, scores, labels, samples):
        eye = np.eye(scores.shape[-1])
        self.probabilities, self.scores = _softmax(generator_logits), scores
        self.label, self.drawn = eye[labels], eye[samples]
        self.used = (labels != 0)[..., None]
        self.replaced = (samples != labels)[..., None]

    def words(self):
        return self.probabilities - self.label

    def tokens(self):
        return self.drawn * (_sigmoid(self.scores) - self.replaced)

    def every_token(self):
        """The slope of the discriminator's loss for every word that might have been drawn."""
        return _sigmoid(self.scores) - (1 - self.label)

    def through(self, slopes):
        """What slopes of a vector of probabilities are as slopes of its logits."""
        inner = (self.probabilities * slopes).sum(axis=-1, keepdims=True)
        return self.probabilities * (slopes - inner)

    def expected(self):
        """The slope of the loss that is expected over all draws."""
        return self.through(np.logaddexp(0, self.scores * np.where(self.label == 1, 1, -1)))

    def straight(self):
        """A draw as a vector, of which the way back is taken to be the softmax's."""
        slope = (self.tokens() * self.drawn).sum(axis=-1, keepdims=True)
        return self.through(slope * self.scores)


def _used_alone(batch, values):
    return values * batch.used / batch.used.sum()


def _gradients(
    generator=lambda batch, weight: batch.words(),
    discriminator=lambda batch, weight: weight * batch.tokens(),
    average=_used_alone,
    batch_of=_Batch,
    finish=lambda pair: pair,
):
    """The answer, with parts exchanged."""

    def answer(generator_logits, scores, labels, samples, weight):
        batch = batch_of(generator_logits, scores, labels, samples)
        return finish(
            {
                "generator": average(batch, generator(batch, weight)),
                "discriminator": average(batch, discriminator(batch, weight)),
            }
        )

    return answer


reference = _gradients()


def _taught(sign):
    """The discriminator's loss reaches the generator's logits, as an expectation or straight through."""
    ways = (
        lambda batch, weight: batch.words() + sign * weight * batch.expected(),
        lambda batch, weight: batch.words() + sign * weight * batch.straight(),
        lambda batch, weight: sign * weight * batch.expected(),
        lambda batch, weight: sign * weight * batch.straight(),
    )
    dense = {"discriminator": lambda batch, weight: weight * batch.probabilities * batch.every_token()}
    return tuple(_gradients(way, **other) for way in ways for other in ({}, dense))


class _AllReplaced(_Batch):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.replaced = np.ones_like(self.replaced)


class _Inverted(_Batch):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.replaced = ~self.replaced


def _swapped(pair):
    return {"generator": pair["discriminator"], "discriminator": pair["generator"]}


MISTAKES = {
    "networks_swapped": _gradients(finish=_swapped),
    "gradient_through_the_draw": _taught(1),
    "generator_taught_to_fool": _taught(-1),
    "weight_forgotten": _gradients(discriminator=lambda batch, weight: batch.tokens()),
    "weight_on_both": _gradients(lambda batch, weight: weight * batch.words()),
    "equal_sample_called_replaced": _gradients(batch_of=_AllReplaced),
    "flags_inverted": _gradients(batch_of=_Inverted),
    "every_word_judged": (
        _gradients(discriminator=lambda batch, weight: weight * batch.every_token()),
        _gradients(discriminator=lambda batch, weight: weight * batch.probabilities * batch.every_token()),
        _gradients(discriminator=lambda batch, weight: weight * (_sigmoid(batch.scores) - batch.replaced)),
    ),
    "judged_at_the_label": _gradients(
        discriminator=lambda batch, weight: weight * batch.label * (_sigmoid(batch.scores) - batch.replaced)
    ),
    "generator_learns_its_draws": _gradients(lambda batch, weight: batch.probabilities - batch.drawn),
    "unused_places_counted": _gradients(average=lambda batch, values: values / batch.used.size),
    "divided_by_all_places": _gradients(average=lambda batch, values: values * batch.used / batch.used.size),
    "divided_by_sequences": _gradients(average=lambda batch, values: values * batch.used / len(batch.used)),
    "not_divided": _gradients(average=lambda batch, values: values * batch.used),
    "sign_flipped": _gradients(average=lambda batch, values: -_used_alone(batch, values)),
}
