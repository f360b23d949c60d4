"""Wrong answers to `checkpoint_names` beside its mutants."""


def _new(name):
    name = name.removeprefix("bert.")
    for old, new in (("gamma", "weight"), ("beta", "bias")):
        if name.endswith(f"LayerNorm.{old}"):
            name = name.removesuffix(old) + new
    return name


def _turned(name, shape):
    return name.endswith(".weight") and not name.endswith("_embeddings.weight") and len(shape) == 2


def _answer(file_shapes, wanted_names, new=_new, turned=_turned):
    old_names = {new(name): name for name in file_shapes}
    return {
        "found": {
            name: (old_names[name], turned(name, file_shapes[old_names[name]]))
            for name in wanted_names
            if name in old_names
        },
        "missing": sorted(name for name in wanted_names if name not in old_names),
        "left_over": sorted(
            old for name, old in old_names.items() if name not in wanted_names and not name.startswith("cls.")
        ),
    }


def renamed_everywhere__at_the_end(file_shapes, wanted_names):
    def new(name):
        name = name.removeprefix("bert.")
        if name.endswith(".gamma"):
            return name.removesuffix("gamma") + "weight"
        return name.removesuffix("beta") + "bias" if name.endswith(".beta") else name

    return _answer(file_shapes, wanted_names, new=new)


def turned_by_name_alone__tables_too(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, turned=lambda name, shape: name.endswith(".weight"))


def turned_by_axes_alone__tables_too(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, turned=lambda name, shape: len(shape) == 2)


def new_names_of_the_file__only_left_over(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"left_over": sorted(_new(name) for name in right["left_over"])}


def missing_and_left_over_not_reported(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names) | {"missing": [], "left_over": []}


def only_the_gammas_renamed(file_shapes, wanted_names):
    def new(name):
        name = name.removeprefix("bert.")
        ends = name.endswith("LayerNorm.gamma")
        return name.removesuffix("gamma") + "weight" if ends else name

    return _answer(file_shapes, wanted_names, new=new)


def found_without_pairs(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"found": {name: old for name, (old, _) in right["found"].items()}}


def pairs_the_other_way(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"found": {name: pair[::-1] for name, pair in right["found"].items()}}


def found_by_old_names(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"found": {old: (name, turned) for name, (old, turned) in right["found"].items()}}


def square_kernels_not_turned(file_shapes, wanted_names):
    return _answer(
        file_shapes,
        wanted_names,
        turned=lambda name, shape: _turned(name, shape) and shape[0] != shape[1],
    )


def sorted_from_the_end(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"missing": right["missing"][::-1], "left_over": right["left_over"][::-1]}


def one_of_each_reported(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return right | {"missing": right["missing"][:1], "left_over": right["left_over"][:1]}
