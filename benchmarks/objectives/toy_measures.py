"""What a rung has learnt of the toy language, beside the best that can be learnt."""

from functools import cache

import numpy as np
from keras import ops

from benchmarks.masked_words import pretrain, roles
from benchmarks.masked_words.sentences import MOST_WORDS, language, sentences
from benchmarks.objectives.batches import RungBatches, asked_as_if_alone
from benchmarks.objectives.readers import plain_reader
from benchmarks.objectives.toy_text import NUM_TEST_STORIES, pair_rows
from course_lib.evaluation import judge_scores, replaced_token_judge
from course_lib.objectives import masked_cross_entropy

NUM_TEST, NUM_JUDGED = pretrain.NUM_TEST, 1_000  # sentences


def measured(learner, rung, sizes):
    """All that is read off a rung itself; a dict."""
    if rung.kind == "left to right":
        return left_to_right(learner)
    if rung.kind == "replaced":
        return {"generator": generator_quality(learner), **judged(learner, rung)}
    found = {"masked_words": masked_words(learner, rung)}
    if rung.pairs in ("next", "order"):
        found["pairs"] = pairs(learner, rung)
    return found


def masked_words(learner, rung):
    """Distance from the floor at single hidden words, 15 %: of one kind of question for all rungs.

    A permuted reader never sees a mask: it is asked for each word as if no other hidden one were known, and
    the floor is that of words that are all masked.
    """
    if rung.kind != "permuted":
        return pretrain.distance_from_floor(learner.word_logits, "80/10/10", 0.15, NUM_TEST)
    token_ids = sentences(NUM_TEST, 1, "test").token_ids
    _, labels, *_ = pretrain.test_of("all masked", 0.15, NUM_TEST)
    rows = iter(np.split(np.arange(len(token_ids)), range(500, len(token_ids), 500)))

    def answer(inputs):
        part = next(rows)
        return learner.word_logits(
            asked_as_if_alone(token_ids[part], inputs["masked_positions"], labels[part])
        )

    return pretrain.distance_from_floor(answer, "all masked", 0.15, NUM_TEST)


def generator_quality(learner):
    """The same of a generator."""
    if learner.generator is None:
        return None
    return pretrain.distance_from_floor(learner.propose, "all masked", 0.15, NUM_TEST)


@cache
def left_to_right_floor(num_test):
    """Nats per token, ends of sentences included, of who knows the language and how long sentences may be."""
    toy, _ = language()
    drawn, short = 0, []
    for pair in toy.stream(1, "test"):
        drawn += 1
        if len(pair.source) <= MOST_WORDS:
            short.append(pair)
        if len(short) == num_test:
            break
    share = np.log(len(short) / drawn) / np.mean([len(pair.source) + 1 for pair in short])
    return float(toy.floor(short) + share)


def left_to_right(learner):
    """Nats per token beside the floor."""
    token_ids = sentences(NUM_TEST, 1, "test").token_ids
    labels = np.pad(token_ids, ((0, 0), (0, 1)))[:, 1:]
    nats = 0.0
    for start in range(0, NUM_TEST, 500):
        part = slice(start, start + 500)
        inputs = {"token_ids": token_ids[part], "padding_mask": token_ids[part] != 0}
        loss = masked_cross_entropy(learner.word_logits(inputs), labels[part])
        nats += float(loss) * int((labels[part] != 0).sum())
    loss, floor = nats / int((labels != 0).sum()), left_to_right_floor(NUM_TEST)
    found = {"loss": loss, "floor": floor, "above_floor": loss - floor}
    return {"next_words": {name: round(value, 4) for name, value in found.items()}}


def judged(learner, rung):
    """The discriminator beside the best possible judge, on the generator's words in test sentences.

    The best judge of "by frequency" knows nothing that a reader cannot know. Of words that a network drew it
    is told which places were chosen, and a discriminator is not: so there the two are compared at the chosen
    places, too.
    """
    if learner.judge is None:
        return {}
    toy, vocabulary = language()
    token_ids = sentences(NUM_JUDGED, 1, "test").token_ids
    batches = RungBatches(token_ids, rung, vocabulary, NUM_JUDGED, seed=1)
    rows = np.arange(NUM_JUDGED)
    inputs, labels = batches.batch_of(rows, 0)
    proposed = learner.propose(inputs)
    corrupted, is_replaced = map(ops.convert_to_numpy, learner.replace(inputs, proposed))
    logits = learner.judge(learner.answer(inputs, corrupted))
    said = ops.convert_to_numpy(ops.sigmoid(ops.cast(logits, "float32")))
    is_word = ~batches.is_special[token_ids]
    is_chosen = inputs["token_ids"] == vocabulary.mask_id
    best = best_judge(learner, inputs, labels, proposed, corrupted, rung)
    found = {
        "replaced_share": round(float(is_replaced[is_word].mean()), 4),
        "found_share": round(float((said > 0.5)[is_replaced].mean()), 4),
        "false_alarms": round(float((said > 0.5)[is_word & ~is_replaced].mean()), 4),
    }
    for name, probabilities in (("judge", said), ("best_judge", best)):
        found[name] = scored(probabilities, is_replaced, is_word)
        found[f"{name}_of_chosen"] = scored(probabilities, is_replaced, is_chosen)
    return found


def best_judge(learner, inputs, labels, proposed, corrupted, rung):
    """The probability that each token is replaced, of who knows the language and the proposals."""
    toy, vocabulary = language()
    allowed = ops.convert_to_numpy(learner.allowed)
    logits = np.where(allowed, ops.convert_to_numpy(proposed).astype("float64"), -np.inf)
    proposals = np.exp(logits - logits.max(axis=-1, keepdims=True))
    proposals /= proposals.sum(axis=-1, keepdims=True)
    if learner.generator is None:  # a slot that is not used may be chosen, too: rooms are seldom too small
        return replaced_token_judge(toy, vocabulary, corrupted, proposals[0, 0], rung.share)
    shape = (*corrupted.shape, len(vocabulary))
    at_places, shares = np.broadcast_to(allowed / allowed.sum(), shape).copy(), np.zeros(corrupted.shape)
    rows, slots = np.nonzero(labels)
    places = inputs["masked_positions"][rows, slots]
    at_places[rows, places], shares[rows, places] = proposals[rows, slots], 1.0
    return replaced_token_judge(toy, vocabulary, corrupted, at_places, shares)


def scored(probabilities, is_replaced, counts):
    """The scores of a judge; None where all of them are real, or all are replaced, as at first."""
    if len(np.unique(is_replaced[counts])) < 2:
        return None
    scores = judge_scores(probabilities, is_replaced, counts)
    return {name: round(value, 4) for name, value in scores._asdict().items()}


def pairs(learner, rung):
    """How many pairs of test stories are judged rightly, beside the most that can be."""
    packed, labels, best = pair_rows(rung.pairs, NUM_TEST_STORIES, "test")
    inputs = {**packed.inputs, "masked_positions": np.zeros((len(labels), 1), "int32")}
    said = ops.convert_to_numpy(learner.model(inputs)["sentence_pair"]).argmax(axis=-1)
    return {
        "accuracy": round(float((said == labels).mean()), 4),
        "best_accuracy": round(float((best == labels).mean()), 4),
        "pairs": len(labels),
    }


def roles_of(learner, rung, sizes, seed, **counts):
    """The common question: the roles of words from few sentences, frozen and fine-tuned."""
    reader = plain_reader(learner.reader, sizes, rung.kind)
    key = type(reader).__name__, sizes.hidden_dim, sizes.num_layers
    return roles.what_it_is_good_for(reader, key, seed, **counts)
