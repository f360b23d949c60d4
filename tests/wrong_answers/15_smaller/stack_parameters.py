"""Wrong answers to `stack_parameters` beside its mutants."""


def biases_forgotten__of_the_network(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions = 1 if sharing in ("attention", "all") else num_layers
    networks = 1 if sharing in ("network", "all") else num_layers
    return attentions * (4 * d * d + 6 * d) + networks * (2 * d * f + 2 * d)


def one_norm_a_block__behind_the_attention(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions = 1 if sharing in ("attention", "all") else num_layers
    networks = 1 if sharing in ("network", "all") else num_layers
    return attentions * (4 * d * d + 6 * d) + networks * (2 * d * f + f + d)


def only_kernels(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions = 1 if sharing in ("attention", "all") else num_layers
    networks = 1 if sharing in ("network", "all") else num_layers
    return attentions * 4 * d * d + networks * 2 * d * f


def one_layer_less(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    return (num_layers - 1) * (4 * d * d + 6 * d + 2 * d * f + f + 3 * d)
