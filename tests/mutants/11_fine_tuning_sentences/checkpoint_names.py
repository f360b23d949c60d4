"""Wrong answers to `checkpoint_names`, each named after the mistake it makes."""


def _new_norm(name):
    for old, new in (("gamma", "weight"), ("beta", "bias")):
        if name.endswith(f"LayerNorm.{old}"):
            name = name.removesuffix(old) + new
    return name


def _is_turned(name, shape):
    return name.endswith(".weight") and not name.endswith("_embeddings.weight") and len(shape) == 2


def _answer(file_shapes, wanted_names, strip=None, norm=_new_norm, turned=_is_turned, heads=True):
    found, left_over = {}, []
    for old_name, shape in file_shapes.items():
        name = norm(strip(old_name) if strip else old_name.removeprefix("bert."))
        if heads and name.startswith("cls."):
            continue
        if name in wanted_names:
            found[name] = (old_name, turned(name, shape))
        else:
            left_over.append(old_name)
    return {"found": found, "missing": sorted(set(wanted_names) - set(found)), "left_over": sorted(left_over)}


def prefix_kept(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, strip=lambda name: name)


def letters_stripped(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, strip=lambda name: name.lstrip("bert."))


def prefix_removed_inside(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, strip=lambda name: name.replace("bert.", ""))


def old_norms_kept(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, norm=lambda name: name)


def gamma_and_beta_swapped(file_shapes, wanted_names):
    def norm(name):
        for old, new in (("LayerNorm.gamma", "LayerNorm.bias"), ("LayerNorm.beta", "LayerNorm.weight")):
            if name.endswith(old):
                return name.removesuffix(old) + new
        return name

    return _answer(file_shapes, wanted_names, norm=norm)


def renamed_everywhere(file_shapes, wanted_names):
    def norm(name):
        return name.replace("gamma", "weight").replace("beta", "bias")

    return _answer(file_shapes, wanted_names, norm=norm)


def nothing_turned(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, turned=lambda name, shape: False)


def tables_turned(file_shapes, wanted_names):
    return _answer(
        file_shapes, wanted_names, turned=lambda name, shape: name.endswith(".weight") and len(shape) == 2
    )


def turned_by_axes_alone(file_shapes, wanted_names):
    def turned(name, shape):
        return len(shape) == 2 and not name.endswith("_embeddings.weight")

    return _answer(file_shapes, wanted_names, turned=turned)


def turned_by_name_alone(file_shapes, wanted_names):
    def turned(name, shape):
        return name.endswith(".weight") and not name.endswith("_embeddings.weight")

    return _answer(file_shapes, wanted_names, turned=turned)


def turned_inverted(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, turned=lambda name, shape: not _is_turned(name, shape))


def kernels_of_embeddings_not_turned(file_shapes, wanted_names):
    def turned(name, shape):
        return name.endswith(".weight") and "embeddings" not in name and len(shape) == 2

    return _answer(file_shapes, wanted_names, turned=turned)


def heads_left_over(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names, heads=False)


def missing_not_reported(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names) | {"missing": []}


def left_over_not_reported(file_shapes, wanted_names):
    return _answer(file_shapes, wanted_names) | {"left_over": []}


def missing_and_left_over_swapped(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return {"found": right["found"], "missing": right["left_over"], "left_over": right["missing"]}


def new_names_of_the_file(file_shapes, wanted_names):
    renamed = {_new_norm(name.removeprefix("bert.")): shape for name, shape in file_shapes.items()}
    return _answer(renamed, wanted_names)


def not_sorted(file_shapes, wanted_names):
    right = _answer(file_shapes, wanted_names)
    return {
        "found": right["found"],
        "missing": [name for name in wanted_names if name in right["missing"]],
        "left_over": [name for name in file_shapes if name in right["left_over"]],
    }
