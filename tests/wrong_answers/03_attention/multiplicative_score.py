"""Wrong answers to `multiplicative_score` beside its mutants."""

from keras import ops


def _scores(query, key, kernel):
    return ops.einsum("btq,qk,bsk->bts", query, kernel, key)


def axes_of_length_one_lost(query, key, kernel):
    return ops.squeeze(_scores(query, key, kernel))


def kernel_transposed__in_the_projection(query, key, kernel):
    return ops.matmul(query, ops.swapaxes(ops.matmul(key, kernel), -1, -2))


def kernel_made_symmetric(query, key, kernel):
    if kernel.shape[0] == kernel.shape[1]:
        kernel = (kernel + ops.transpose(kernel)) / 2
    return _scores(query, key, kernel)


def keys_projected_and_queries_too(query, key, kernel):
    queries = ops.matmul(query, kernel)
    return ops.einsum("btk,bsk,k->bts", queries, key, ops.sum(kernel, axis=0))


def last_dimension_left_out(query, key, kernel):
    return _scores(query, key[:, :, :-1], kernel[:, :-1])


def first_sentence_for_all(query, key, kernel):
    return ops.einsum("btq,qk,sk->bts", query, kernel, key[0])


def sigmoid_added(query, key, kernel):
    return ops.sigmoid(_scores(query, key, kernel))


def negated(query, key, kernel):
    return -_scores(query, key, kernel)
