"""The ladder of objectives at tiny size: what a step costs, what a rung learns from, runs that stop."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from benchmarks.minutes import curve
from benchmarks.minutes.rule import Rule
from benchmarks.objectives import batches as made
from benchmarks.objectives import contender, operations, rungs
from benchmarks.objectives.learners import copying_loss, draw_words
from benchmarks.objectives.readers import MASK_ID, plain_reader, reader_weights
from benchmarks.objectives.sizes import Sizes
from course_lib.objectives import sample_tokens
from course_lib.text import BERT_SPECIAL_TOKENS, Vocabulary

VOCABULARY = Vocabulary([*BERT_SPECIAL_TOKENS, *"abcdefgh"])
SIZES = Sizes(
    len(VOCABULARY),
    hidden_dim=8,
    num_layers=1,
    num_heads=2,
    max_sequence_length=9,
    length=9,
    batch_size=3,
    rule=Rule(peak=1e-2, warmup_steps=2, fall_share=0.5, free_epochs=1e9),
    uses_xla=False,
)
ALLOWED = np.arange(len(VOCABULARY)) >= len(BERT_SPECIAL_TOKENS)
WEIGHTED = (
    "name",
    "share",
    "is_static",
    "weight",
    "begins_wide",
    "peak",
)  # in which rungs of one structure differ
EVERY = {
    tuple(getattr(rung, name) for name in vars(rung) if name not in WEIGHTED): rung
    for rung in (*rungs.JUDGES, *rungs.CHINESE_RUNGS, *reversed(rungs.TOY_RUNGS))
}
EVERY = {rung.name: rung for rung in EVERY.values()}


def rows(number=20):
    """[CLS], seven letters, [SEP], the last row shorter."""
    token_ids = np.full((number, 9), 2)
    token_ids[:, 1:8] = np.random.default_rng(0).integers(5, 13, (number, 7))
    token_ids[:, 8] = 3
    token_ids[-1, 5:] = [3, 0, 0, 0]
    return token_ids


def make(rung, seed=1, sizes=SIZES):
    """A contender of a rung on these rows."""
    token_ids, pairs = rows(), None
    if rung.pairs:
        segment_ids = np.tile(np.arange(9) > 4, (len(token_ids), 1)).astype("int32")
        pairs = segment_ids, np.arange(len(token_ids)) % 2
    batches = made.RungBatches(token_ids, rung, VOCABULARY, sizes.batch_size, seed, pairs)
    frequencies = ALLOWED / ALLOWED.sum()
    return contender.Contender(rung, sizes, batches, seed, ALLOWED, frequencies)


@pytest.fixture(autouse=True)
def nothing_compiled(monkeypatch):
    monkeypatch.setattr(contender, "compiled", {})


def test_what_a_step_costs_is_what_is_counted_by_hand():
    """D = 8, F = 32, T = 9, R = 3, V = 13, M = 6: n = 27 tokens, 18 slots."""
    tokens, slots = 27, 18
    reader = 4 * tokens * 64 + 2 * 3 * 81 * 8 + 2 * tokens * 8 * 32  # 24,624
    head = slots * (64 + 8 * 13)  # 3,024
    assert operations.step_multiplications(rungs.MASKED, SIZES, 6) == 3 * (reader + head) == 82_944
    narrow = tokens * 8 * 2 + 4 * tokens * 4 + 2 * 3 * 81 * 2 + 2 * tokens * 2 * 8  # width 2: a quarter
    of_generator = narrow + slots * (2 * 8 + 8 * 13)
    parts = operations.forward_parts(rungs.REPLACED, SIZES, 6)
    assert sum(parts.values()) == of_generator + reader + tokens * (64 + 8)
    assert operations.equal_steps(rungs.MASKED, SIZES, 6, budget=10 * 82_944 + 7) == 10


@pytest.mark.parametrize("name", EVERY)
def test_a_rung_learns_with_as_many_products_as_are_counted(name):
    """The traced step has the products that the formulas count; and it trains all of the reader."""
    subject = make(EVERY[name])
    learner = subject.make_fresh()
    batch = keras.tree.map_structure(tf.constant, subject.batches[0][0])
    variables = learner.trainable_variables

    @tf.function
    def step(inputs):
        with tf.GradientTape() as tape:
            total = learner(inputs, training=True)["total"]
        return total, tape.gradient(total, variables)

    concrete = step.get_concrete_function(batch)
    counted = sum(map(products_of, reachable(concrete.graph.outputs[1:])))
    assert counted == operations.step_multiplications(subject.rung, SIZES, subject.batches.slots)

    begun, losses = reader_weights(learner.reader), []
    for _ in range(12):
        loss, gradients = step(batch)
        losses.append(float(loss))
        length = np.sqrt(sum(float(tf.reduce_sum(tf.convert_to_tensor(one) ** 2)) for one in gradients))
        for variable, gradient in zip(variables, gradients, strict=True):
            variable.assign_sub(0.1 / length * tf.convert_to_tensor(gradient))
    assert np.isfinite(losses).all() and losses[-1] < losses[0]
    names = [weight.path for weight in (*learner.reader.embedding.weights, *learner.reader.encoder.weights)]
    after = reader_weights(learner.reader)
    still = [path for path, one, two in zip(names, begun, after, strict=True) if np.array_equal(one, two)]
    assert not still


def reachable(outputs):
    """The operations of a graph that its outputs depend on."""
    found, waiting = set(), [tensor.op for tensor in outputs]
    while waiting:
        operation = waiting.pop()
        if operation not in found:
            found.add(operation)
            waiting += [tensor.op for tensor in operation.inputs]
    return found


def products_of(operation):
    """Multiplications of an operation of a graph, if it is a matrix product."""
    if operation.type == "Einsum":
        left, right = operation.get_attr("equation").decode().split("->")[0].split(",")
        shapes = [tensor.shape for tensor in operation.inputs]
        sizes = dict(zip(left + right, [*shapes[0], *shapes[1]], strict=True))
        return int(np.prod(list(sizes.values())))
    if operation.type not in ("MatMul", "BatchMatMul", "BatchMatMulV2"):
        return 0
    is_turned = operation.get_attr("transpose_a" if operation.type == "MatMul" else "adj_x")
    inner = operation.inputs[0].shape[-2 if is_turned else -1]
    return int(np.prod(operation.outputs[0].shape)) * inner


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not(tmp_path, monkeypatch):
    """Also what the generator draws: it comes with the batch."""
    rule = SIZES.rule
    (whole,) = curve.train_curve(make(rungs.REPLACED), rule, [8], tmp_path / "whole.npz", save_every=2)
    monkeypatch.setattr(contender, "compiled", {})
    write = curve.write_checkpoint

    def write_until(path, state, done):
        write(path, state, done)
        if done == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(curve, "write_checkpoint", write_until)
        with pytest.raises(KeyboardInterrupt):
            list(curve.train_curve(make(rungs.REPLACED), rule, [8], tmp_path / "one.npz", save_every=2))
    monkeypatch.setattr(contender, "compiled", {})
    (rest,) = curve.train_curve(make(rungs.REPLACED), rule, [8], tmp_path / "one.npz", save_every=2)
    for one, other in zip(whole["weights"], rest["weights"], strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_another_seed_begins_anew_in_the_compiled_model():
    first, second = make(rungs.MASKED, seed=1), make(rungs.MASKED, seed=2)
    learner = first.make_model(0.0)
    begun = learner.get_weights()
    learner.train_on_batch(*first.batches[0])
    assert second.make_model(0.0) is learner
    assert not np.array_equal(learner.get_weights()[0], begun[0])
    again = make(rungs.MASKED, seed=1).make_model(0.0)
    for one, other in zip(again.get_weights(), begun, strict=True):
        np.testing.assert_array_equal(one, other)
    assert all(np.all(variable == 0) for variable in again.optimizer.variables[2:])


def test_a_judge_may_begin_as_published_and_learn_at_a_rate_of_its_own():
    published, slow = rungs.JUDGES[-2:]
    table, wide = (reader_weights(make(rung).make_fresh().reader)[0].std() for rung in (published, slow))
    assert table == pytest.approx(0.02, rel=0.3) and wide == pytest.approx(8**-0.5, rel=0.3)
    assert make(slow).rule.peak == 1e-3 and make(published).rule == SIZES.rule


def test_all_rungs_begin_with_the_same_reader_where_a_start_is_given():
    start = reader_weights(make(rungs.MASKED, seed=5).make_fresh().reader)
    for rung in EVERY.values():
        subject = make(rung)
        subject.start = start
        learner = subject.make_fresh()
        for one, other in zip(reader_weights(learner.reader), start, strict=True):
            np.testing.assert_array_equal(one, other)


def test_a_query_knows_the_words_before_it_in_its_order_and_not_its_own():
    subject = make(rungs.PERMUTED)
    learner, (inputs, labels) = subject.make_fresh(), subject.batches[0]
    row, slot = np.argwhere(labels)[0]
    place = inputs["asked_positions"][row, slot]
    before = np.asarray(learner.word_logits(dict(inputs)))
    changed = {**inputs, "token_ids": inputs["token_ids"].copy()}
    changed["token_ids"][row, place] = 5 + (changed["token_ids"][row, place] - 4) % 8
    after = np.asarray(learner.word_logits(changed))
    np.testing.assert_allclose(before[row, slot], after[row, slot], atol=1e-6)
    hidden = np.flatnonzero(labels[row])
    context = [t for t in range(1, 8) if t not in inputs["asked_positions"][row, hidden]]
    changed = {**inputs, "token_ids": inputs["token_ids"].copy()}
    changed["token_ids"][row, context[0]] = 5 + (changed["token_ids"][row, context[0]] - 4) % 8
    assert np.abs(before[row, slot] - np.asarray(learner.word_logits(changed))[row, slot]).max() > 1e-5


def test_asked_alone_no_hidden_word_is_known():
    token_ids = rows(2)
    positions, labels = np.array([[1, 4], [2, 0]]), np.array([[6, 7], [8, 0]])
    inputs = made.asked_as_if_alone(token_ids, positions, labels)
    mask = inputs["stream_mask"]
    assert mask.shape == (2, 11, 11) and not mask[:, :, 9:].any()
    assert not mask[0, 9, [1, 4]].any() and mask[0, 9, [0, 2, 3, 5, 6, 7, 8]].all()
    assert not mask[0, 0, [1, 4]].any()  # the context does not know them, either


def test_left_to_right_sees_nothing_behind():
    learner = make(rungs.LEFT_TO_RIGHT).make_fresh()
    token_ids = rows(1)
    other = token_ids.copy()
    other[0, 5] = 5 + (other[0, 5] - 4) % 8
    one, two = (
        np.asarray(learner.word_logits({"token_ids": ids, "padding_mask": ids != 0}))
        for ids in (token_ids, other)
    )
    np.testing.assert_allclose(one[:, :5], two[:, :5], atol=1e-6)
    assert np.abs(one[:, 5:] - two[:, 5:]).max() > 1e-4
    plain = plain_reader(learner.reader, SIZES, "left to right")
    assert type(plain) is type(learner.reader)


def test_words_are_drawn_as_probable_as_they_are():
    logits = np.log(np.tile([[0.5, 0.125, 0.25, 0.125]], (4000, 1)))[None].astype("float32")
    allowed = np.array([False, True, True, True])
    draws = np.random.default_rng(3).random((1, 4000), "float32")
    drawn = np.asarray(draw_words(logits, draws, allowed))
    theirs = np.asarray(sample_tokens(logits, seed=1, allowed=allowed))
    for sample in (drawn, theirs):
        shares = np.bincount(sample[0], minlength=4) / 4000
        np.testing.assert_allclose(shares, [0, 0.25, 0.5, 0.25], atol=0.03)
    edges = np.asarray(draw_words(logits[:, :2], np.array([[0.0, 0.9999999]], "float32"), allowed))
    assert edges.tolist() == [[1, 3]]


def test_who_copies_pays_for_what_it_does_not_believe():
    """p(v) = p(real) [v = x] + p(replaced) softmax(z)[v], with p(real) = 1/4 and an even softmax over 8."""
    judged = np.log([[3.0, 3.0]])
    words = np.array([[5, 6]]), np.array([[5, 7]])  # seen, and true
    loss = copying_loss(judged, np.zeros((1, 2, 8)), *words, np.ones((1, 2), bool))
    expected = -(np.log(0.25 + 0.75 / 8) + np.log(0.75 / 8)) / 2
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_batches_hold_what_their_rung_asks():
    (inputs, labels) = make(rungs.REPLACED).batches[0]
    is_hidden = inputs["token_ids"] == MASK_ID
    assert is_hidden.sum() == (labels != 0).sum()
    assert (inputs["is_judged"] == (inputs["original_ids"] >= 5)).all()
    (inputs, _) = make(rungs.PARTS[0]).batches[0]
    assert (inputs["is_judged"] == (inputs["token_ids"] == MASK_ID)).all()
    static = make(next(rung for rung in rungs.COMMON if rung.is_static)).batches
    seen = []
    for epoch in (0, 1):
        static.epoch = epoch
        seen.append({tuple(row) for index in range(len(static)) for row in static[index][0]["token_ids"]})
    assert len(seen[0] & seen[1]) > 10
