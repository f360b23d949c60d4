"""Who is compared."""

import importlib
from dataclasses import replace

CONTENDERS = {
    "ours": "course_lib",
    "keras_hub_untuned": "keras-hub's blocks, untuned",
    "keras_hub_told": "keras-hub's blocks, our rule",
}


def make_recipe(name, changes=None):
    """The module of a contender and its recipe.

    Args:
        name: one of `CONTENDERS`.
        changes: dict of settings that differ; those under "rule" are changes of the rule.

    Returns:
        pair of a module, imported only now because keras-hub may live elsewhere, and its `Recipe`.
    """
    module = importlib.import_module(f"benchmarks.minutes.{'ours' if name == 'ours' else 'keras_hub_peer'}")
    recipe = module.Recipe()
    if name == "keras_hub_told":
        recipe = module.told_the_same()
    changes = dict(changes or {})
    if "rule" in changes:
        changes["rule"] = replace(recipe.rule, **changes["rule"])
    return module, replace(recipe, **changes)
