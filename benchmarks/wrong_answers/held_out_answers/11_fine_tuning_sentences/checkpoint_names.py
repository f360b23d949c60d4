import re


def _rename(name):
    name = name.removeprefix("bert.")
    for old, new in (("LayerNorm.gamma", "LayerNorm.weight"), ("LayerNorm.beta", "LayerNorm.bias")):
        if name.endswith(old):
            name = name[: len(name) - len(old)] + new
    return name


def _turn(name, shape):
    return len(shape) == 2 and name.endswith(".weight") and not name.endswith("_embeddings.weight")


def _is_head(new, old):
    return new.startswith("cls.")


def _result(file_shapes, wanted_names, rename=_rename, turn=_turn, head=_is_head):
    found, left = {}, []
    for old, shape in file_shapes.items():
        new = rename(old)
        if head(new, old):
            continue
        if new in wanted_names:
            found[new] = (old, turn(new, shape))
        else:
            left.append(old)
    missing = sorted(name for name in wanted_names if name not in found)
    return {"found": found, "missing": missing, "left_over": sorted(left)}


def right_1(file_shapes, wanted_names):
    """Once through the file, with the rules as functions."""
    return _result(file_shapes, wanted_names)


def right_2(file_shapes, wanted_names):
    """Regular expressions, and sets for the two lists."""
    origin = {}
    for name in file_shapes:
        new = re.sub(r"\Abert\.", "", name)
        new = re.sub(r"LayerNorm\.gamma\Z", "LayerNorm.weight", new)
        new = re.sub(r"LayerNorm\.beta\Z", "LayerNorm.bias", new)
        if not re.match(r"cls\.", new):
            origin[new] = name
    wanted = set(wanted_names)
    kernel = re.compile(r"(?<!_embeddings)\.weight\Z")
    found = {}
    for new in wanted & set(origin):
        axes = len(file_shapes[origin[new]])
        found[new] = (origin[new], axes == 2 and kernel.search(new) is not None)
    return {
        "found": found,
        "missing": sorted(wanted - set(origin)),
        "left_over": sorted(origin[new] for new in set(origin) - wanted),
    }


def right_3(file_shapes, wanted_names):
    """The other way round: for every wanted name all spellings it may have in the file are tried."""
    found, missing, used = {}, [], set()
    for name in wanted_names:
        spellings = [name]
        if name.endswith("LayerNorm.weight"):
            spellings.append(name[:-6] + "gamma")
        if name.endswith("LayerNorm.bias"):
            spellings.append(name[:-4] + "beta")
        spellings = ["bert." + s for s in spellings] + [s for s in spellings if not s.startswith("bert.")]
        hits = [s for s in spellings if s in file_shapes]
        if not hits:
            missing.append(name)
            continue
        shape = file_shapes[hits[0]]
        last = name.rpartition(".")
        turned = len(shape) == 2 and last[1:] == (".", "weight") and not last[0].endswith("_embeddings")
        found[name] = (hits[0], turned)
        used.add(hits[0])
    left = [n for n in file_shapes if n not in used and not n.startswith(("cls.", "bert.cls."))]
    return {"found": found, "missing": sorted(missing), "left_over": sorted(left)}


def wrong_1(file_shapes, wanted_names):
    """`bert.` is removed anywhere in a name. Wrong on: names such as albert.x or encoder.bert.x."""
    return _result(file_shapes, wanted_names, rename=lambda n: _rename(n.replace("bert.", "")))


def wrong_2(file_shapes, wanted_names):
    """lstrip takes letters, not a prefix. Wrong on: bert.embeddings..., which loses its e."""
    return _result(file_shapes, wanted_names, rename=lambda n: _rename(n.lstrip("bert.")))


def wrong_3(file_shapes, wanted_names):
    """gamma and beta are renamed wherever they stand. Wrong on: names such as adapter.gamma."""

    def rename(name):
        return name.removeprefix("bert.").replace("gamma", "weight").replace("beta", "bias")

    return _result(file_shapes, wanted_names, rename=rename)


def wrong_4(file_shapes, wanted_names):
    """Heads are looked for before `bert.` is dropped. Wrong on: bert.cls.predictions.bias."""
    return _result(file_shapes, wanted_names, head=lambda new, old: old.startswith("cls."))


def wrong_5(file_shapes, wanted_names):
    """What is left over is listed by its new name. Wrong on: left over names that begin with bert."""
    result = _result(file_shapes, wanted_names)
    result["left_over"] = sorted(map(_rename, result["left_over"]))
    return result


def wrong_6(file_shapes, wanted_names):
    """Heads count as left over. Wrong on: any name of a head in the file."""
    return _result(file_shapes, wanted_names, head=lambda new, old: False)


def wrong_7(file_shapes, wanted_names):
    """The lists are not sorted. Wrong on: two missing or left over names out of order."""
    names = {_rename(n): n for n in file_shapes}
    found = {w: (names[w], _turn(w, file_shapes[names[w]])) for w in wanted_names if w in names}
    return {
        "found": found,
        "missing": [w for w in wanted_names if w not in names],
        "left_over": [old for new, old in names.items() if new not in found and not new.startswith("cls.")],
    }


def wrong_8(file_shapes, wanted_names):
    """The tables of embeddings are turned as well. Wrong on: word_embeddings.weight."""
    return _result(file_shapes, wanted_names, turn=lambda n, s: len(s) == 2 and n.endswith(".weight"))


def wrong_9(file_shapes, wanted_names):
    """Nothing with embeddings in its name is turned. Wrong on: a kernel such as embeddings.project.weight."""

    def turn(name, shape):
        return len(shape) == 2 and name.endswith(".weight") and "embeddings" not in name

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_10(file_shapes, wanted_names):
    """The number of axes is not looked at. Wrong on: LayerNorm.weight, which has one."""

    def turn(name, shape):
        return name.endswith(".weight") and not name.endswith("_embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_11(file_shapes, wanted_names):
    """Every array of two axes but embeddings is turned. Wrong on: one with a name such as attention.bias."""

    def turn(name, shape):
        return len(shape) == 2 and not name.endswith("_embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_12(file_shapes, wanted_names):
    """A pair holds the new name, not the one in the file. Wrong on: found names that began with bert."""
    result = _result(file_shapes, wanted_names)
    result["found"] = {new: (new, turned) for new, (_, turned) in result["found"].items()}
    return result


def wrong_13(file_shapes, wanted_names):
    """The dot before weight is forgotten. Wrong on: two axes and a name such as attention.qk_weight."""

    def turn(name, shape):
        return len(shape) == 2 and name.endswith("weight") and not name.endswith("_embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_14(file_shapes, wanted_names):
    """All that begins with cls is a head, without the dot. Wrong on: names such as cls_projection.weight."""
    return _result(file_shapes, wanted_names, head=lambda new, old: new.startswith("cls"))


def wrong_15(file_shapes, wanted_names):
    """cls. anywhere makes a head. Wrong on: names such as encoder.cls.weight."""
    return _result(file_shapes, wanted_names, head=lambda new, old: "cls." in new)


def wrong_16(file_shapes, wanted_names):
    """`bert.` is dropped as often as it leads. Wrong on: bert.bert.x, whose new name is bert.x."""

    def rename(name):
        while name.startswith("bert."):
            name = name[5:]
        return _rename(name)

    return _result(file_shapes, wanted_names, rename=rename)


def wrong_17(file_shapes, wanted_names):
    """Only gamma is renamed. Wrong on: a file with LayerNorm.beta."""

    def rename(name):
        return re.sub(r"LayerNorm\.gamma$", "LayerNorm.weight", name.removeprefix("bert."))

    return _result(file_shapes, wanted_names, rename=rename)


def wrong_18(file_shapes, wanted_names):
    """Arrays of three axes are turned, too. Wrong on: a kernel of a convolution."""

    def turn(name, shape):
        return len(shape) >= 2 and name.endswith(".weight") and not name.endswith("_embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_19(file_shapes, wanted_names):
    """Square kernels are not turned, as their shape fits anyway. Wrong on: query.weight of (D, D)."""
    return _result(file_shapes, wanted_names, turn=lambda n, s: _turn(n, s) and s[0] != s[1])


def wrong_20(file_shapes, wanted_names):
    """position_ids are passed over like heads. Wrong on: embeddings.position_ids in the file, not wanted."""

    def head(new, old):
        return new.startswith("cls.") or new.endswith("position_ids")

    return _result(file_shapes, wanted_names, head=head)


def wrong_21(file_shapes, wanted_names):
    """LayerNorm.gamma is renamed inside of names, too. Wrong on: x.LayerNorm.gamma_old, not an ending."""

    def rename(name):
        name = name.removeprefix("bert.").replace("LayerNorm.gamma", "LayerNorm.weight")
        return name.replace("LayerNorm.beta", "LayerNorm.bias")

    return _result(file_shapes, wanted_names, rename=rename)


def wrong_22(file_shapes, wanted_names):
    """The underscore before embeddings is forgotten. Wrong on: x.embeddings.weight of two axes."""

    def turn(name, shape):
        return len(shape) == 2 and name.endswith(".weight") and not name.endswith("embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)


def wrong_23(file_shapes, wanted_names):
    """`bert.` is dropped only if every name has it. Wrong on: files with heads or other names beside."""
    prefixed = all(name.startswith("bert.") for name in file_shapes)
    return _result(file_shapes, wanted_names, rename=lambda n: _rename(n if prefixed else "bert." + n))


def wrong_24(file_shapes, wanted_names):
    """Left over is looked up by the names in the file. Wrong on: found names that began with bert."""
    result = _result(file_shapes, wanted_names)
    heads = ("cls.", "bert.cls.")
    result["left_over"] = sorted(n for n in file_shapes if n not in wanted_names and not n.startswith(heads))
    return result


def wrong_25(file_shapes, wanted_names):
    """Embeddings alone are turned: the exception is read the other way. Wrong on: any kernel or table."""

    def turn(name, shape):
        return len(shape) == 2 and name.endswith("_embeddings.weight")

    return _result(file_shapes, wanted_names, turn=turn)
