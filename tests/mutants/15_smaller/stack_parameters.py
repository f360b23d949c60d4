"""Wrong answers to `stack_parameters`, each named after the mistake it makes."""


def _counts(sharing, layers):
    attentions = 1 if sharing in ("attention", "all") else layers
    networks = 1 if sharing in ("network", "all") else layers
    return attentions, networks


def _attention(d):
    return 4 * d * d + 4 * d


def _network(d, f):
    return 2 * d * f + d + f


def sharing_ignored(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    return num_layers * (_attention(d) + _network(d, f) + 4 * d)


def always_shared(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    return _attention(d) + _network(d, f) + 4 * d


def attention_and_network_swapped(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    networks, attentions = _counts(sharing, num_layers)
    return attentions * (_attention(d) + 2 * d) + networks * (_network(d, f) + 2 * d)


def all_means_one_part(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions = 1 if sharing == "attention" else num_layers
    networks = 1 if sharing == "network" else num_layers
    return attentions * (_attention(d) + 2 * d) + networks * (_network(d, f) + 2 * d)


def norms_of_every_layer(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * _attention(d) + networks * _network(d, f) + num_layers * 4 * d


def norms_always_shared(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * _attention(d) + networks * _network(d, f) + 4 * d


def norms_forgotten(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * _attention(d) + networks * _network(d, f)


def one_norm_a_block(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * _attention(d) + networks * (_network(d, f) + 2 * d)


def norm_without_shift(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (_attention(d) + d) + networks * (_network(d, f) + d)


def biases_forgotten(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (4 * d * d + 2 * d) + networks * (2 * d * f + 2 * d)


def output_layer_forgotten(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (3 * d * d + 3 * d + 2 * d) + networks * (_network(d, f) + 2 * d)


def way_back_forgotten(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (_attention(d) + 2 * d) + networks * (d * f + f + 2 * d)


def biases_of_one_width(hidden_dim, intermediate_dim, num_layers, sharing):
    d, f = hidden_dim, intermediate_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (_attention(d) + 2 * d) + networks * (2 * d * f + 2 * d + 2 * d)


def network_four_times_as_wide(hidden_dim, intermediate_dim, num_layers, sharing):
    d = hidden_dim
    attentions, networks = _counts(sharing, num_layers)
    return attentions * (_attention(d) + 2 * d) + networks * (_network(d, 4 * d) + 2 * d)
