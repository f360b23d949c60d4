"""Verdict of `checkpoint_names`: which array of a file goes where, which way round, and what does not fit."""

_DENSE = ("attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense")


def _modern_shapes(num_layers, width, generator):
    """Names and shapes of a small BERT, as a new file without a prefix has them."""
    inner = 2 * width + 1
    shapes = {
        "embeddings.word_embeddings.weight": (int(generator.integers(11, 30)), width),
        "embeddings.position_embeddings.weight": (7, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
        "embeddings.projection.weight": (width, 3),
        "pooler.dense.weight": (width, width),
        "pooler.dense.bias": (width,),
    }
    for layer in range(num_layers):
        for dense in _DENSE[: int(generator.integers(2, 5))]:
            shape = (inner, width) if dense.startswith("inter") else (width, width)
            shapes[f"encoder.layer.{layer}.{dense}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{dense}.bias"] = shape[:1]
        shapes[f"encoder.layer.{layer}.output.LayerNorm.weight"] = (width,)
        shapes[f"encoder.layer.{layer}.output.LayerNorm.bias"] = (width,)
    # What only looks like an old name, or like a prefix; and a table that is no weight.
    shapes["encoder.layer.0.LayerNorm.gamma_gate.bias"] = (width,)
    shapes["encoder.bert.gate.weight"] = (width, 2)
    shapes["encoder.relative_attention.bias"] = (5, 2)
    shapes["encoder.scale.beta"] = (1,)
    return shapes


def _old(name):
    if name.endswith("LayerNorm.weight"):
        return name.removesuffix("weight") + "gamma"
    return name.removesuffix("bias") + "beta" if name.endswith("LayerNorm.bias") else name


def draw(generator):
    """Files with and without the prefix, with old names and new ones; names missing, left over, of heads."""
    cases = []
    for num_layers, width, prefix, is_old in (
        (1, 3, "", False),
        (2, 5, "bert.", True),
        (3, 2, "bert.", False),
        (2, 7, "", True),
    ):
        shapes = _modern_shapes(num_layers, width, generator)
        names = list(generator.permutation(list(shapes)))
        missing, kept = names[: num_layers + 1], names[num_layers + 1 :]
        file = {prefix + (_old(name) if is_old else name): shapes[name] for name in map(str, kept)}
        left_over = {f"{prefix}encoder.layer.{num_layers + 1}.{dense}.weight": (3, 2) for dense in _DENSE[:2]}
        left_over |= {"distilbert.embeddings.word_embeddings.weight": (9, 2)}
        left_over |= {f"{prefix}pooler.LayerNorm.{'gamma' if is_old else 'weight'}": (width,)}
        heads = {"cls.predictions.bias": (9,), "cls.seq_relationship.weight": (2, width)}
        heads |= {"cls.predictions.transform.LayerNorm.gamma": (width,)} if is_old else {}
        rows = list((file | left_over | heads).items())
        order = generator.permutation(len(rows))
        wanted = [str(name) for name in generator.permutation(missing + kept)]
        cases.append({"file_shapes": dict(rows[place] for place in order), "wanted_names": wanted})
    names = ["bert.embeddings.LayerNorm.beta", "bert.pooler.dense.weight"]
    small = {"file_shapes": {names[0]: (2,), names[1]: (2, 2)}}
    wanted = ["pooler.dense.weight", "embeddings.LayerNorm.bias"]
    whole = {name: shape for name, shape in cases[0]["file_shapes"].items() if not name.startswith("cls.")}
    return [
        *cases,
        _nearly_met(generator),
        {**small, "wanted_names": wanted},
        {**small, "wanted_names": [wanted[0]]},
        {"file_shapes": whole, "wanted_names": sorted(whole, reverse=True)},
    ]


def _nearly_met(generator, width=3):
    """Names that meet a rule nearly, and names that meet one twice."""
    wanted = {
        "bert.gate.weight": (width, 2),
        "cls_projection.weight": (5, width),
        "encoder.cls.weight": (2, width),
        "encoder.qk_weight": (width, 7),
        "encoder.convolution.weight": (3, width, 2),
        "encoder.embeddings.weight": (5, width),
    }
    others = {"embeddings.position_ids": (1, 7), "cls.predictions.bias": (9,)}
    rows = [(f"bert.{name}", shape) for name, shape in (wanted | others).items()]
    order = generator.permutation(len(rows))
    names = [str(name) for name in generator.permutation(list(wanted))]
    return {"file_shapes": dict(rows[place] for place in order), "wanted_names": names}


def _result(case):
    return reference(**case)


CONDITIONS = {
    "names with the prefix": lambda case: any(name.startswith("bert.") for name in case["file_shapes"]),
    "names without it": lambda case: not any(name.startswith("bert.") for name in case["file_shapes"]),
    "old names": lambda case: any("LayerNorm.gamma" in name for name in case["file_shapes"]),
    "new names": lambda case: any(name.endswith("LayerNorm.weight") for name in case["file_shapes"]),
    "a head": lambda case: any(name.startswith("cls.") for name in case["file_shapes"]),
    "no head": lambda case: not any(name.startswith("cls.") for name in case["file_shapes"]),
    "several missing": lambda case: len(_result(case)["missing"]) > 1,
    "nothing missing": lambda case: not _result(case)["missing"],
    "several left over": lambda case: len(_result(case)["left_over"]) > 1,
    "nothing left over": lambda case: not _result(case)["left_over"],
    "a kernel": lambda case: any(turned for _, turned in _result(case)["found"].values()),
    "a table of embeddings": lambda case: any(
        name.endswith("_embeddings.weight") for name in _result(case)["found"]
    ),
    "a kernel of the embeddings": lambda case: "embeddings.projection.weight" in _result(case)["found"],
    "two axes and no weight": lambda case: "encoder.relative_attention.bias" in _result(case)["found"],
    "gamma or beta elsewhere": lambda case: any(
        name in _result(case)["found"] for name in ("encoder.scale.beta",)
    ),
    "the prefix within a name": lambda case: "encoder.bert.gate.weight" in _result(case)["found"],
    "names that meet a rule nearly": lambda case: "cls_projection.weight" in case["wanted_names"],
    "a kernel of three axes": lambda case: any(len(shape) == 3 for shape in case["file_shapes"].values()),
    "a head behind the prefix": lambda case: "bert.cls.predictions.bias" in case["file_shapes"],
    "the prefix twice": lambda case: any(name.startswith("bert.bert.") for name in case["file_shapes"]),
    "wanted out of order": lambda case: case["wanted_names"] != sorted(case["wanted_names"]),
}


def _new_norm(name):
    for old, new in (("gamma", "weight"), ("beta", "bias")):
        if name.endswith(f"LayerNorm.{old}"):
            return name.removesuffix(old) + new
    return name


def _is_turned(name, shape):
    return name.endswith(".weight") and not name.endswith("_embeddings.weight") and len(shape) == 2


def _names(
    strip=lambda name: name.removeprefix("bert."),
    norm=_new_norm,
    turned=_is_turned,
    is_head=lambda name: name.startswith("cls."),
    finish=lambda found, missing, left_over: (found, missing, left_over),
    found_name=lambda old, new: old,
    left_name=lambda old, new: old,
    order=sorted,
):
    """The answer with the variations that the mistakes are made of."""

    def answer(file_shapes, wanted_names):
        found, left_over = {}, []
        for old, shape in file_shapes.items():
            new = norm(strip(old))
            if new in wanted_names:
                found[new] = (found_name(old, new), bool(turned(new, shape)))
            elif not is_head(new):
                left_over.append(left_name(old, new))
        missing = order(name for name in wanted_names if name not in found)
        parts = finish(found, missing, order(left_over))
        return dict(zip(("found", "missing", "left_over"), parts, strict=True))

    return answer


reference = _names()


def _renamed_first(file_shapes, wanted_names):
    """The file with its new names, of which the answer is made as if they were the old ones."""
    return reference(
        {_new_norm(name.removeprefix("bert.")): file_shapes[name] for name in file_shapes}, wanted_names
    )


def _replaced(name):
    return name.replace("gamma", "weight").replace("beta", "bias")


def _swapped(name):
    for old, new in (("gamma", "bias"), ("beta", "weight")):
        if name.endswith(f"LayerNorm.{old}"):
            return name.removesuffix(old) + new
    return name


def _any_ending(name):
    for old, new in ((".gamma", ".weight"), (".beta", ".bias")):
        if name.endswith(old):
            return name.removesuffix(old) + new
    return name


MISTAKES = {
    "prefix_kept": _names(strip=lambda name: name),
    "letters_stripped": _names(strip=lambda name: name.lstrip("bert.")),
    "prefix_removed_inside": _names(strip=lambda name: name.replace("bert.", "")),
    "old_norms_kept": _names(norm=lambda name: name),
    "gamma_and_beta_swapped": _names(norm=_swapped),
    "renamed_everywhere": (_names(norm=_replaced), _names(norm=_any_ending)),
    "nothing_turned": _names(turned=lambda name, shape: False),
    "tables_turned": _names(turned=lambda name, shape: name.endswith(".weight") and len(shape) == 2),
    "turned_by_axes_alone": (
        _names(turned=lambda name, shape: len(shape) == 2),
        _names(turned=lambda name, shape: len(shape) == 2 and not name.endswith("_embeddings.weight")),
    ),
    "turned_by_name_alone": (
        _names(turned=lambda name, shape: name.endswith(".weight")),
        _names(
            turned=lambda name, shape: name.endswith(".weight") and not name.endswith("_embeddings.weight")
        ),
    ),
    "turned_inverted": (
        _names(turned=lambda name, shape: not _is_turned(name, shape)),
        _names(turned=lambda name, shape: len(shape) == 2 and not _is_turned(name, shape)),
    ),
    "kernels_of_embeddings_not_turned": _names(
        turned=lambda name, shape: _is_turned(name, shape) and "embeddings" not in name
    ),
    "heads_left_over": _names(is_head=lambda name: False),
    "missing_not_reported": _names(finish=lambda found, missing, left_over: (found, [], left_over)),
    "left_over_not_reported": _names(finish=lambda found, missing, left_over: (found, missing, [])),
    "missing_and_left_over_swapped": _names(
        finish=lambda found, missing, left_over: (found, left_over, missing)
    ),
    "new_names_of_the_file": (
        _names(found_name=lambda old, new: new, left_name=lambda old, new: new),
        _names(found_name=lambda old, new: new),
        _names(left_name=lambda old, new: new),
        _renamed_first,
    ),
    "not_sorted": _names(order=list),
}
