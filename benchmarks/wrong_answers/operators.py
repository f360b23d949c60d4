"""What is changed in a right answer to make a wrong one: Cosmic Ray's operators, and a learner's slips."""

import parso
from cosmic_ray.operators import (
    binary_operator_replacement,
    boolean_replacer,
    break_continue,
    comparison_operator_replacement,
    number_replacer,
    unary_operator_replacement,
    zero_iteration_for_loop,
)
from cosmic_ray.operators.operator import Operator

# Functions that a learner takes one for another.
LIKE = {
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "max": ("min", "sum"),
    "argmax": ("argmin",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "sqrt": ("square", "abs"),
    "exp": ("tanh",),
    "tanh": ("sigmoid",),
    "sigmoid": ("tanh",),
    "relu": ("leaky_relu", "gelu"),
    "log": ("log2", "exp"),
    "softmax": ("log_softmax", "sigmoid"),
    "logsumexp": ("max",),
    "sin": ("cos",),
    "cos": ("sin",),
    "var": ("std",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "any": ("all",),
    "all": ("any",),
    "logical_and": ("logical_or",),
    "logical_or": ("logical_and",),
    "cumsum": ("cumprod",),
    "tril": ("triu",),
    "triu": ("tril",),
    "len": ("max",),
    "log_sigmoid": ("sigmoid",),
}
ARITHMETIC = {"+", "-", "*", "/", "//", "%", "**", "|", "&", "@"}


class _Slip(Operator):
    """An operator that gives the texts a node may be replaced by."""

    def texts(self, node):
        """The texts that may stand in the place of a node."""
        raise NotImplementedError

    def mutation_positions(self, node):
        for _ in self.texts(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        prefix = node.get_first_leaf().prefix
        return parso.python.tree.Name(list(self.texts(node))[index], node.start_pos, prefix)

    @classmethod
    def examples(cls):
        return ()


class FunctionExchanged(_Slip):
    """`ops.sum` where `ops.mean` stood."""

    def texts(self, node):
        is_called = node.type == "name" and (following := node.get_next_leaf()) and following.value == "("
        return LIKE.get(node.value, ()) if is_called else ()


class ArgumentsExchanged(_Slip):
    """`where(mask, b, a)` where `where(mask, a, b)` stood: two neighbours exchanged."""

    def texts(self, node):
        if node.type != "arglist" or node.parent.type != "trailer":
            return
        parts = [child.get_code().strip() for child in node.children[::2]]
        for index in range(len(parts) - 1):
            if all("=" not in part.replace("==", "").replace("!=", "") for part in parts[index : index + 2]):
                changed = [*parts[:index], parts[index + 1], parts[index], *parts[index + 2 :]]
                yield ", ".join(changed)


class CallDropped(_Slip):
    """`scores` where `ops.softmax(scores)` stood: a step forgotten."""

    def texts(self, node):
        if node.type not in ("power", "atom_expr") or not _is_call(node):
            return
        inside = node.children[-1].children[1]
        first = inside.children[0] if inside.type == "arglist" else inside
        if first.type != "argument" and first.get_code().strip() != ")":
            yield f"({first.get_code().strip()})"


class OperandDropped(_Slip):
    """`a` where `a * b` stood."""

    def texts(self, node):
        if node.type not in ("arith_expr", "term", "power", "and_expr", "expr", "and_test", "or_test"):
            return
        words = {getattr(child, "value", "") for child in node.children[1::2]}
        if words <= ARITHMETIC | {"and", "or"} and "" not in words:
            for index in range(0, len(node.children), 2):
                kept = _without(node.children, index)
                yield f"({''.join(part.get_code() for part in kept).strip()})"


class StatementDropped(_Slip):
    """A statement that changes what is there already is left out."""

    def texts(self, node):
        if node.type == "expr_stmt" and node.parent.type == "simple_stmt":
            names = [name.value for name in node.get_defined_names(include_setitem=True)]
            if any(name in _code_before(node) for name in names):
                yield "pass"


class NameExchanged(_Slip):
    """`key` where `query` stood: another argument of the function."""

    def texts(self, node):
        if node.type != "name" or node.parent.type in ("param", "argument", "parameters"):
            return
        if node.parent.type == "trailer" and node.parent.children[0].value == ".":
            return
        function = parso.tree.search_ancestor(node, "funcdef")
        if function is None:
            return
        names = [parameter.name.value for parameter in function.get_params()]
        if node.value in names and not node.is_definition() and len(names) > 1:
            yield names[(names.index(node.value) + 1) % len(names)]


def _is_call(node):
    last = node.children[-1]
    return last.type == "trailer" and last.children[0].value == "(" and len(last.children) == 3


def _without(parts, index):
    return parts[2:] if index == 0 else [*parts[: index - 1], *parts[index + 1 :]]


def _code_before(node):
    function = parso.tree.search_ancestor(node, "funcdef")
    code = function.get_code() if function else ""
    return code[: code.find(node.get_code().strip())]


SWAPS = {("+", "-"), ("-", "+"), ("*", "/"), ("/", "*"), ("*", "+"), ("//", "%"), ("%", "//"), ("//", "/")}
SWAPS |= {("**", "*"), ("|", "&"), ("&", "|"), ("/", "//"), ("+", "*")}


def _plausible(operator):
    """Of the exchanges of one binary operator for another, those between neighbours in meaning."""
    names = {item.name: item.value for item in binary_operator_replacement.BinaryOperators}
    before, after = operator.__name__.rsplit("_", 2)[-2:]
    return (names[before], names[after]) in SWAPS


def all_operators():
    """Every operator, ready to be used."""
    kinds = [
        *filter(_plausible, binary_operator_replacement.operators()),
        *comparison_operator_replacement.operators(),
        *unary_operator_replacement.operators(),
        number_replacer.NumberReplacer,
        boolean_replacer.ReplaceTrueWithFalse,
        boolean_replacer.ReplaceFalseWithTrue,
        boolean_replacer.ReplaceAndWithOr,
        boolean_replacer.ReplaceOrWithAnd,
        boolean_replacer.AddNot,
        break_continue.ReplaceBreakWithContinue,
        zero_iteration_for_loop.ZeroIterationForLoop,
        FunctionExchanged,
        ArgumentsExchanged,
        CallDropped,
        OperandDropped,
        StatementDropped,
        NameExchanged,
    ]
    return [kind() for kind in kinds]
