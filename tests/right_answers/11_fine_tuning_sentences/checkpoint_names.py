"""Right answers to `checkpoint_names` in other styles."""

import re


def with_regular_expressions(file_shapes, wanted_names):
    def new(name):
        name = re.sub(r"^bert\.", "", name)
        name = re.sub(r"LayerNorm\.gamma$", "LayerNorm.weight", name)
        return re.sub(r"LayerNorm\.beta$", "LayerNorm.bias", name)

    renamed = {new(name): name for name in file_shapes}
    found = {}
    for name in wanted_names:
        if name in renamed:
            is_kernel = re.search(r"(?<!_embeddings)\.weight$", name) is not None
            found[name] = (renamed[name], is_kernel and len(file_shapes[renamed[name]]) == 2)
    left = [old for name, old in renamed.items() if name not in wanted_names and not name.startswith("cls.")]
    return {
        "found": found,
        "missing": sorted(name for name in wanted_names if name not in renamed),
        "left_over": sorted(left),
    }


def with_sets(file_shapes, wanted_names):
    endings = {"LayerNorm.gamma": "LayerNorm.weight", "LayerNorm.beta": "LayerNorm.bias"}
    old_names = {}
    for old in file_shapes:
        new = old[5:] if old.startswith("bert.") else old
        for before, after in endings.items():
            if new.endswith(before):
                new = new[: -len(before)] + after
        old_names[new] = old
    heads = {name for name in old_names if name.startswith("cls.")}
    both = set(wanted_names) & set(old_names)

    def turned(name):
        tables = name.endswith("_embeddings.weight")
        return len(file_shapes[old_names[name]]) == 2 and name.endswith(".weight") and not tables

    left = {old_names[name] for name in set(old_names) - set(wanted_names) - heads}
    return {
        "left_over": sorted(left),
        "missing": sorted(set(wanted_names) - both),
        "found": {name: (old_names[name], turned(name)) for name in sorted(both)},
    }


def pairs_as_lists(file_shapes, wanted_names):
    found, left_over, missing = {}, [], list(wanted_names)
    for old, shape in sorted(file_shapes.items()):
        parts = old.split(".")
        parts = parts[1:] if parts[0] == "bert" else parts
        if parts[-2:] == ["LayerNorm", "gamma"]:
            parts[-1] = "weight"
        elif parts[-2:] == ["LayerNorm", "beta"]:
            parts[-1] = "bias"
        new = ".".join(parts)
        if parts[0] == "cls":
            continue
        if new not in missing:
            left_over.append(old)
            continue
        missing.remove(new)
        is_table = parts[-2].endswith("_embeddings")
        found[new] = [old, parts[-1] == "weight" and not is_table and len(shape) == 2]
    return {"found": found, "missing": sorted(missing), "left_over": left_over}
